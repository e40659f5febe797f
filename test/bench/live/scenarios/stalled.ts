// Sockets that stop reading while events are written: what that costs the server and the readers beside them, how the
// stalled are dealt with, and whether they miss anything when they are back.

import { setTimeout as delay } from 'node:timers/promises';
import { judgeCrowd, latencies, pick, startCrowd } from '../bench.ts';
import { readOn, startWriting, stopReading, stopWriting } from '../contract.ts';
import { residentBytes, sample } from '../machine.ts';
import { largest, percentile } from '../statistics.ts';
import { startTarget } from '../targets.ts';
import { range } from '../world.ts';
import type { Topic } from '../world.ts';
import type { Scenario } from './scenario.ts';

const memoryEveryMs = 250;
const inMegabytes = (bytes: number | null): number | null => (bytes === null ? null : bytes / 1024 ** 2);

export const stalled: Scenario = {
  name: 'stalled',
  title: ({ partners, stalled: sizes }) =>
    `${sizes.stalled} sockets that follow all events of one of ${partners} partners stop reading for ${sizes.seconds} s, after ${sizes.warmUpSeconds} s in which all read; ` +
    `${sizes.eventsPerSecond} events/s with a message of ${sizes.messageLength} characters; ${sizes.healthy} healthy readers, one process`,
  rows: () => [
    { measure: 'memory while all read', unit: 'MB' },
    { measure: 'memory growth', unit: 'MB', goal: 100 },
    { measure: 'healthy p50', unit: 'ms' },
    { measure: 'healthy p99', unit: 'ms', goal: 250 },
    { measure: 'closed with 4413', unit: 'sockets' },
    { measure: 'closed otherwise', unit: 'sockets' },
    { measure: 'lost', unit: 'events', goal: 0 },
    { measure: 'duplicated', unit: 'events', goal: 0 },
    { measure: 'written', unit: 'per s' },
  ],
  async measure(bench, kind) {
    const { stalled: count, healthy, warmUpSeconds, seconds, eventsPerSecond, messageLength } = bench.sizes.stalled;
    const { databaseUrl, tokens, writer, world } = bench;
    const topics = range(count + healthy).map((n): Topic => {
      const partner = pick(world, n);
      return { kind: 'events', partner, target: pick(partner.targets, 0) };
    });
    return bench.with(startTarget(kind, 1, databaseUrl, tokens), async (target) =>
      bench.with(startCrowd(bench, target, { sockets: topics.map((topic) => [topic]) }), async (crowd) => {
        const weigh = (): (() => Promise<number[]>) => sample(memoryEveryMs, () => residentBytes(target.pids));
        const targets = world.flatMap((partner) => partner.targets);
        await writer.call(startWriting, { targets, perSecond: eventsPerSecond, messageLength });
        const stopWarmUp = weigh();
        await delay(warmUpSeconds * 1_000);
        const before = largest(await stopWarmUp());
        await crowd.call(stopReading, { count });
        const stopWeighing = weigh();
        await delay(seconds * 1_000);
        const most = largest(await stopWeighing());
        await crowd.call(readOn, undefined);
        const commits = await writer.call(stopWriting, undefined);
        const { verdict, report, notes } = await judgeCrowd(bench, target, crowd, commits);
        const times = latencies(report, commits, (index) => index >= count);
        const closes = Object.entries(report.stalledCloses);
        const closed = (isCounted: (code: string) => boolean): number =>
          closes.filter(([code]) => isCounted(code)).reduce((total, [, times]) => total + times, 0);
        const values = {
          'memory while all read': inMegabytes(before),
          'memory growth': most === null || before === null ? null : inMegabytes(most - before),
          'healthy p50': percentile(times, 0.5),
          'healthy p99': percentile(times, 0.99),
          'closed with 4413': closed((code) => code === '4413'),
          'closed otherwise': closed((code) => code !== '4413'),
          lost: verdict.lost,
          duplicated: verdict.duplicated,
          written: commits.numbers.length / commits.seconds,
        };
        return { values, verdict, notes };
      }),
    );
  },
};
