// npm run bench:setup: what the largest set-ups cost, on a gateway process of its own with the sandbox answering at once.
// Prints a table; ends with 1 where a figure is missed or an answer is wrong.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { issueLocalToken } from '../../src/server/auth/local-issuer.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { differences, largeCsv } from '../support/large-csv.ts';
import { createSandboxControl } from '../support/sandbox-control.ts';
import { waitFor } from '../support/wait-for.ts';
import { openSetupClient } from './setup-client.ts';
import type { SetupClient } from './setup-client.ts';

const megabyte = 1024 * 1024;

interface Figure {
  readonly what: string;
  readonly value: string;
  readonly limit: string;
  readonly isMet: boolean;
}

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gateway-bench-'));
const gateway = await startGatewayProcess(dataDir, { SANDBOX_STAGE_MS: '0', LOG_LEVEL: 'warn', GRAPHIQL: 'off' });
const statusFile = `/proc/${gateway.pid}/status`;
const kilobytes = z.coerce.number().int().positive();

try {
  const token = await issueLocalToken({ dataDir, partner: 'acme', roles: ['FULL_ADMIN'], ttlSeconds: 3_600 });
  const client = openSetupClient(gateway.url, token);
  const idleBytes = await idleMemory();
  const figures = [
    ...(await measureImport(client, idleBytes)),
    ...(await measureOperation(client)),
    ...(await measureRequests(client)),
  ];
  const width = Math.max(...figures.map(({ what }) => what.length));
  for (const { what, value, limit, isMet } of figures) {
    process.stdout.write(
      `${what.padEnd(width)}  ${value.padStart(12)}  ${limit.padStart(16)}  ${isMet ? 'ok' : 'MISSED'}\n`,
    );
  }
  if (figures.some(({ isMet }) => !isMet)) process.exitCode = 1;
} finally {
  await gateway.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** 10,000 rows, 500 of them bad. */
async function measureImport(client: SetupClient, idleBytes: number): Promise<Figure[]> {
  const present = { email: 'present@large.example', phoneNumber: '+12175559801', extension: '1003' };
  const freeNumber = '+12175559802';
  const adminEmail = 'boss@large.example';
  const customer = await client.createCustomer('Large import', adminEmail);
  await client.provisionUser(customer.id, present);
  await client.addNumber(customer.headquartersId, freeNumber);
  const draftId = await client.startDraft(customer.id, 'Branch');
  const file = largeCsv({ adminEmail, present, freeNumber, headquarters: 'Headquarters', branch: 'Branch' });
  const peak = watchPeak();
  const start = performance.now();
  const { importedRows, rejectedRows } = await client.importUsers(draftId, file.csv);
  const seconds = (performance.now() - start) / 1_000;
  const above = peak() - idleBytes;
  const faults = differences(file, rejectedRows);
  for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
  return [
    most('import of 10,000 rows: answered', seconds, 10, 's'),
    most('import of 10,000 rows: memory above idle', above / megabyte, 200, 'MB'),
    { what: 'import of 10,000 rows: idle memory', ...plain(`${Math.round(idleBytes / megabyte)} MB`) },
    exactly('import of 10,000 rows: good rows kept', importedRows, file.goodRows),
    exactly('import of 10,000 rows: bad rows not as expected', faults.length, 0),
  ];
}

/** 1,000 users with numbers and extensions, from the submit to the end. */
async function measureOperation(client: SetupClient): Promise<Figure[]> {
  const users = 1_000;
  const { id } = await client.createCustomer('Many users', 'boss@many.example');
  const draftId = await client.startDraft(id, 'Branch');
  const header = 'firstName,lastName,email,package,locationName,phoneNumber,extension';
  const rows = Array.from(
    { length: users },
    (_, index) =>
      `User,Number${index},user${index}@many.example,Calling,${index % 2 === 0 ? 'Headquarters' : 'Branch'},+1217${6_000_001 + index},${10_000 + index}`,
  );
  await client.importUsers(draftId, [header, ...rows].join('\n'));
  const start = performance.now();
  const operationId = await client.submit(draftId);
  const operation = await client.ended(operationId);
  const seconds = (performance.now() - start) / 1_000;
  return [
    most('operation with 1,000 users: ended', seconds, 60, 's'),
    exactly('operation with 1,000 users: users provisioned', await client.countProvisioned(id), users),
    {
      what: 'operation with 1,000 users: ended as',
      ...plain(operation.status),
      isMet: operation.status === 'SUCCEEDED',
    },
  ];
}

/** What the platform is asked for, from a customer's acceptance to its end. */
async function measureRequests(client: SetupClient): Promise<Figure[]> {
  const sandbox = createSandboxControl(gateway.sandboxOrigin);
  const before = (await sandbox.requests()).length;
  const customers = 50;
  await Promise.all(
    Array.from({ length: customers }, (_, index) =>
      client.createCustomer(`Counted ${index}`, `boss@counted${index}.example`),
    ),
  );
  const asked = (await sandbox.requests()).length - before;
  return [{ what: 'requests to the platform for a new customer', ...plain((asked / customers).toFixed(1)) }];
}

function most(what: string, value: number, limit: number, unit: string): Figure {
  return { what, value: `${value.toFixed(1)} ${unit}`, limit: `under ${limit} ${unit}`, isMet: value < limit };
}

function exactly(what: string, value: number, expected: number): Figure {
  return { what, value: String(value), limit: `exactly ${expected}`, isMet: value === expected };
}

function plain(value: string): Omit<Figure, 'what'> {
  return { value, limit: '', isMet: true };
}

function memory(entry: 'VmRSS' | 'VmHWM'): number {
  if (existsSync(statusFile)) {
    const found = new RegExp(`^${entry}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(statusFile, 'utf8'));
    return kilobytes.parse(found?.[1]) * 1_024;
  }
  return (
    kilobytes.parse(
      execFileSync('ps', ['-o', 'rss=', '-p', String(gateway.pid)])
        .toString()
        .trim(),
    ) * 1_024
  );
}

/** Once it has stopped moving: what a start leaves behind is cleared away first. */
async function idleMemory(): Promise<number> {
  let last = 0;
  let calm = 0;
  return waitFor(async () => {
    const now = memory('VmRSS');
    calm = Math.abs(now - last) < megabyte ? calm + 1 : 0;
    last = now;
    return calm >= 100 ? now : null;
  });
}

/** The highest since now, however short: Linux keeps it; elsewhere it is looked at ten times a second. */
function watchPeak(): () => number {
  if (existsSync(statusFile)) {
    // 5 sets the high-water mark back to what is used now (proc(5)).
    writeFileSync(`/proc/${gateway.pid}/clear_refs`, '5');
    return () => memory('VmHWM');
  }
  let highest = memory('VmRSS');
  const timer = setInterval(() => (highest = Math.max(highest, memory('VmRSS'))), 100);
  return () => {
    clearInterval(timer);
    return Math.max(highest, memory('VmRSS'));
  };
}
