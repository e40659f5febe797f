// What all measurements share: the database with its world, the writer, tokens, and crowds of clients in front of a target.

import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../../src/database/client.ts';
import { startCallee } from './calls.ts';
import type { Callee } from './calls.ts';
import { openLines, progress, report, writeOnce } from './contract.ts';
import type { Commits, LinePlan, Report } from './contract.ts';
import { addUp, judge } from './judge.ts';
import type { Verdict } from './judge.ts';
import type { Sizes } from './sizes.ts';
import { machineMs } from './statistics.ts';
import type { Target } from './targets.ts';
import type { TokenSource } from './tokens.ts';
import { nodeIdOf, readLog } from './world.ts';
import type { Topic, WorldPartner } from './world.ts';

export interface Bench {
  readonly sizes: Sizes;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly world: readonly WorldPartner[];
  readonly tokens: TokenSource;
  readonly writer: Callee;
  /** Runs the work with what `open` opened, and closes that whatever happens. */
  with<T extends { stop(): Promise<void> }, R>(open: Promise<T>, work: (opened: T) => Promise<R>): Promise<R>;
}

export interface Crowd extends Callee {
  readonly topics: readonly Topic[];
  readonly connectMs: Float64Array;
}

export interface CrowdOptions {
  /** Of each socket, what its subscriptions are about. All of one partner. */
  readonly sockets: readonly (readonly Topic[])[];
  readonly reconnectMs?: readonly [number, number];
  readonly atOnce?: number;
  /** Makes something arrive at every subscription; events about the topics' customers unless told. */
  readonly probe?: () => Promise<unknown>;
}

/** Sockets that one person opens: fewer than a server may allow. */
const socketsPerSubject = 10;
const readyWithinMs = 120_000;
const probeEveryMs = 15_000;
const lookEveryMs = 50;

/** Opens the sockets, evenly over the target's processes, and waits until each subscription has received something. */
export async function startCrowd(
  bench: Bench,
  target: Target,
  { sockets, reconnectMs = [200, 1_000], atOnce = 20, probe }: CrowdOptions,
): Promise<Crowd> {
  const topics = sockets.flat();
  const targets = [...new Set(topics.map(({ target: about }) => about))];
  const writeProbes = () => bench.writer.call(writeOnce, { targets, messageLength: bench.sizes.messageLength });
  const crowd = startCallee('crowd/crowd.ts');
  try {
    const lines = await planLines(bench.tokens, target, sockets);
    const { connectMs } = await crowd.call(openLines, {
      lines,
      atOnce,
      resumes: target.resumes,
      reconnectMs: [...reconnectMs],
    });
    await untilReady(crowd, topics.length, probe ?? writeProbes);
    return { ...crowd, topics, connectMs };
  } catch (error) {
    await crowd.stop();
    throw error;
  }
}

async function planLines(
  tokens: TokenSource,
  { urls, kind }: Target,
  sockets: readonly (readonly Topic[])[],
): Promise<LinePlan[]> {
  const lines: LinePlan[] = [];
  const issued = new Map<string, Promise<string>>();
  let index = 0;
  for (const [place, topics] of sockets.entries()) {
    const slug = topics[0]?.partner.slug ?? '';
    const subject = `${slug}-person-${Math.floor(place / socketsPerSubject)}`;
    const token = issued.get(subject) ?? tokens.issue(slug, subject);
    issued.set(subject, token);
    lines.push({
      url: `${(urls[place % urls.length] ?? '').replace('http', 'ws')}/graphql`,
      token: await token,
      subscriptions: topics.map((topic) => ({
        index: index++,
        kind: topic.kind,
        nodeId: nodeIdOf(topic, kind === 'gateway'),
      })),
    });
  }
  return lines;
}

/** A subscription without a first state shows that it is in force by its first event: some are written until all have one. */
export async function untilReady(crowd: Callee, subscriptions: number, probe: () => Promise<unknown>): Promise<void> {
  const startedAt = machineMs();
  // Only after a moment, since a first state makes it unnecessary.
  let probeAt = startedAt + 500;
  for (;;) {
    const { ready } = await crowd.call(progress, undefined);
    if (ready === subscriptions) return;
    if (machineMs() - startedAt > readyWithinMs) {
      const { complaints } = await crowd.call(report, undefined);
      throw new Error(`only ${ready} of ${subscriptions} subscriptions became ready: ${JSON.stringify(complaints)}`);
    }
    if (machineMs() > probeAt) {
      await probe();
      probeAt = machineMs() + probeEveryMs;
    }
    await delay(lookEveryMs);
  }
}

export interface Outcome {
  readonly verdict: Verdict;
  readonly report: Report;
  readonly notes: readonly string[];
}

/** Waits until nothing more is missing, or nothing more comes, and compares with the log. */
export async function judgeCrowd(bench: Bench, target: Target, crowd: Crowd, commits: Commits): Promise<Outcome> {
  const logOf = await readLog(bench.database, commits.numbers);
  const judgeNow = async () => {
    const received = await crowd.call(report, undefined);
    const verdict = addUp(
      received.ledgers.map(({ index, numbers }) => {
        const topic = crowd.topics[index];
        if (!topic) throw new Error('the crowd reports a subscription that was not asked for');
        return judge(logOf(topic), numbers);
      }),
    );
    return { verdict, report: received, notes: notesOf(received) };
  };
  // What a server without cursors has lost is not going to come: there is less to wait for.
  const quietMs = target.resumes ? 15_000 : 2_000;
  let deliveries = -1;
  let quietSince = machineMs();
  let outcome: Outcome | null = null;
  for (;;) {
    const now = await crowd.call(progress, undefined);
    const isQuiet = now.deliveries === deliveries;
    if (isQuiet) {
      outcome ??= await judgeNow();
      if (outcome.verdict.lost === 0 || machineMs() - quietSince >= quietMs) return outcome;
    } else {
      deliveries = now.deliveries;
      quietSince = machineMs();
      outcome = null;
    }
    await delay(500);
  }
}

function notesOf({ closes, complaints }: Report): string[] {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([what, times]) => `${times} x ${what}`)
      .join(', ');
  return [
    ...(Object.keys(closes).length > 0 ? [`sockets ended by the server: ${list(closes)}`] : []),
    ...(Object.keys(complaints).length > 0 ? [`clients were told: ${list(complaints)}`] : []),
  ];
}

/** From commit to arrival, of each first delivery of these ledgers. */
export function latencies(
  { ledgers }: Report,
  { numbers, atMs }: Commits,
  isCounted: (index: number) => boolean = () => true,
): number[] {
  const committedAt = new Map(Array.from(numbers, (number, place) => [number, atMs[place] ?? Number.NaN]));
  return ledgers
    .filter(({ index }) => isCounted(index))
    .flatMap((ledger) => {
      const seen = new Set<number>();
      return Array.from(ledger.numbers).flatMap((number, place) => {
        const committed = committedAt.get(number);
        if (committed === undefined || seen.has(number)) return [];
        seen.add(number);
        return [(ledger.atMs[place] ?? Number.NaN) - committed];
      });
    });
}

/** Subscribers of all kinds, spread over all partners and customers. */
export function mixedTopics({ world }: Bench, count: number): Topic[] {
  const kinds = ['customerUpdated', 'events', 'operationUpdated'] as const;
  return Array.from({ length: count }, (_, n) => {
    const partner = pick(world, n);
    return { kind: pick(kinds, Math.floor(n / world.length)), partner, target: pick(partner.targets, n) };
  });
}

export function pick<T>(list: readonly T[], n: number): T {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('there is nothing to pick from');
  return found;
}
