// For whoever watches the process: /healthz says that it runs, /readyz whether it should be sent requests, and why not.

import type { FastifyPluginAsync } from 'fastify';
import { limits } from './limits.ts';
import { withDeadline } from './with-deadline.ts';

/** What must be true for a request to be answered; a check that throws or takes too long has failed. */
export type Checks = Readonly<Record<string, () => boolean | Promise<boolean>>>;

export function healthRoutes(checks: Checks): FastifyPluginAsync {
  return async (fastify) => {
    fastify.get('/healthz', async () => ({ status: 'ok' }));

    fastify.get('/readyz', async (_request, reply) => {
      const results = await Promise.all(
        Object.entries(checks).map(
          async ([name, check]) => [name, (await passes(name, check)) ? 'ok' : 'failed'] as const,
        ),
      );
      const isReady = results.every(([, result]) => result === 'ok');
      return reply
        .code(isReady ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: isReady ? 'ready' : 'not ready', checks: Object.fromEntries(results) });
    });
  };
}

async function passes(name: string, check: Checks[string]): Promise<boolean> {
  try {
    return await withDeadline(Promise.resolve(check()), limits.readinessMs, name);
  } catch {
    return false;
  }
}
