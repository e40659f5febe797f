// `npm run token -- --partner acme --role FULL_ADMIN [--ttl 12h]`: prints a token of the local issuer, and nothing else.

import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { partnerRoles } from '../domain/viewer.ts';
import type { PartnerRole } from '../domain/viewer.ts';
import { issueLocalToken, parseTtl } from '../server/auth/local-issuer.ts';

const usage = `npm run token -- --partner SLUG --role ${partnerRoles.join('|')} [--ttl 30s|15m|12h]`;

try {
  const { values } = parseArgs({
    options: { partner: { type: 'string' }, role: { type: 'string' }, ttl: { type: 'string', default: '12h' } },
  });
  const { partner, role } = values;
  if (!partner) throw new Error('--partner is missing: the slug of a partner, for example acme');
  if (!isRole(role)) throw new Error(`--role must be one of ${partnerRoles.join(', ')}; found ${role ?? 'none'}`);
  const config = readConfig();
  if (!config.usesLocalIssuer)
    throw new Error('tokens come from AUTH_ISSUER here; the local issuer exists on the sandbox only');
  const ttlSeconds = parseTtl(values.ttl);
  process.stdout.write(`${await issueLocalToken({ dataDir: config.dataDir, partner, roles: [role], ttlSeconds })}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nusage: ${usage}\n`);
  process.exitCode = 1;
}

function isRole(value: string | undefined): value is PartnerRole {
  return partnerRoles.some((role) => role === value);
}
