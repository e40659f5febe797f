// The pages that a gateway serves to browsers, and whose token they begin with.

import { fileURLToPath } from 'node:url';
import type { FastifyPluginAsync } from 'fastify';
import type { Config } from '../config.ts';
import { issueLocalToken } from '../server/auth/local-issuer.ts';
import { boardRoutes } from '../server/board/routes.ts';
import { graphiqlRoutes } from '../server/graphiql/routes.ts';
import { frontPage } from '../server/pages/page-routes.ts';
import type { PageConfig } from '../server/pages/page-routes.ts';

/** The first of them is what the bare address leads to. */
export function pagesFor(config: Config): readonly FastifyPluginAsync[] {
  const built = (name: string) => ({
    root: fileURLToPath(new URL(`../../dist/${name}`, import.meta.url)),
    pageConfig: () => pageConfig(config),
  });
  return [
    ...(config.hasGraphiql ? [graphiqlRoutes(built('graphiql'))] : []),
    ...(config.hasBoard ? [boardRoutes(built('board'))] : []),
    ...(config.hasGraphiql || config.hasBoard ? [frontPage(config.hasGraphiql ? 'graphiql' : 'board')] : []),
  ];
}

const pageTokenSeconds = 12 * 3_600;

/** On the sandbox a visitor need not bring a token. */
async function pageConfig({ platform, usesLocalIssuer, dataDir }: Config): Promise<PageConfig> {
  const demo = { dataDir, partner: 'acme', roles: ['FULL_ADMIN'], ttlSeconds: pageTokenSeconds } as const;
  return {
    token: usesLocalIssuer ? await issueLocalToken(demo) : null,
    platform: platform.kind,
    graphqlUrl: '/graphql',
    webSocketUrl: '/graphql',
  };
}
