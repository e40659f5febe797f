// Subscribers whose sockets are cut at random moments while events are written: what arrives, compared with the log.

import { judgeCrowd, mixedTopics, startCrowd } from '../bench.ts';
import { cutAtRandom, startWriting, stopWriting } from '../contract.ts';
import { startTarget } from '../targets.ts';
import { verdictRows, verdictValues } from './scenario.ts';
import type { Scenario } from './scenario.ts';

export const cuts: Scenario = {
  name: 'cuts',
  title: ({ cuts: { subscribers, cuts: count, seconds, eventsPerSecond } }) =>
    `${subscribers} subscribers, ${count} random cuts in ${seconds} s, ${eventsPerSecond} events/s; back after 0.2 to 1 s`,
  rows: () => verdictRows,
  async measure(bench, kind) {
    const { subscribers, cuts: count, seconds, eventsPerSecond } = bench.sizes.cuts;
    const { databaseUrl, tokens, writer } = bench;
    return bench.with(startTarget(kind, 1, databaseUrl, tokens), async (target) => {
      const sockets = mixedTopics(bench, subscribers).map((topic) => [topic]);
      return bench.with(startCrowd(bench, target, { sockets }), async (crowd) => {
        const targets = bench.world.flatMap((partner) => partner.targets);
        const { messageLength } = bench.sizes;
        await writer.call(startWriting, { targets, perSecond: eventsPerSecond, messageLength });
        await crowd.call(cutAtRandom, { count, withinMs: seconds * 1_000 });
        const commits = await writer.call(stopWriting, undefined);
        const { verdict, notes } = await judgeCrowd(bench, target, crowd, commits);
        return { values: verdictValues(verdict), verdict, notes };
      });
    });
  },
};
