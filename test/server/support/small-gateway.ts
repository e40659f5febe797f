// The whole server in front of a small schema that misbehaves on demand, for tests of what lies between client and resolver.

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { createTenants } from '../../../src/database/tenants.ts';
import type { DomainContext } from '../../../src/domain/context.ts';
import type { PartnerRole } from '../../../src/domain/viewer.ts';
import { createEventFeed } from '../../../src/events/feed.ts';
import { createLog } from '../../../src/log.ts';
import { openAccessView } from '../../../src/server/auth/access.ts';
import { createAuthenticate } from '../../../src/server/auth/authenticate.ts';
import { issueLocalToken, localTokenIssuer } from '../../../src/server/auth/local-issuer.ts';
import { createPartnerLookup } from '../../../src/server/auth/partners.ts';
import type { TokenIssuer } from '../../../src/server/auth/token-issuer.ts';
import { createServer } from '../../../src/server/server.ts';
import type { ServerOptions } from '../../../src/server/server.ts';
import { createTestDatabase } from '../../support/database.ts';
import { createSmallSchema } from './small-schema.ts';

export interface SmallGatewayOptions extends Partial<
  Pick<ServerOptions, 'allowsIntrospection' | 'shutdownTimeoutMs' | 'schema' | 'pace'>
> {
  /** Instead of the local issuer's tokens. */
  readonly issuer?: TokenIssuer;
  /** Whether the platform has not answered for a while. */
  readonly isAway?: () => boolean;
  /** How often withdrawn access is looked for without a nudge; 50 unless told. */
  readonly accessPollMs?: number;
}

/** Has the partners "acme" and, suspended, "gone". */
export async function openSmallGateway(options: SmallGatewayOptions = {}) {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'gateway-server-'));
  const testDatabase = await createTestDatabase();
  const { database } = testDatabase;
  const acme = await database.partner.create({ data: { slug: 'acme', name: 'Acme Telecom', dataRegion: 'US' } });
  await database.partner.create({
    data: { slug: 'gone', name: 'Gone Telecom', dataRegion: 'US', suspendedAt: new Date() },
  });
  const logged: string[] = [];
  const log = createLog(
    'info',
    new Writable({
      write(line: Buffer, _encoding, done) {
        logged.push(line.toString());
        done();
      },
    }),
  );
  const unused = (): never => {
    throw new Error('the small schema has no use for this');
  };
  const domain: DomainContext = {
    database,
    jobs: { enqueue: unused, work: unused, close: unused },
    directory: {
      facts: { kind: 'SANDBOX', issuesProvisioningIds: true, assessesAttach: true, carriesConsentAnswers: true },
      isAway: options.isAway ?? (() => false),
      registerTemplate: unused,
      findOrganizations: unused,
      getOrganization: unused,
      precheckCustomer: unused,
      answerConsent: unused,
      resendAttachConsent: unused,
      withdrawAttachConsent: unused,
      resendUserConsent: unused,
      listMails: unused,
    },
    now: () => new Date(),
    draftLifetimeMs: 1_000,
  };
  const tenants = createTenants({ url: testDatabase.url, poolSize: 10 });
  const feed = await createEventFeed({ database, databaseOf: tenants.of, url: testDatabase.url, onError: unused });
  const access = await openAccessView({
    database,
    url: testDatabase.url,
    pollMs: options.accessPollMs ?? 50,
    onError: () => undefined,
  });
  const small = createSmallSchema();
  const issuer = options.issuer ?? (await localTokenIssuer(dataDir));
  const server = await createServer({
    host: '127.0.0.1',
    port: 0,
    schema: small.schema,
    allowsIntrospection: true,
    compilesReads: true,
    domain,
    tenants,
    feed,
    authenticate: createAuthenticate({ issuer, findPartner: createPartnerLookup(database), access }),
    access,
    pages: [],
    shutdownTimeoutMs: 5_000,
    log,
    ...options,
  });
  await server.listen();
  return {
    ...small,
    url: server.url,
    socketUrl: `${server.url.replace('http', 'ws')}/graphql`,
    dataDir,
    database,
    feed,
    partnerId: acme.id,
    server,
    /** Lines of the log so far. */
    logged,
    token: (ttlSeconds = 600, role: PartnerRole = 'FULL_ADMIN'): Promise<string> =>
      issueLocalToken({ dataDir, partner: 'acme', roles: [role], ttlSeconds }),
    async close() {
      await server.close();
      await feed.close();
      await access.close();
      await tenants.close();
      await testDatabase.drop();
      await rm(dataDir, { recursive: true });
    },
  };
}
export type SmallGateway = Awaited<ReturnType<typeof openSmallGateway>>;
