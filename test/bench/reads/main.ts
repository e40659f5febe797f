// `npm run bench`: reads of our gateway beside the floor and, where they were installed, beside other stacks, in one run on one
// machine: server CPU per request, and what it is of the floor's. Brings its own database and removes it.

import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { startEmbedded } from '../../../src/database/embedded.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { describeMachine, residentBytes } from '../live/machine.ts';
import { percentile } from '../live/statistics.ts';
import { openTokenSource } from '../live/tokens.ts';
import { ask, load } from './load.ts';
import { seed } from './seed.ts';
import { sizes } from './sizes.ts';
import { cpuMs, gatewaySettings, startTarget } from './targets.ts';
import type { Target } from './targets.ts';
import { workloads } from './workloads.ts';
import type { Asked, Workload, WorkloadName } from './workloads.ts';

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(workloads).join() },
    profile: { type: 'string' },
  },
});
const size = sizes[options.full ? 'full' : 'quick'];
const connections = 32;
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const log = { info: () => undefined };

interface Slice {
  readonly cpu: number;
  readonly perSecond: number;
  readonly p50: number | null;
  readonly p99: number | null;
  readonly bytes: number;
}

async function run(): Promise<void> {
  say(`${new Date().toISOString()}, ${describeMachine()}\nnpm run bench -- ${process.argv.slice(2).join(' ')}`);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gateway-bench-'));
  const targets: Target[] = [];
  const server = await startEmbedded({ dataDir: folder, log });
  const tokens = await openTokenSource();
  try {
    await migrate(server.url, log);
    await seed(server.url, size);
    const settings = gatewaySettings(server.url, tokens.settings);
    const nodeOptions = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
    targets.push(
      await startTarget({ name: 'floor', isFloor: true, script: 'test/bench/reads/floor-server.ts', settings }),
      await startTarget({ name: 'gateway', script: 'src/main.ts', settings, nodeOptions }),
    );
    const bearers = new Map<number, string>();
    for (let partner = 1; partner <= size.partners; partner++) {
      bearers.set(partner, await tokens.issue(`bench-${partner}`, `person-${partner}`));
    }
    const rows = [
      '| | server | CPU ms/request | of the floor | requests/s | p50 ms | p99 ms | kB | RSS MB |',
      '|---|---|--:|--:|--:|--:|--:|--:|--:|',
    ];
    for (const name of Object.keys(workloads) as WorkloadName[]) {
      if (!options.only.split(',').includes(name)) continue;
      rows.push(...(await measure(name, targets, bearers)));
    }
    say(`\n${rows.join('\n')}`);
  } finally {
    for (const target of targets) await target.stop();
    await tokens.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  name: WorkloadName,
  targets: readonly Target[],
  bearers: ReadonlyMap<number, string>,
): Promise<string[]> {
  const workload = workloads[name];
  const asked = workload.asked(size);
  await compare(name, workload, asked, targets, bearers);
  const requests = targets.map((target) => asked.map((one) => requestOf(target, name, workload, one, bearers)));
  const slices = targets.map((): Slice[] => []);
  for (let round = -1; round < size.slices; round++) {
    for (const [place, target] of targets.entries()) {
      const slice = await measureSlice(target, requests[place] ?? []);
      // The first round warms up.
      if (round >= 0) slices[place]?.push(slice);
    }
  }
  const floor = slices[0] ?? [];
  return targets.map((target, place) => {
    const own = slices[place] ?? [];
    const median = (of: (slice: Slice, round: number) => number | null): number =>
      percentile(
        own.map((slice, round) => of(slice, round) ?? 0),
        0.5,
      ) ?? 0;
    const cells = [
      name,
      target.name,
      median(({ cpu }) => cpu).toFixed(3),
      median(({ cpu }, round) => cpu / (floor[round]?.cpu ?? cpu)).toFixed(1),
      median(({ perSecond }) => perSecond).toFixed(0),
      median(({ p50 }) => p50).toFixed(1),
      median(({ p99 }) => p99).toFixed(1),
      (median(({ bytes }) => bytes) / 1_000).toFixed(1),
      (residentBytes([target.pid]) / 1e6).toFixed(0),
    ];
    const row = `| ${cells.join(' | ')} |`;
    say(row);
    return row;
  });
}

async function measureSlice(target: Target, requests: readonly Buffer[]): Promise<Slice> {
  const before = cpuMs(target.pid);
  const begun = performance.now();
  const { done, latenciesMs, bytes } = await load(target.port, requests, connections, size.sliceSeconds);
  const seconds = (performance.now() - begun) / 1_000;
  return {
    cpu: (cpuMs(target.pid) - before) / done,
    perSecond: done / seconds,
    p50: percentile(latenciesMs, 0.5),
    p99: percentile(latenciesMs, 0.99),
    bytes: bytes / done,
  };
}

/** Servers that answer differently have nothing to be compared for. */
async function compare(
  name: WorkloadName,
  workload: Workload,
  asked: readonly Asked[],
  targets: readonly Target[],
  bearers: ReadonlyMap<number, string>,
): Promise<void> {
  for (const one of asked.slice(0, 20)) {
    const answers = await Promise.all(
      targets.map(async (target) => {
        const socket = connect(target.port, '127.0.0.1');
        const answer = await ask(socket, requestOf(target, name, workload, one, bearers));
        socket.destroy();
        return answer.subarray(answer.indexOf('\r\n\r\n') + 4).toString();
      }),
    );
    for (const [place, answer] of answers.entries()) {
      if (isDeepStrictEqual(JSON.parse(answer), JSON.parse(answers[0] ?? ''))) continue;
      throw new Error(
        `${name}: ${targets[place]?.name} answers ${answer.slice(0, 1_500)}\ninstead of ${answers[0]?.slice(0, 1_500)}`,
      );
    }
  }
}

function requestOf(
  target: Target,
  name: WorkloadName,
  { query }: Workload,
  { partner, variables, values }: Asked,
  bearers: ReadonlyMap<number, string>,
): Buffer {
  const body = JSON.stringify(target.isFloor ? { w: name, values } : { query, variables });
  return Buffer.from(
    [
      'POST /graphql HTTP/1.1',
      'host: bench',
      'content-type: application/json',
      `authorization: Bearer ${bearers.get(partner)}`,
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

await run();
