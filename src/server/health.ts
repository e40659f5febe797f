// For whoever watches the process: /healthz says that it runs, /readyz whether it should be sent requests, and why not.

import type { FastifyPluginAsync } from 'fastify';
import { limits } from './limits.ts';
import { withDeadline } from './with-deadline.ts';

/** What must be true for a request to be answered; a check that throws or takes too long has failed. */
export type Checks = Readonly<Record<string, () => boolean | Promise<boolean>>>;

/** @param degradations What makes the answers poorer and not wrong, where it is true: requests are wanted all the same. */
export function healthRoutes(
  checks: Checks,
  degradations: Readonly<Record<string, () => boolean>> = {},
): FastifyPluginAsync {
  return async (fastify) => {
    fastify.get('/healthz', async () => ({ status: 'ok' }));

    fastify.get('/readyz', async (_request, reply) => {
      const results = await Promise.all(
        Object.entries(checks).map(
          async ([name, check]) => [name, (await passes(name, check)) ? 'ok' : 'failed'] as const,
        ),
      );
      const isReady = results.every(([, result]) => result === 'ok');
      const degraded = Object.entries(degradations).map(
        ([name, isDegraded]) => [name, isDegraded() ? 'degraded' : 'ok'] as const,
      );
      const isWhole = degraded.every(([, result]) => result === 'ok');
      return reply
        .code(isReady ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({
          status: !isReady ? 'not ready' : isWhole ? 'ready' : 'degraded',
          checks: Object.fromEntries([...results, ...degraded]),
        });
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
