// The local issuer's key: made once, kept to its owner, never overwritten.

import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueLocalToken, localTokenIssuer, parseTtl } from '../../src/server/auth/local-issuer.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'local-issuer-'));
});
afterEach(() => rm(folder, { recursive: true }));

const issue = (dataDir: string) =>
  issueLocalToken({ dataDir, partner: 'acme', roles: ['READ_ONLY_ADMIN'], ttlSeconds: 60 });

describe('the key', () => {
  it('is the same for all who come first at the same time', async () => {
    const dataDir = path.join(folder, 'not', 'there', 'yet');
    await Promise.all(Array.from({ length: 8 }, () => issue(dataDir)));
    const kept = await readFile(path.join(dataDir, 'local-issuer.json'), 'utf8');
    await issue(dataDir);
    expect(await readFile(path.join(dataDir, 'local-issuer.json'), 'utf8')).toBe(kept);
    expect(await readdir(dataDir)).toEqual(['local-issuer.json']);
  });

  it('can be read by its owner only', async () => {
    await localTokenIssuer(folder);
    const { mode } = await stat(path.join(folder, 'local-issuer.json'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('is not replaced when the file holds something else', async () => {
    const file = path.join(folder, 'local-issuer.json');
    await writeFile(file, 'something else');
    await expect(issue(folder)).rejects.toThrow(file);
    expect(await readFile(file, 'utf8')).toBe('something else');
  });
});

describe('a token', () => {
  it('says who, what and for how long', async () => {
    const { exp = 0, iat = 0, ...claims } = decodeJwt(await issue(folder));
    expect(claims).toMatchObject({ sub: 'acme-read-only-admin', partner: 'acme', roles: ['READ_ONLY_ADMIN'] });
    expect(exp - iat).toBe(60);
  });
});

describe('a time to live', () => {
  it.each([
    ['30s', 30],
    ['15m', 900],
    ['12h', 43_200],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseTtl(text)).toBe(seconds);
  });

  it.each(['', '0s', '12', '-5m', '1.5h', '3d', 'h', '1h30m'])('is not %j', (text) => {
    expect(() => parseTtl(text)).toThrow('30s, 15m or 12h');
  });
});
