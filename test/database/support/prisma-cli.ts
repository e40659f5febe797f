// Prisma's command line as somebody runs it who has no npm around it: nothing of ours on PATH.

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');

/** What it printed after its exit code, so that a failed expectation shows both. */
export async function runPrisma(databaseUrl: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(process.execPath, [path.join(root, 'node_modules/prisma/build/index.js'), ...args], {
    cwd: root,
    env: { PATH: '/usr/bin:/bin', DATABASE_URL: databaseUrl, NO_COLOR: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.stdin.end(input);
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return `exit code ${exitCode}\n${stdout}${stderr}`;
}
