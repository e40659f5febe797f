// Serves a page that was built for the browser, under a path of its own, with the settings it starts with. What the page
// is, and what its assets may do beyond the strict minimum, is said by graphiql/routes.ts and board/routes.ts.

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

/** What a page needs to know before its first request. */
export interface PageConfig {
  /** Only on the sandbox, where everybody may be anybody, and only for pages on this machine; null elsewhere. */
  readonly token: string | null;
  readonly platform: 'SANDBOX' | 'WEBEX';
  readonly graphqlUrl: string;
  readonly webSocketUrl: string;
}

export interface ServedPage {
  /** The folder `npm run build` writes; it may be missing. */
  readonly root: string;
  /** Called at each visit, so that a prefilled token is fresh. */
  readonly pageConfig: () => Promise<PageConfig>;
}

export interface PageOptions extends ServedPage {
  /** Its path without slashes, for example graphiql. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Besides those that hold for every page. */
  readonly contentSecurityPolicy: readonly string[];
}

const strictPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

export function pageRoutes({ name, title, contentSecurityPolicy, root, pageConfig }: PageOptions): FastifyPluginAsync {
  const headers = {
    'content-security-policy': [...strictPolicy, ...contentSecurityPolicy].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
  return async (server: FastifyInstance) => {
    server.addHook('onRequest', async (_request, reply) => {
      reply.headers(headers);
    });

    // Asset names carry a hash of the content.
    await server.register(fastifyStatic, {
      root: join(root, 'assets'),
      prefix: `/${name}/assets/`,
      index: false,
      maxAge: '1y',
      immutable: true,
    });

    // Relative, for proxies that add a path.
    server.get(`/${name}`, async (_request, reply) => reply.redirect(`${name}/`));

    server.get(`/${name}/`, async (_request, reply) => {
      reply.header('cache-control', 'no-cache');
      if (await isMissing(join(root, 'index.html')))
        return reply.code(503).type('text/html; charset=utf-8').send(notBuilt(title));
      return reply.sendFile('index.html', root, { cacheControl: false });
    });

    server.get(`/${name}/config.json`, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const config = await pageConfig();
      return isThisMachine(request.hostname) ? config : { ...config, token: null };
    });
  };
}

/** Sends who asks for the bare address to a page. */
export function frontPage(name: string): FastifyPluginAsync {
  return async (server: FastifyInstance) => {
    server.get('/', async (_request, reply) => reply.redirect(`${name}/`));
  };
}

function notBuilt(title: string): string {
  return `<!doctype html>
<html lang="en">
  <title>${title} is not built</title>
  <p>The page ${title} has not been built yet: run <code>npm run build</code> and reload. The API itself is at <code>/graphql</code>.</p>
</html>
`;
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
