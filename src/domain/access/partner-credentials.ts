// What a partner authenticates with at the platform, stored sealed. Whose the environment's credentials are, and how access
// tokens are got with either, is left to others.

import { z } from 'zod';
import type { Database } from '../../database/client.ts';
import { seal, unseal } from './seal.ts';

const credentials = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('TOKEN'), accessToken: z.string() }),
  z.object({ kind: z.literal('OAUTH'), clientId: z.string(), clientSecret: z.string(), refreshToken: z.string() }),
]);
export type PartnerCredentials = z.infer<typeof credentials>;

const content = z.object({
  credentials,
  /** The mark of what they stand in for; null: they are the partner's own. */
  insteadOf: z.string().nullable(),
});
export type StoredCredentials = z.infer<typeof content>;

/** UNREADABLE: there is no key, or it is not the one they were sealed with. */
export type FoundCredentials = StoredCredentials | 'NONE' | 'UNREADABLE';

/** False: there is no such partner. What was stored before is replaced. */
export async function storeCredentials(
  database: Database,
  key: Buffer,
  partnerSlug: string,
  stored: StoredCredentials,
): Promise<boolean> {
  const partner = await database.partner.findUnique({ where: { slug: partnerSlug }, select: { id: true } });
  if (!partner) return false;
  const sealed = new Uint8Array(seal(JSON.stringify(stored), key, partner.id));
  await database.partnerCredentials.upsert({
    where: { partnerId: partner.id },
    update: { sealed },
    create: { partnerId: partner.id, sealed },
  });
  return true;
}

export async function findCredentials(
  database: Database,
  key: Buffer | null,
  partnerSlug: string,
): Promise<FoundCredentials> {
  const row = await database.partnerCredentials.findFirst({ where: { partner: { slug: partnerSlug } } });
  if (!row) return 'NONE';
  const text = key === null ? null : unseal(row.sealed, key, row.partnerId);
  return text === null ? 'UNREADABLE' : content.parse(JSON.parse(text));
}

/** The partner that was registered first; null: there is none yet. */
export async function firstPartnerSlug(database: Database): Promise<string | null> {
  const orderBy = [{ createdAt: 'asc' }, { id: 'asc' }] as const;
  return (await database.partner.findFirst({ orderBy: [...orderBy], select: { slug: true } }))?.slug ?? null;
}
