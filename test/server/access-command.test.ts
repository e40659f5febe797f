// The operator's command line: what it does, and what it says to whom.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const root = path.resolve(import.meta.dirname, '../..');
const failure = z.object({ code: z.number(), stderr: z.string() });
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  await test.database.partner.create({ data: { slug: 'acme', name: 'Acme', dataRegion: 'US' } });
});
afterAll(() => test.drop());

const run = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, ['src/cli/access.ts', ...args], {
    cwd: root,
    env: { DATABASE_URL: test.url },
  });

async function complaintOf(...args: readonly string[]): Promise<string> {
  const result = await run(...args).then(
    () => null,
    (error: unknown) => failure.parse(error),
  );
  expect(result?.code).toBe(1);
  return result?.stderr ?? '';
}

it('revokes the tokens of a partner or of a subject, or one token', { timeout: 60_000 }, async () => {
  expect((await run('revoke', '--partner', 'acme')).stdout).toMatch(/^All tokens issued before \S+Z are revoked\.\n$/);
  await run('revoke', '--partner', 'acme', '--subject', 'somebody', '--keep-days', '1');
  expect((await run('revoke', '--partner', 'acme', '--token-id', 'j-1')).stdout).toBe('The token is revoked.\n');
  const rows = await test.database.accessRevocation.findMany({ orderBy: { id: 'asc' } });
  expect(rows).toMatchObject([
    { subject: null, tokenId: null, issuedBefore: expect.any(Date) },
    { subject: 'somebody', tokenId: null, issuedBefore: expect.any(Date) },
    { subject: null, tokenId: 'j-1', issuedBefore: null },
  ]);
  const keptForDays = rows.map(({ expiresAt }) => Math.round((expiresAt.getTime() - Date.now()) / 86_400_000));
  expect(keptForDays).toEqual([365, 1, 365]);
});

it('suspends a partner and lets it back in', { timeout: 60_000 }, async () => {
  const suspendedAt = async () =>
    (await test.database.partner.findUniqueOrThrow({ where: { slug: 'acme' } })).suspendedAt;
  expect((await run('suspend', '--partner', 'acme')).stdout).toBe('acme is suspended.\n');
  expect(await suspendedAt()).not.toBeNull();
  expect((await run('resume', '--partner', 'acme')).stdout).toBe('acme is served again.\n');
  expect(await suspendedAt()).toBeNull();
});

it('says what is wrong, and how it is used', { timeout: 60_000 }, async () => {
  expect(await complaintOf('revoke')).toContain('--partner is missing');
  expect(await complaintOf('expel', '--partner', 'acme')).toContain('found "expel"');
  expect(await complaintOf('suspend', '--partner', 'nobody')).toMatch(/there is no partner with this slug\nusage: /);
  expect(await complaintOf('revoke', '--partner', 'acme', '--subject', 's', '--token-id', 'j')).toContain('not both');
});
