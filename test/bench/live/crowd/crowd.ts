// A process with many clients. It measures on its own clock reading of the machine and reports what each subscription got.

import { setTimeout as delay } from 'node:timers/promises';
import { createCallee } from '../calls.ts';
import { cutAtRandom, dropAll, openLines, progress, readOn, report, stopReading } from '../contract.ts';
import { machineMs } from '../statistics.ts';
import { openLedger } from './ledger.ts';
import { openLine } from './line.ts';
import type { Line } from './line.ts';

const lines: Line[] = [];
const closes = new Map<string, number>();
const stalledCloses = new Map<string, number>();
const complaints = new Map<string, number>();

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const ledgers = () => lines.flatMap((line) => line.ledgers);

const callee = createCallee();

callee.on(openLines, async ({ lines: plans, atOnce, resumes, reconnectMs }) => {
  const connectMs: number[] = [];
  const left = plans.values();
  async function openOneAfterTheOther(): Promise<void> {
    for (const { url, token, subscriptions } of left) {
      const line = openLine({
        url,
        token,
        ledgers: subscriptions.map(openLedger),
        resumes,
        reconnectMs,
        onClose(code, wasStalled) {
          count(closes, String(code));
          if (wasStalled) count(stalledCloses, String(code));
        },
        onComplaint: (text) => count(complaints, text),
      });
      lines.push(line);
      connectMs.push((await line.acknowledged()).tookMs);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, openOneAfterTheOther));
  return { connectMs: Float64Array.from(connectMs) };
});

callee.on(progress, () => {
  const all = ledgers();
  return {
    ready: all.filter(({ isReady }) => isReady).length,
    deliveries: all.reduce((total, { numbers }) => total + numbers.length, 0),
  };
});

callee.on(cutAtRandom, async ({ count: wanted, withinMs }) => {
  const startedAt = machineMs();
  const moments = Array.from({ length: wanted }, () => Math.random() * withinMs).sort((a, b) => a - b);
  for (const moment of moments) {
    await delay(Math.max(0, startedAt + moment - machineMs()));
    (await someLineThatIsThere()).cut();
  }
  return undefined;
});

async function someLineThatIsThere(): Promise<Line> {
  for (;;) {
    const there = lines.filter((line) => line.isThere());
    const line = there[Math.floor(Math.random() * there.length)];
    if (line) return line;
    await delay(5);
  }
}

callee.on(dropAll, async () => {
  const startedAt = machineMs();
  for (const line of lines) {
    for (const ledger of line.ledgers) ledger.isReady = false;
    line.cut();
  }
  const back = await Promise.all(lines.map((line) => line.acknowledged()));
  return { backMs: Float64Array.from(back, ({ atMs }) => atMs - startedAt) };
});

callee.on(stopReading, ({ count: howMany }) => {
  for (const line of lines.slice(0, howMany)) line.stopReading();
  return undefined;
});

callee.on(readOn, () => {
  for (const line of lines) line.readOn();
  return undefined;
});

callee.on(report, () => ({
  ledgers: ledgers().map(({ plan, numbers, atMs }) => ({
    index: plan.index,
    numbers: Float64Array.from(numbers),
    atMs: Float64Array.from(atMs),
  })),
  closes: Object.fromEntries(closes),
  stalledCloses: Object.fromEntries(stalledCloses),
  complaints: Object.fromEntries(complaints),
}));
