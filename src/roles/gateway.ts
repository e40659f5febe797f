// The role "gateway": the API over HTTP and WebSocket, with the event feed and the view of who is still let in.

import { schema } from '../../schema/index.ts';
import type { Config } from '../config.ts';
import { createTenants } from '../database/tenants.ts';
import type { DomainContext } from '../domain/context.ts';
import { createEventFeed } from '../events/feed.ts';
import type { Logger } from '../log.ts';
import { openAccessView } from '../server/auth/access.ts';
import { createAuthenticate } from '../server/auth/authenticate.ts';
import { localTokenIssuer } from '../server/auth/local-issuer.ts';
import { createPartnerLookup } from '../server/auth/partners.ts';
import { remoteTokenIssuer } from '../server/auth/token-issuer.ts';
import { createServer } from '../server/server.ts';
import type { GatewayServer } from '../server/server.ts';
import { pagesFor } from './pages.ts';
import type { Parts } from './parts.ts';

export interface GatewayRoleOptions {
  readonly config: Config;
  readonly url: string;
  readonly domain: DomainContext;
  readonly log: Logger;
  readonly parts: Parts;
}

export async function startGatewayRole({
  config,
  url,
  domain,
  log,
  parts,
}: GatewayRoleOptions): Promise<GatewayServer> {
  const { database } = domain;
  const tenants = parts.opened(createTenants({ url, poolSize: config.databasePoolSize }), (opened) => opened.close());
  const feed = parts.opened(
    await createEventFeed({
      database,
      databaseOf: tenants.of,
      url,
      onError: (error) => log.warn({ err: error }, 'a look into the event log failed'),
    }),
    (reader) => reader.close(),
  );
  const access = parts.opened(
    await openAccessView({
      database,
      url,
      onError: (error) => log.warn({ err: error }, 'it cannot be told at the moment whose access was withdrawn'),
    }),
    (view) => view.close(),
  );
  const { auth, dataDir, partnerClaim, rolesClaim } = config;
  const issuer = auth ? remoteTokenIssuer({ ...auth, partnerClaim, rolesClaim }) : await localTokenIssuer(dataDir);
  const server = parts.opened(
    await createServer({
      host: config.host,
      port: config.port,
      schema,
      allowsIntrospection: config.allowsIntrospection,
      compilesReads: config.compilesReads,
      domain,
      tenants,
      feed,
      access,
      authenticate: createAuthenticate({ issuer, findPartner: createPartnerLookup(database), access }),
      pages: pagesFor(config),
      shutdownTimeoutMs: config.shutdownTimeoutMs,
      log,
    }),
    (listener) => listener.close(),
  );
  await server.listen();
  return server;
}
