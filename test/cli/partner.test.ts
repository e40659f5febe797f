// The operator's command for partners: on an empty database, with everything that is wrong told at once and no secret repeated.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCredentials } from '../../src/domain/access/partner-credentials.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const root = path.resolve(import.meta.dirname, '../..');
const key = Buffer.alloc(32, 7);
let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

interface Run {
  readonly input?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

async function run(args: readonly string[], { input = '', settings = {} }: Run = {}) {
  const env = { DATABASE_URL: test.url, CREDENTIALS_KEY: key.toString('base64'), ...settings };
  const child = spawn(process.execPath, ['src/cli/partner.ts', ...args], { cwd: root, env });
  const exited = once(child, 'exit');
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await exited;
  return { code: child.exitCode, stdout, stderr };
}

const whole = [
  ...['add', '--slug', 'acme', '--name', 'Acme Telecom', '--region', 'US'],
  ...['--admin-name', 'Grace Acme', '--admin-email', 'Grace@acme.example', '--admin-name', 'Henry Acme'],
  ...['--admin-email', 'henry@acme.example', '--subscription', 'Sub100001=Wholesale US', '--subscription', 'Sub100002'],
];

it('registers a partner with its administrators and subscriptions, once', { timeout: 60_000 }, async () => {
  expect((await run(['list'])).stdout).toBe('There is no partner yet.\n');
  expect(await run(whole)).toEqual({ code: 0, stdout: 'acme is registered.\n', stderr: '' });
  const again = await run(whole);
  expect(again).toMatchObject({ code: 1, stdout: '' });
  expect(again.stderr).toContain('--slug: There is a partner "acme" already.');
  const partner = await test.database.partner.findUniqueOrThrow({
    where: { slug: 'acme' },
    include: { serviceProviderAdmins: true, wholesaleSubscriptions: true },
  });
  expect(partner).toMatchObject({ name: 'Acme Telecom', dataRegion: 'US' });
  expect(partner.serviceProviderAdmins.map(({ email }) => email).sort()).toEqual([
    'grace@acme.example',
    'henry@acme.example',
  ]);
  expect(partner.wholesaleSubscriptions.map(({ number, name }) => [number, name]).sort()).toEqual([
    ['Sub100001', 'Wholesale US'],
    ['Sub100002', 'Sub100002'],
  ]);
  expect((await run(['list'])).stdout).toBe('acme\tAcme Telecom\tUS\tserved\tcredentials: none\n');
});

it('says everything that is wrong at once', { timeout: 60_000 }, async () => {
  const wrong = await run([
    'add',
    '--slug',
    'Not A Slug',
    '--region',
    'MARS',
    '--admin-name',
    'X',
    '--admin-email',
    'x',
  ]);
  expect(wrong.code).toBe(1);
  expect(
    wrong.stderr
      .split('\nusage: ')[0]
      ?.split('\n')
      .map((line) => line.split(':')[0]),
  ).toEqual(['--slug', '--name', '--region', '--admin-email', '--subscription']);
  const nothing = await run(['add']);
  expect(nothing.stderr.split('\nusage: ')[0]?.split('\n')).toHaveLength(5);
  expect((await run(['expel'])).stderr).toContain('found "expel"');
  expect(await test.database.partner.count()).toBe(1);
});

it('stores credentials encrypted, from standard input, and repeats none of them', { timeout: 60_000 }, async () => {
  const input = 'WEBEX_CLIENT_ID=client\nWEBEX_CLIENT_SECRET="hunter2-secret"\nWEBEX_REFRESH_TOKEN=hunter2-refresh\n';
  const command = ['credentials', '--slug', 'acme'];
  expect(await run(command, { input })).toEqual({
    code: 0,
    stdout: 'The credentials of acme are stored.\n',
    stderr: '',
  });
  const { sealed } = await test.database.partnerCredentials.findFirstOrThrow();
  expect(Buffer.from(sealed).toString('latin1')).not.toMatch(/hunter2|client/);
  expect(await findCredentials(test.database, key, 'acme')).toEqual({
    credentials: { kind: 'OAUTH', clientId: 'client', clientSecret: 'hunter2-secret', refreshToken: 'hunter2-refresh' },
    insteadOf: null,
  });
  expect(await findCredentials(test.database, Buffer.alloc(32, 8), 'acme')).toBe('UNREADABLE');
  expect(await findCredentials(test.database, null, 'acme')).toBe('UNREADABLE');
  expect((await run(['list'])).stdout).toContain('credentials: stored\n');

  const wrong = 'WEBEX_CLIENT_SECRET=hunter2 hunter2\nWEBEX_ACCESS_TOKEN=hunter2\nPASSWORD=hunter2\n';
  const refused = await run(command, { input: wrong });
  expect(refused.code).toBe(1);
  expect(refused.stderr).not.toContain('hunter2');
  for (const name of [
    'PASSWORD',
    'WEBEX_CLIENT_SECRET',
    'WEBEX_ACCESS_TOKEN',
    'WEBEX_CLIENT_ID',
    'WEBEX_REFRESH_TOKEN',
  ])
    expect(refused.stderr).toContain(`${name}: expected`);
  expect((await run(command)).stderr).toContain('found neither');
  expect((await run(['credentials', '--slug', 'nobody'], { input })).stderr).toContain('there is no partner "nobody"');
});

it('stores no credentials without a key', { timeout: 60_000 }, async () => {
  const settings = { CREDENTIALS_KEY: '' };
  const refused = await run(['credentials', '--slug', 'acme'], { input: 'WEBEX_ACCESS_TOKEN=hunter2', settings });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('CREDENTIALS_KEY is not set');
  expect(refused.stderr).not.toContain('hunter2');
});

it('does not open what was moved to another partner, or changed', async () => {
  const other = await test.database.partner.create({ data: { slug: 'other', name: 'Other', dataRegion: 'EU' } });
  const { sealed } = await test.database.partnerCredentials.findFirstOrThrow();
  await test.database.partnerCredentials.create({ data: { partnerId: other.id, sealed } });
  expect(await findCredentials(test.database, key, 'other')).toBe('UNREADABLE');
  const changed = new Uint8Array(sealed);
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  await test.database.partnerCredentials.updateMany({
    where: { partner: { slug: 'acme' } },
    data: { sealed: changed },
  });
  expect(await findCredentials(test.database, key, 'acme')).toBe('UNREADABLE');
});
