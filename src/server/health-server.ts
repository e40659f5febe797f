// A port with /healthz and /readyz and nothing else, for a process that serves no clients.

import Fastify from 'fastify';
import { healthRoutes } from './health.ts';
import type { Checks } from './health.ts';

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function startHealthServer({
  host,
  port,
  checks,
  degradations,
}: {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly checks: Checks;
  readonly degradations: Readonly<Record<string, () => boolean>>;
}): Promise<HealthServer> {
  const fastify = Fastify({ logger: false, forceCloseConnections: true });
  await fastify.register(healthRoutes(checks, degradations));
  await fastify.listen({ host, port });
  return { url: fastify.listeningOrigin, close: () => fastify.close() };
}
