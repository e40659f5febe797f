// The gateway as its own process, the way an operator runs it: embedded database, sandbox, worker. Can be killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { waitFor } from './wait-for.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface GatewayProcess {
  readonly url: string;
  readonly sandboxOrigin: string;
  readonly pid: number;
  /** Everything it wrote so far. */
  output(): string;
  /** No goodbye. The embedded database is left running, as it would be. */
  kill(): Promise<void>;
  /** As Ctrl-C does; answers the exit code. */
  stop(): Promise<number | null>;
}

export async function startGatewayProcess(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<GatewayProcess> {
  const port = await freePort();
  const sandboxPort = await freePort();
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: dataDir,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const exited = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined) throw new Error('the gateway could not be started');
  const url = `http://127.0.0.1:${port}`;
  await waitFor(async () => {
    if (child.exitCode !== null) throw new Error(`the gateway ended with code ${child.exitCode}:\n${output}`);
    return output.includes('Ready after');
  }, 60_000);
  return {
    url,
    sandboxOrigin: `http://127.0.0.1:${sandboxPort}`,
    pid,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGINT');
      await exited;
      return child.exitCode;
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  return address.port;
}
