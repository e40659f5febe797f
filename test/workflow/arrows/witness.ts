// Sees every change of a status in the database, whoever writes it: triggers note it down.

import { z } from 'zod';
import type { Database } from '../../../src/database/client.ts';
import { waitFor } from '../../support/wait-for.ts';
import { nouns } from './arrows.ts';
import type { Arrow, Noun } from './arrows.ts';

const watched: Readonly<Record<string, Noun>> = {
  Customer: 'customer',
  CustomerPackage: 'package',
  User: 'user',
  Location: 'location',
  AttachConsent: 'consent',
  ProvisioningOperation: 'operation',
  OperationStep: 'step',
  OnboardingTemplate: 'template',
  TemplateDraft: 'draft',
  CustomerDraft: 'draft',
  SetupDraft: 'draft',
};

const notes = z.array(z.object({ noun: z.enum(nouns), before: z.string(), after: z.string() }));

export async function placeWitness(database: Database) {
  await database.$executeRawUnsafe('CREATE TABLE witnessed (noun text, before text, after text)');
  await database.$executeRawUnsafe(`
    CREATE FUNCTION note_status() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE after text := CASE TG_OP WHEN 'DELETE' THEN 'GONE' ELSE to_jsonb(NEW)->>'status' END;
    BEGIN
      IF OLD.status::text <> after THEN INSERT INTO witnessed VALUES (TG_ARGV[0], OLD.status::text, after); END IF;
      RETURN NULL;
    END $$`);
  for (const [table, noun] of Object.entries(watched)) {
    await database.$executeRawUnsafe(
      `CREATE TRIGGER note_status AFTER UPDATE OR DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION note_status('${noun}')`,
    );
  }
  async function arrows(): Promise<Arrow[]> {
    const seen = notes.parse(
      await database.$queryRaw`SELECT DISTINCT noun, before, after FROM witnessed ORDER BY 1, 2, 3`,
    );
    return seen.map(({ noun, before, after }): Arrow => `${noun}: ${before} -> ${after}`);
  }
  return {
    /** Everything since it last forgot, each once. */
    arrows,
    /** Waits for it. */
    saw: (arrow: Arrow) => waitFor(async () => (await arrows()).includes(arrow)),
    async forget(): Promise<void> {
      await database.$executeRaw`DELETE FROM witnessed`;
    },
  };
}

export type Witness = Awaited<ReturnType<typeof placeWitness>>;
