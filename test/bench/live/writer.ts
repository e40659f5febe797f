// A process that writes events as the product does: appendEvents in a transaction of its own for each, timed when COMMIT
// has returned.

import { setTimeout as delay } from 'node:timers/promises';
import { createDatabase } from '../../../src/database/client.ts';
import type { Database } from '../../../src/database/client.ts';
import { appendEvents } from '../../../src/database/event-log.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { createCallee } from './calls.ts';
import { eventsPerCommit, openWriter, startWriting, stopWriting, writeOnce } from './contract.ts';
import type { Commits, EventTarget } from './contract.ts';
import { machineMs } from './statistics.ts';

const tickMs = 5;
const poolSize = 8;
/** Beyond it the rate gives way, not the memory. */
const mostUnderWay = 24;

const filler = 'Users are being created at the platform; the step got further. '.repeat(100);

let database: Database | null = null;
let lastNumber = 0;

interface Writings {
  readonly numbers: number[];
  readonly atMs: number[];
}

async function commitEvents(
  { partnerId, customerId, operationId }: EventTarget,
  count: number,
  messageLength: number,
  record: Writings,
): Promise<void> {
  if (!database) throw new Error('the writer is not open');
  const numbers = Array.from({ length: count }, () => ++lastNumber);
  const events = numbers.map((number) => ({
    type: 'STEP_PROGRESSED' as const,
    message: `#${number} ${filler}`.slice(0, messageLength),
    customerId,
    operationId,
    fromStatus: 'RUNNING',
    toStatus: 'RUNNING',
    correlationId: operationId,
  }));
  await inTransaction(database, (transaction) => appendEvents(transaction, partnerId, new Date(), events));
  const atMs = machineMs();
  for (const number of numbers) {
    record.numbers.push(number);
    record.atMs.push(atMs);
  }
}

function startSteadily(targets: readonly EventTarget[], perSecond: number, messageLength: number) {
  const record: Writings = { numbers: [], atMs: [] };
  const underWay = new Set<Promise<void>>();
  const startedAt = machineMs();
  let commits = 0;
  const failures: unknown[] = [];
  let isStopped = false;

  function commitNext(): void {
    const target = targets[commits++ % targets.length];
    if (!target) throw new Error('there is nothing to write about');
    const writing = commitEvents(target, eventsPerCommit, messageLength, record).catch((error: unknown) => {
      failures.push(error);
    });
    underWay.add(writing);
    void writing.then(() => underWay.delete(writing));
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      const due = Math.floor(((machineMs() - startedAt) / 1_000) * (perSecond / eventsPerCommit));
      while (commits < due && underWay.size < mostUnderWay) commitNext();
      // What could not be begun in time is not made up for: a burst would measure something else.
      commits = Math.max(commits, due);
      await delay(tickMs);
    }
  }

  const running = run();
  return async (): Promise<Commits> => {
    isStopped = true;
    await running;
    const seconds = (machineMs() - startedAt) / 1_000;
    await Promise.all(underWay);
    if (failures.length > 0)
      throw new Error(`${failures.length} commits failed, the first with ${String(failures[0])}`);
    return asCommits(record, seconds);
  };
}

function asCommits({ numbers, atMs }: Writings, seconds: number): Commits {
  return { numbers: Float64Array.from(numbers), atMs: Float64Array.from(atMs), seconds };
}

let stopSteady: (() => Promise<Commits>) | null = null;

const callee = createCallee();
callee.on(openWriter, async ({ databaseUrl }) => {
  database = createDatabase({ url: databaseUrl, poolSize });
  await database.$queryRaw`SELECT 1`;
  return undefined;
});
callee.on(writeOnce, async ({ targets, messageLength }) => {
  const record: Writings = { numbers: [], atMs: [] };
  const startedAt = machineMs();
  await Promise.all(targets.map((target) => commitEvents(target, 1, messageLength, record)));
  return asCommits(record, (machineMs() - startedAt) / 1_000);
});
callee.on(startWriting, ({ targets, perSecond, messageLength }) => {
  if (stopSteady) throw new Error('the writer is writing already');
  stopSteady = startSteadily(targets, perSecond, messageLength);
  return undefined;
});
callee.on(stopWriting, async () => {
  const stop = stopSteady;
  stopSteady = null;
  if (!stop) throw new Error('the writer is not writing');
  return stop();
});
