// One process of several that share a PostgreSQL, the way an operator runs them. Can be killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort } from './gateway-process.ts';
import { waitFor } from './wait-for.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface RoleProcess {
  /** Of a gateway the API, of a worker its health. */
  readonly url: string;
  /** Everything it wrote so far. */
  output(): string;
  /** Resolves when it is ready. */
  readonly ready: Promise<void>;
  /** Holds it where it is, as a machine that is stuck would; resume() lets it go on. */
  pause(): void;
  resume(): void;
  /** No goodbye. */
  kill(): Promise<void>;
  /** As Ctrl-C does; answers the exit code. */
  stop(): Promise<number | null>;
}

/** @param settings the environment; with DATABASE_URL, and without PORT */
export async function startRole(roles: string, settings: Readonly<Record<string, string>>): Promise<RoleProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], ROLES: roles, PORT: String(port), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const exited = once(child, 'exit');
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const ready = waitFor(async () => {
    if (isOver()) throw new Error(`the ${roles} ended with code ${child.exitCode}:\n${output}`);
    return output.includes('Ready after');
  }, 120_000).then(() => undefined);
  ready.catch(() => undefined);

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (!isOver()) {
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    ready,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGINT'),
  };
}
