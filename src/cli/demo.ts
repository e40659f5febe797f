// `npm run demo`: plays the whole job against a running gateway (--url), or against one that it starts and stops itself.
// Exit code 0 only if everything was provisioned.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { issueLocalToken } from '../server/auth/local-issuer.ts';
import { createDemoClient } from './demo/client.ts';
import { createProgressView } from './demo/progress.ts';
import { playStory } from './demo/story.ts';
import type { DemoResult } from './demo/story.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({ options: { url: { type: 'string' } } });
const config = readConfig();
const url = values.url ?? `http://127.0.0.1:${config.port}`;
const gateway = values.url === undefined && !(await isReady(url)) ? await startOwnGateway(url) : null;
try {
  const token = await issueLocalToken({
    dataDir: config.dataDir,
    partner: 'acme',
    roles: ['FULL_ADMIN'],
    ttlSeconds: 3_600,
  });
  const client = createDemoClient(url, token, say);
  const result = await playStory(client, createProgressView(process.stdout), say, Date.now() % 100_000);
  client.close();
  showTable(result);
  process.exitCode = isComplete(result) ? 0 : 1;
} finally {
  if (gateway) await stop(gateway);
}

function showTable({ companyName, status, locations, users }: DemoResult): void {
  say(
    `\n${companyName}: ${status}; locations: ${locations.map((location) => `${location.name} ${location.status}`).join(', ')}`,
  );
  const rows = [
    ['Name', 'E-mail', 'Location', 'Number / extension', 'Status', ''],
    ...users.map((user) => [user.name, user.email, user.location, user.number, user.status, user.problem]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    say(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function isComplete({ status, locations, users }: DemoResult): boolean {
  const isProvisioned = (entry: { readonly status: string }): boolean => entry.status === 'PROVISIONED';
  return (
    status === 'PROVISIONED' &&
    locations.length === 3 &&
    users.length === 25 &&
    [...locations, ...users].every(isProvisioned)
  );
}

async function isReady(address: string): Promise<boolean> {
  return fetch(`${address}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

async function startOwnGateway(address: string): Promise<ChildProcess> {
  say('No gateway is running; starting one.');
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], { stdio: ['ignore', 'ignore', 'inherit'] });
  while (!(await isReady(address))) {
    if (child.exitCode !== null) throw new Error(`the gateway ended with code ${child.exitCode} before it was ready`);
    await delay(100);
  }
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}
