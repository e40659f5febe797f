// The role "sandbox": the local Webex, in this process or elsewhere.

import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { startSandbox } from '../sandbox/server.ts';
import type { Parts } from './parts.ts';

/** The origin of the sandbox, which is started where this process plays that role. Null in front of the real Webex. */
export async function findSandbox(
  { platform, roles }: Config,
  databaseUrl: string,
  log: Logger,
  parts: Parts,
): Promise<string | null> {
  if (platform.kind === 'WEBEX') return null;
  if (!roles.has('sandbox')) return platform.origin;
  const { host, port, stageMs } = platform;
  return parts.opened(await startSandbox({ databaseUrl, host, port, stageMs, log }), (server) => server.close()).origin;
}
