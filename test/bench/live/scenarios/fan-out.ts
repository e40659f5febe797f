// Many subscriptions to one customer: how fast they connect, what memory they take, how long one event takes to reach all.
// The same frame out of bare ws is the floor.

import { setTimeout as delay } from 'node:timers/promises';
import { judgeCrowd, latencies, pick, startCrowd } from '../bench.ts';
import type { Bench, Crowd } from '../bench.ts';
import { startCallee } from '../calls.ts';
import { fireFrame, progress, startFloor, writeOnce } from '../contract.ts';
import type { Commits } from '../contract.ts';
import { addUp } from '../judge.ts';
import { settledBytes } from '../machine.ts';
import { largest, machineMs, percentile } from '../statistics.ts';
import { startTarget } from '../targets.ts';
import type { Target } from '../targets.ts';
import { range } from '../world.ts';
import type { Topic } from '../world.ts';
import type { Figures, Row, Scenario } from './scenario.ts';

const arrivesWithinMs = 60_000;
const lookEveryMs = 50;
/** Between one event's last arrival and the next event. */
const pauseMs = 300;

export const fanOut: Scenario = {
  name: 'fanout',
  title: ({ fanOut: { subscriptions, events } }) =>
    `${subscriptions} subscriptions to one customer at one process; ${events} events, each to all of them`,
  rows: ({ fanOut: { perSocket } }) => perSocket.flatMap(rowsOf),
  async measure(bench, kind) {
    const { databaseUrl, tokens, writer, sizes } = bench;
    const figures: Figures[] = [];
    for (const perSocket of sizes.fanOut.perSocket) {
      const about = { targets: [subjectOf(bench).target], messageLength: sizes.messageLength };
      const measured = await bench.with(startTarget(kind, 1, databaseUrl, tokens), (target) =>
        measureShape(bench, target, perSocket, () => writer.call(writeOnce, about)),
      );
      figures.push(measured);
    }
    return together(figures);
  },
  measureFloor: (bench) =>
    bench.with(Promise.resolve(startCallee('floor-server.ts')), async (floor) => {
      const { url } = await floor.call(startFloor, undefined);
      // Far from the numbers of written events.
      let number = 1e9;
      return measureShape(bench, floorTarget(url, floor.pid), 1, async () => {
        const { atMs } = await floor.call(fireFrame, { number: ++number, messageLength: bench.sizes.messageLength });
        return { numbers: Float64Array.of(number), atMs: Float64Array.of(atMs), seconds: 0 };
      });
    }),
};

function floorTarget(url: string, pid: number): Target {
  return { kind: 'plain', urls: [url], pids: [pid], resumes: false, mostConnections: 0, stop: async () => undefined };
}

function rowsOf(perSocket: number): Row[] {
  return [
    { measure: `${perSocket} a socket: connect p50`, unit: 'ms' },
    { measure: `${perSocket} a socket: connect p99`, unit: 'ms' },
    { measure: `${perSocket} a socket: memory each`, unit: 'kB', goal: 50 },
    { measure: `${perSocket} a socket: event p50`, unit: 'ms' },
    { measure: `${perSocket} a socket: event p99`, unit: 'ms', goal: 450 },
    { measure: `${perSocket} a socket: event max`, unit: 'ms' },
    { measure: `${perSocket} a socket: lost`, unit: 'events', goal: 0 },
  ];
}

function subjectOf({ world }: Bench): Topic {
  const partner = pick(world, 0);
  return { kind: 'customerUpdated', partner, target: pick(partner.targets, 0) };
}

/** @param write makes one event that all subscriptions are about */
async function measureShape(
  bench: Bench,
  target: Target,
  perSocket: number,
  write: () => Promise<Commits>,
): Promise<Figures> {
  const { subscriptions, events } = bench.sizes.fanOut;
  const socket = range(perSocket).map(() => subjectOf(bench));
  const sockets = (count: number): Topic[][] => range(count).map(() => socket);
  // What a server loads or compiles at its first clients is not theirs.
  await bench.with(startCrowd(bench, target, { sockets: sockets(20), probe: write }), async () => undefined);
  const before = await settledBytes(target.pids);
  return bench.with(
    startCrowd(bench, target, { sockets: sockets(subscriptions / perSocket), probe: write }),
    async (crowd) => {
      const after = await settledBytes(target.pids);
      const commits: Commits[] = [];
      for (let event = 0; event < events; event++) {
        const { deliveries } = await crowd.call(progress, undefined);
        commits.push(await write());
        await untilDelivered(crowd, deliveries + subscriptions);
        await delay(pauseMs);
      }
      const written = joined(commits);
      const { verdict, report, notes } = await judgeCrowd(bench, target, crowd, written);
      const times = latencies(report, written);
      const isFloor = target.mostConnections === 0;
      return {
        values: named(perSocket, {
          'connect p50': percentile(crowd.connectMs, 0.5),
          'connect p99': percentile(crowd.connectMs, 0.99),
          'memory each': (after - before) / 1_024 / subscriptions,
          'event p50': percentile(times, 0.5),
          'event p99': percentile(times, 0.99),
          'event max': largest(times),
          lost: isFloor ? null : verdict.lost,
        }),
        verdict: isFloor ? null : verdict,
        notes,
      };
    },
  );
}

async function untilDelivered(crowd: Crowd, deliveries: number): Promise<void> {
  const startedAt = machineMs();
  while (machineMs() - startedAt < arrivesWithinMs) {
    if ((await crowd.call(progress, undefined)).deliveries >= deliveries) return;
    await delay(lookEveryMs);
  }
}

function joined(commits: readonly Commits[]): Commits {
  return {
    numbers: Float64Array.from(commits.flatMap(({ numbers }) => [...numbers])),
    atMs: Float64Array.from(commits.flatMap(({ atMs }) => [...atMs])),
    seconds: 0,
  };
}

function named(perSocket: number, values: Figures['values']): Figures['values'] {
  return Object.fromEntries(
    Object.entries(values).map(([measure, value]) => [`${perSocket} a socket: ${measure}`, value]),
  );
}

function together(figures: readonly Figures[]): Figures {
  const verdicts = figures.flatMap(({ verdict }) => verdict ?? []);
  return {
    values: Object.fromEntries(figures.flatMap(({ values }) => Object.entries(values))),
    verdict: verdicts.length > 0 ? addUp(verdicts) : null,
    notes: figures.flatMap(({ notes }) => notes),
  };
}
