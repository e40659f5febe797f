// Serves the built GraphiQL page under /graphiql/ and the settings it starts with. The page itself is in page/.

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

/** What the page needs to know before its first request. */
export interface PageConfig {
  /** Only on the sandbox, where everybody may be anybody, and only for pages on this machine; null elsewhere. */
  readonly token: string | null;
  readonly platform: 'SANDBOX' | 'WEBEX';
  readonly graphqlUrl: string;
  readonly webSocketUrl: string;
}

export interface GraphiqlRoutesOptions {
  /** The folder `npm run build` writes; it may be missing. */
  readonly root: string;
  /** Called at each visit, so that a prefilled token is fresh. */
  readonly pageConfig: () => Promise<PageConfig>;
}

const headers = {
  // Monaco and the explorer write style elements and attributes, hence unsafe-inline for styles and for nothing else.
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const notBuilt = `<!doctype html>
<html lang="en">
  <title>GraphiQL is not built</title>
  <p>The GraphiQL page has not been built yet: run <code>npm run build</code> and reload. The API itself is at <code>/graphql</code>.</p>
</html>
`;

export function graphiqlRoutes({ root, pageConfig }: GraphiqlRoutesOptions): FastifyPluginAsync {
  return async (server: FastifyInstance) => {
    server.addHook('onRequest', async (_request, reply) => {
      reply.headers(headers);
    });

    // Asset names carry a hash of the content.
    await server.register(fastifyStatic, {
      root: join(root, 'assets'),
      prefix: '/graphiql/assets/',
      index: false,
      maxAge: '1y',
      immutable: true,
    });

    // Relative, for proxies that add a path.
    server.get('/', async (_request, reply) => reply.redirect('graphiql/'));
    server.get('/graphiql', async (_request, reply) => reply.redirect('graphiql/'));

    server.get('/graphiql/', async (_request, reply) => {
      reply.header('cache-control', 'no-cache');
      if (await isMissing(join(root, 'index.html')))
        return reply.code(503).type('text/html; charset=utf-8').send(notBuilt);
      return reply.sendFile('index.html', root, { cacheControl: false });
    });

    server.get('/graphiql/config.json', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const config = await pageConfig();
      return isThisMachine(request.hostname) ? config : { ...config, token: null };
    });
  };
}

/**
 * The name the browser asked for. A page of somebody else's whose name was made to point here (DNS rebinding) asks under its
 * own name, and gets no token.
 */
function isThisMachine(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '::1', '[::1]'].includes(hostname);
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await access(path);
    return false;
  } catch {
    return true;
  }
}
