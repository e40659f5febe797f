// `npm run access -- revoke|suspend|resume --partner acme …`: for operators. Every gateway obeys within two seconds.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { createDatabase } from '../database/client.ts';
import type { Database } from '../database/client.ts';
import { runningServerUrl } from '../database/embedded-cluster.ts';
import { resumePartner, revokeTokens, suspendPartner } from '../domain/access/change-access.ts';
import type { Revocation } from '../domain/access/change-access.ts';

const usage = `npm run access -- revoke --partner SLUG [--subject SUBJECT | --token-id JTI] [--keep-days 365]
       npm run access -- suspend|resume --partner SLUG`;

/** What the command line asks for: does it and says what holds now; null: there is no such partner. */
type Command = (database: Database) => Promise<string | null>;

try {
  const command = readCommand();
  const said = await onDatabase(command);
  if (said === null) throw new Error('there is no partner with this slug');
  process.stdout.write(`${said}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nusage: ${usage}\n`);
  process.exitCode = 1;
}

function readCommand(): Command {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      partner: { type: 'string' },
      subject: { type: 'string' },
      'token-id': { type: 'string' },
      'keep-days': { type: 'string', default: '365' },
    },
  });
  const { partner, subject, 'token-id': tokenId, 'keep-days': keepDays } = values;
  if (!partner) throw new Error('--partner is missing: the slug of a partner, for example acme');
  if (positionals.length === 1 && positionals[0] === 'suspend') return (database) => suspend(database, partner);
  if (positionals.length === 1 && positionals[0] === 'resume') return (database) => resume(database, partner);
  if (positionals.length === 1 && positionals[0] === 'revoke') {
    if (!/^[1-9]\d{0,3}$/.test(keepDays)) throw new Error(`--keep-days must be 1 to 9999; found ${keepDays}`);
    const keepMs = Number(keepDays) * 86_400_000;
    return (database) => revoke(database, { partnerSlug: partner, of: targetOf(subject, tokenId), keepMs });
  }
  throw new Error(`expected revoke, suspend or resume; found "${positionals.join(' ')}"`);
}

function targetOf(subject: string | undefined, tokenId: string | undefined): Revocation['of'] {
  if (subject !== undefined && tokenId !== undefined) throw new Error('give --subject or --token-id, not both');
  if (subject === '' || tokenId === '') throw new Error('--subject and --token-id must not be empty');
  if (tokenId !== undefined) return { tokenId };
  return subject === undefined ? 'EVERYBODY' : { subject };
}

async function revoke(database: Database, revocation: Revocation): Promise<string | null> {
  const since = await revokeTokens(database, revocation);
  if (since === null) return null;
  if (typeof revocation.of === 'object' && 'tokenId' in revocation.of) return 'The token is revoked.';
  return `All tokens issued before ${since.toISOString()} are revoked.`;
}

async function suspend(database: Database, partner: string): Promise<string | null> {
  return (await suspendPartner(database, partner)) ? `${partner} is suspended.` : null;
}

async function resume(database: Database, partner: string): Promise<string | null> {
  return (await resumePartner(database, partner)) ? `${partner} is served again.` : null;
}

async function onDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = readConfig();
  const url = databaseUrl ?? runningServerUrl(path.join(dataDir, 'postgres'));
  if (url === null) throw new Error('the embedded database is not running: start the gateway, or set DATABASE_URL');
  const database = createDatabase({ url, poolSize: 1 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
