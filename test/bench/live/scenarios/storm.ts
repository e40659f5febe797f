// All sockets drop at once and come back at once: how long until everybody is back, what is lost, what others notice of it.

import { setTimeout as delay } from 'node:timers/promises';
import { judgeCrowd, pick, startCrowd, untilReady } from '../bench.ts';
import { dropAll, startWriting, stopWriting } from '../contract.ts';
import { sample } from '../machine.ts';
import { largest, machineMs, percentile } from '../statistics.ts';
import { startTarget, targetApplication } from '../targets.ts';
import type { Target } from '../targets.ts';
import { range } from '../world.ts';
import type { Topic } from '../world.ts';
import type { Scenario } from './scenario.ts';

const reconnectMs = [0, 1_000] as const;
const connectionsEveryMs = 200;

export const storm: Scenario = {
  name: 'storm',
  title: ({ storm: { sockets, eventsPerSecond } }) =>
    `${sockets} sockets dropped at once, back after 0 to 1 s, ${eventsPerSecond} events/s, one process`,
  rows: ({ storm: { queriesPerSecond } }) => [
    { measure: 'all acknowledged', unit: 's', goal: 20 },
    { measure: 'half acknowledged', unit: 's' },
    { measure: 'all delivered to', unit: 's' },
    { measure: 'lost', unit: 'events', goal: 0 },
    { measure: `HTTP p50, ${queriesPerSecond} queries/s`, unit: 'ms' },
    { measure: `HTTP p99, ${queriesPerSecond} queries/s`, unit: 'ms', goal: 500 },
    { measure: 'HTTP failed', unit: 'queries', goal: 0 },
    { measure: 'database connections', unit: 'connections' },
    { measure: 'database connections above the limit', unit: 'connections', goal: 0 },
  ],
  async measure(bench, kind) {
    const { sockets: count, eventsPerSecond, queriesPerSecond, seconds } = bench.sizes.storm;
    const { databaseUrl, database, tokens, writer, world } = bench;
    const targets = world.flatMap((partner) => partner.targets);
    const topics = range(count).map((n): Topic => {
      const about = pick(targets, n);
      const partner = pick(
        world.filter(({ id }) => id === about.partnerId),
        0,
      );
      return { kind: 'customerUpdated', partner, target: about };
    });
    return bench.with(startTarget(kind, 1, databaseUrl, tokens), async (target) => {
      const crowdOptions = { sockets: topics.map((topic) => [topic]), reconnectMs };
      return bench.with(startCrowd(bench, target, crowdOptions), async (crowd) => {
        const { messageLength } = bench.sizes;
        await writer.call(startWriting, { targets, perSecond: eventsPerSecond, messageLength });
        const token = await tokens.issue(pick(world, 0).slug, 'asker');
        const stopAsking = askSteadily(target, token, queriesPerSecond);
        const stopCounting = sample(connectionsEveryMs, async () => {
          const [row] = await database.$queryRaw<{ count: bigint }[]>`
            SELECT count(*) AS "count" FROM pg_stat_activity
            WHERE "application_name" = ${targetApplication} AND "backend_type" = 'client backend'`;
          return Number(row?.count ?? 0);
        });
        const droppedAt = machineMs();
        const { backMs } = await crowd.call(dropAll, undefined);
        await untilReady(crowd, topics.length, async () => undefined);
        const deliveredMs = machineMs() - droppedAt;
        const answers = await stopAsking();
        await delay(Math.max(0, seconds * 1_000 - deliveredMs));
        const connections = largest(await stopCounting());
        const commits = await writer.call(stopWriting, undefined);
        const { verdict, notes } = await judgeCrowd(bench, target, crowd, commits);
        const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);
        const values = {
          'all acknowledged': inSeconds(largest(backMs)),
          'half acknowledged': inSeconds(percentile(backMs, 0.5)),
          'all delivered to': inSeconds(deliveredMs),
          lost: verdict.lost,
          [`HTTP p50, ${queriesPerSecond} queries/s`]: percentile(answers.tookMs, 0.5),
          [`HTTP p99, ${queriesPerSecond} queries/s`]: percentile(answers.tookMs, 0.99),
          'HTTP failed': answers.failures.length,
          'database connections': connections,
          'database connections above the limit':
            connections === null ? null : Math.max(0, connections - target.mostConnections),
        };
        const failed = answers.failures.slice(0, 1).map((failure) => `a query failed: ${failure}`);
        return { values, verdict, notes: [...notes, ...failed] };
      });
    });
  },
};

const query = '{ customers(first: 5) { nodes { companyName status } } }';

interface Answers {
  readonly tookMs: readonly number[];
  /** What was answered instead. */
  readonly failures: readonly string[];
}

/** Asks at a steady pace whether or not there was an answer to the last question, until it is stopped. */
function askSteadily({ urls }: Target, token: string, perSecond: number): () => Promise<Answers> {
  const asked: Promise<void>[] = [];
  const tookMs: number[] = [];
  const failures: string[] = [];
  async function ask(): Promise<void> {
    const startedAt = machineMs();
    const response = await fetch(`${urls[0] ?? ''}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    tookMs.push(machineMs() - startedAt);
    if (!response.ok || text.includes('"errors"')) failures.push(`${response.status} ${text}`);
  }
  const timer = setInterval(() => {
    asked.push(ask().catch((error: unknown) => void failures.push(String(error))));
  }, 1_000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(asked);
    return { tookMs, failures };
  };
}
