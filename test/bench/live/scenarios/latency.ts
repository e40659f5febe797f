// How long an event takes from its commit to a client, with two processes behind the same database.

import { judgeCrowd, latencies, mixedTopics, startCrowd } from '../bench.ts';
import { eventsPerCommit, startWriting, stopWriting } from '../contract.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../statistics.ts';
import { startTarget } from '../targets.ts';
import type { Scenario } from './scenario.ts';

const processes = 2;

export const latency: Scenario = {
  name: 'latency',
  title: ({ partners, latency: { subscribers, seconds, eventsPerSecond } }) =>
    `commit to client: ${processes} processes, ${eventsPerSecond} events/s to ${partners} partners for ${seconds} s in commits of ${eventsPerCommit}, ${subscribers} subscribers`,
  rows: () => [
    { measure: 'p50', unit: 'ms', goal: 50 },
    { measure: 'p99', unit: 'ms', goal: 250 },
    { measure: 'lost', unit: 'events', goal: 0 },
    { measure: 'written', unit: 'per s' },
    { measure: 'delivered', unit: 'per s' },
  ],
  async measure(bench, kind) {
    const { subscribers, seconds, eventsPerSecond } = bench.sizes.latency;
    const { databaseUrl, tokens, writer } = bench;
    return bench.with(startTarget(kind, processes, databaseUrl, tokens), async (target) => {
      const sockets = mixedTopics(bench, subscribers).map((topic) => [topic]);
      return bench.with(startCrowd(bench, target, { sockets }), async (crowd) => {
        const targets = bench.world.flatMap((partner) => partner.targets);
        const { messageLength } = bench.sizes;
        await writer.call(startWriting, { targets, perSecond: eventsPerSecond, messageLength });
        await delay(seconds * 1_000);
        const commits = await writer.call(stopWriting, undefined);
        const { verdict, notes, report } = await judgeCrowd(bench, target, crowd, commits);
        const times = latencies(report, commits);
        const values = {
          p50: percentile(times, 0.5),
          p99: percentile(times, 0.99),
          lost: verdict.lost,
          written: commits.numbers.length / commits.seconds,
          delivered: verdict.delivered / commits.seconds,
        };
        return { values, verdict, notes };
      });
    });
  },
};
