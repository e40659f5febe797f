// The servers that are measured, each a process of its own on the first core: our gateway as production runs it, the floor.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../support/gateway-process.ts';
import { waitFor } from '../../support/wait-for.ts';

export interface Target {
  readonly name: string;
  /** The floor takes no GraphQL. */
  readonly isFloor: boolean;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../../..');

export interface TargetOptions {
  readonly name: string;
  readonly isFloor?: boolean;
  readonly script: string;
  readonly nodeOptions?: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
}

export async function startTarget({
  name,
  isFloor = false,
  script,
  nodeOptions = [],
  settings,
}: TargetOptions): Promise<Target> {
  const port = await freePort();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gateway-bench-data-'));
  const child = spawn('taskset', ['-c', '0', process.execPath, ...nodeOptions, script], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      PORT: String(port),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      if (output.length < 100_000) output += data.toString();
    });
  }
  const exited = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started`);
  await waitFor(async () => {
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}:\n${output}`);
    return output.includes('Ready after');
  }, 60_000);
  return {
    name,
    isFloor,
    port,
    pid,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A gateway in front of a Webex that nobody calls. */
export function gatewaySettings(
  databaseUrl: string,
  tokens: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    ...tokens,
    ROLES: 'gateway',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: '10',
    PLATFORM: 'webex',
    WEBEX_BASE_URL: 'http://127.0.0.1:9',
    WEBEX_ACCESS_TOKEN: 'none',
  };
}

const tickMs = 10;

/** User and system time of the whole process. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
