// `npm run partner -- add|list|credentials …`: for operators. Secrets come over standard input, never as arguments: those are
// seen by everybody who may list processes, and kept by shells.

import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { createDatabase } from '../database/client.ts';
import type { Database } from '../database/client.ts';
import { runningServerUrl } from '../database/embedded-cluster.ts';
import { migrate } from '../database/migrate.ts';
import { findCredentials, firstPartnerSlug, storeCredentials } from '../domain/access/partner-credentials.ts';
import { registerPartner } from '../domain/access/register-partner.ts';
import { readCredentials } from './partner/credentials-form.ts';

const usage = `npm run partner -- add --slug SLUG --name NAME --region US --admin-name NAME --admin-email ADDRESS --subscription NUMBER[=NAME]
         (more administrators and subscriptions: repeat their options)
       npm run partner -- list
       npm run partner -- credentials --slug SLUG < FILE
         (the file, or what is typed until Ctrl-D, has lines such as WEBEX_CLIENT_ID=…, WEBEX_CLIENT_SECRET=… and
         WEBEX_REFRESH_TOKEN=…, or WEBEX_ACCESS_TOKEN=… alone)`;

/** Does what the command line asks for, and says what holds now. @throws Complaint */
type Command = (database: Database, config: Config) => Promise<string>;

/** What is wrong, each thing in a line of its own. */
class Complaint extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'Complaint';
  }
}

try {
  process.stdout.write(`${await onDatabase(readCommand())}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nusage: ${usage}\n`);
  process.exitCode = 1;
}

function readCommand(): Command {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      slug: { type: 'string' },
      name: { type: 'string' },
      region: { type: 'string' },
      'admin-name': { type: 'string', multiple: true },
      'admin-email': { type: 'string', multiple: true },
      subscription: { type: 'string', multiple: true },
    },
  });
  const [command, ...more] = positionals;
  if (more.length === 0 && command === 'add') return (database) => add(database, values);
  if (more.length === 0 && command === 'list') return list;
  if (more.length === 0 && command === 'credentials') {
    const { slug } = values;
    if (!slug) throw new Complaint(['--slug is missing: the slug of a partner, for example acme']);
    return (database, config) => storeFromInput(database, config, slug);
  }
  throw new Complaint([`expected add, list or credentials; found "${positionals.join(' ')}"`]);
}

interface AddOptions {
  readonly slug?: string;
  readonly name?: string;
  readonly region?: string;
  readonly 'admin-name'?: string[];
  readonly 'admin-email'?: string[];
  readonly subscription?: string[];
}

async function add(database: Database, options: AddOptions): Promise<string> {
  const { slug = '', name = '', region = '', 'admin-name': names = [], 'admin-email': emails = [] } = options;
  const longer = names.length >= emails.length ? names : emails;
  const { problems } = await registerPartner(database, {
    slug,
    name,
    region,
    admins: longer.map((_, index) => ({ name: names[index] ?? '', email: emails[index] ?? '' })),
    subscriptions: (options.subscription ?? []).map((text) => {
      const [number = '', label] = text.split('=', 2);
      return { number, name: label ?? number };
    }),
  });
  if (problems.length === 0) return `${slug} is registered.`;
  throw new Complaint(problems.map(({ path: option, message }) => `--${option.join('.')}: ${message}`));
}

async function list(database: Database, { platform, credentialsKey }: Config): Promise<string> {
  const partners = await database.partner.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  const first = await firstPartnerSlug(database);
  const lines = partners.map(async ({ slug, name, dataRegion, suspendedAt }) => {
    const found = await findCredentials(database, credentialsKey, slug);
    const configured = platform.kind === 'WEBEX' && platform.credentials !== null && slug === first;
    const stored = found === 'UNREADABLE' ? 'stored, but not readable with CREDENTIALS_KEY' : 'stored';
    const own = found === 'NONE' ? (configured ? 'from the settings' : 'none') : stored;
    return [slug, name, dataRegion, suspendedAt ? 'suspended' : 'served', `credentials: ${own}`].join('\t');
  });
  return partners.length === 0 ? 'There is no partner yet.' : (await Promise.all(lines)).join('\n');
}

async function storeFromInput(database: Database, { credentialsKey }: Config, slug: string): Promise<string> {
  if (credentialsKey === null) {
    throw new Complaint([
      'Credentials are stored encrypted only, and CREDENTIALS_KEY is not set: set it, here and for the gateway, to what openssl rand -base64 32 prints',
    ]);
  }
  const form = readCredentials(await readAll(process.stdin));
  if ('problems' in form) throw new Complaint(form.problems);
  const stored = { credentials: form.credentials, insteadOf: null };
  if (await storeCredentials(database, credentialsKey, slug, stored)) return `The credentials of ${slug} are stored.`;
  throw new Complaint([`there is no partner "${slug}"`]);
}

async function onDatabase(command: Command): Promise<string> {
  const config = readConfig();
  const url = config.databaseUrl ?? runningServerUrl(path.join(config.dataDir, 'postgres'));
  if (url === null)
    throw new Complaint(['the embedded database is not running: start the gateway, or set DATABASE_URL']);
  // Partners may be registered before a gateway has ever been started.
  await migrate(url, { info: () => undefined });
  const database = createDatabase({ url, poolSize: 1 });
  try {
    return await command(database, config);
  } finally {
    await database.close();
  }
}
