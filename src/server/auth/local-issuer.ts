// Issues and verifies tokens where no issuer of the operator's own is configured: on the sandbox, for people who explore.
// Its key is a file in the data folder, so that a token from the command line is good for the running gateway.

import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';
import type { PartnerRole } from '../../domain/viewer.ts';
import type { TokenIssuer } from './token-issuer.ts';

const issuer = 'urn:webex-wholesale-gateway:local-issuer';
const audience = 'urn:webex-wholesale-gateway';
const algorithm = 'ES256';

export interface LocalTokenOptions {
  readonly dataDir: string;
  /** The partner's slug. */
  readonly partner: string;
  readonly roles: readonly PartnerRole[];
  readonly ttlSeconds: number;
}

export async function issueLocalToken({ dataDir, partner, roles, ttlSeconds }: LocalTokenOptions): Promise<string> {
  const key = await openKey(dataDir);
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ partner, roles: [...roles], email: `admin@${partner}.example` })
    .setProtectedHeader({ alg: algorithm, kid: key.kid, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject([partner, ...roles].join('-').toLowerCase().replaceAll('_', '-'))
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + ttlSeconds)
    .sign(await importJWK(key, algorithm));
}

/** The claims it expects are the ones issueLocalToken writes, whatever the configuration calls them elsewhere. */
export async function localTokenIssuer(dataDir: string): Promise<TokenIssuer> {
  const { kty, crv, x, y } = await openKey(dataDir);
  const key = await importJWK({ kty, crv, x, y }, algorithm);
  return {
    issuer,
    audience,
    algorithms: [algorithm],
    key: async () => key,
    // One machine, one clock.
    clockToleranceSeconds: 0,
    partnerClaim: 'partner',
    rolesClaim: 'roles',
  };
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };

/** Seconds; throws for anything but a number of seconds, minutes or hours: 30s, 15m, 12h. */
export function parseTtl(text: string): number {
  const [, amount, unit] = /^([1-9]\d{0,5})([smh])$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined)
    throw new Error(`a token's ttl looks like 30s, 15m or 12h; found ${text}`);
  return Number(amount) * (unitSeconds[unit] ?? 1);
}

const storedKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string(),
});
type StoredKey = z.infer<typeof storedKey>;

async function openKey(dataDir: string): Promise<StoredKey> {
  const file = path.join(dataDir, 'local-issuer.json');
  return (await readKey(file)) ?? makeKey(dataDir, file);
}

async function readKey(file: string): Promise<StoredKey | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  const parsed = storedKey.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`${file} is not the key this gateway wrote. Remove it to have a new one made.`);
  return parsed.data;
}

/** Two processes may come here at once: the link makes exactly one key the key, whole, and the other process takes that. */
async function makeKey(dataDir: string, file: string): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const draft = `${file}.${randomUUID()}`;
  await mkdir(dataDir, { recursive: true });
  await writeFile(draft, JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) }), {
    mode: 0o600,
    flag: 'wx',
  });
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const key = await readKey(file);
  if (!key) throw new Error(`${file} was removed while it was being made`);
  return key;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
