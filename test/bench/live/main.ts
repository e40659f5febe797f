// `npm run bench:live`: measures the gateway's live updates beside a plain graphql-ws server and bare ws, in one run on one
// machine. Brings its own database and removes it. Ends with 1 if the gateway lost, repeated or misordered an event.

import { writeFileSync } from 'node:fs';
import { openBench } from './open-bench.ts';
import { describeMachine, openFilesLimit } from './machine.ts';
import { readOptions, usage } from './options.ts';
import type { Options } from './options.ts';
import { cuts } from './scenarios/cuts.ts';
import { fanOut } from './scenarios/fan-out.ts';
import { latency } from './scenarios/latency.ts';
import type { Scenario, ScenarioName } from './scenarios/scenario.ts';
import { stalled } from './scenarios/stalled.ts';
import { storm } from './scenarios/storm.ts';
import { sizes } from './sizes.ts';
import { asJson, flaws, headingText, tableText } from './table.ts';
import type { Measured } from './table.ts';

const scenarios: Record<ScenarioName, Scenario> = { cuts, latency, fanout: fanOut, storm, stalled };
/** Each process has more open than its sockets. */
const otherFiles = 200;

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

async function run({ size, only, compares, json }: Options): Promise<void> {
  const chosen = sizes[size];
  const mostSockets = Math.max(chosen.fanOut.subscriptions, chosen.storm.sockets);
  const openFiles = openFilesLimit();
  if (openFiles !== null && openFiles < mostSockets + otherFiles) {
    throw new Error(`${mostSockets} sockets need more open files than this shell allows (${openFiles}): see ulimit -n`);
  }
  const heading = {
    date: new Date().toISOString(),
    machine: describeMachine(),
    commandLine: ['npm run bench:live --', ...process.argv.slice(2)].join(' '),
  };
  say(headingText(heading));
  const startedAt = performance.now();
  const bench = await openBench(chosen);
  const measured: Measured[] = [];
  try {
    for (const name of only) {
      const scenario = scenarios[name];
      const found = {
        scenario,
        gateway: await scenario.measure(bench, 'gateway'),
        plain: compares ? await scenario.measure(bench, 'plain') : null,
        floor: compares ? ((await scenario.measureFloor?.(bench)) ?? null) : null,
      };
      measured.push(found);
      say(tableText(found, chosen));
    }
  } finally {
    await bench.close();
  }
  say(`\n${Math.round((performance.now() - startedAt) / 1_000)} s in all.`);
  if (json !== null) writeFileSync(json, `${asJson(heading, chosen, measured)}\n`);
  const found = flaws(measured);
  for (const flaw of found) say(`\nThe gateway failed in ${flaw}`);
  if (found.length > 0) process.exitCode = 1;
}

function readOrExplain(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\nusage: ${usage}\n`);
    process.exit(2);
  }
}

await run(readOrExplain());
