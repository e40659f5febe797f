// What happens when Play is pressed: the operations of the tab are sent one after the other, each with what the answers
// before it left, and the answers are shown as they come, the newest first. The answer pane always says what was sent.

import type { Fetcher } from '@graphiql/toolkit';
import type { ExecutionResult } from 'graphql-ws';
import type { Cell } from '../../pages/browser/cell.ts';
import { isRecord } from '../../pages/browser/is-record.ts';
import type { JsonRecord } from '../../pages/browser/is-record.ts';
import { fillVariables, missingValues, readSteps, refusalIn, valuesToKeep } from './script.ts';
import type { KeptValues, Step } from './script.ts';
import type { GraphqlRequest, Transport } from './transport.ts';

export type StepState = 'running' | 'done' | 'failed' | 'stopped';

export interface Player {
  readonly transport: Transport;
  readonly kept: Cell<KeptValues>;
  /** State of each operation of the last press, by name. */
  readonly progress: Cell<Readonly<Record<string, StepState>>>;
  /** Set just before a press that is meant for one operation of the document only. */
  readonly onlyStep: Cell<string | null>;
  newStamp(): string;
  titleOfGiver(valueName: string): string | null;
}

/** Updates of one subscription that stay in the answer pane. */
const shownUpdates = 20;

export function createFetcher(player: Player): Fetcher {
  return ({ query, variables, operationName }, options) => {
    const headers: Record<string, string> = options?.headers ?? {};
    const given: JsonRecord = isRecord(variables) ? variables : {};
    const ask = async (request: GraphqlRequest) => asResult(await player.transport.ask(request, headers));
    // Only GraphiQL's own question for the schema carries a name: the page leaves the name of all others empty.
    if (operationName) return ask({ query, operationName, variables: given });
    const steps = readSteps(query);
    if (steps === null) return ask({ query, variables: given });
    const onlyStep = player.onlyStep.read();
    player.onlyStep.write(null);
    return untilStopped((signal) => play({ player, steps, onlyStep, given, headers, signal }));
  };
}

interface Press {
  readonly player: Player;
  readonly steps: readonly Step[];
  readonly onlyStep: string | null;
  readonly given: JsonRecord;
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
}

async function* play({ player, steps, onlyStep, given, headers, signal }: Press): AsyncGenerator<ExecutionResult> {
  const stamp = player.newStamp();
  const wanted = onlyStep === null ? steps : steps.filter(({ name }) => name === onlyStep);
  const shown: [label: string, entry: JsonRecord][] = [];
  const mark = (step: Step, state: StepState) =>
    player.progress.write({ ...player.progress.read(), [step.name]: state });
  if (onlyStep === null) player.progress.write({});

  const missing = missingValues(wanted, given, player.kept.read());
  if (missing.length > 0) {
    yield asResult({ stopped: `Nothing was sent. ${explainMissing(missing, player)}` });
    return;
  }

  for (const step of wanted) {
    const label = `${String(steps.indexOf(step) + 1)} of ${String(steps.length)} ${step.name}`;
    const { variables, missing } = fillVariables(step, given, player.kept.read(), stamp);
    if (missing.length > 0) {
      mark(step, 'failed');
      yield asResult({
        stopped: `${label} was not sent. ${explainMissing(missing, player)}`,
        ...Object.fromEntries(shown),
      });
      return;
    }
    // A document of one operation with ordinary variables is answered as in any other GraphiQL.
    const isOrdinary = steps.length === 1 && JSON.stringify(variables) === JSON.stringify(given);

    mark(step, 'running');
    shown.unshift([label, { variables }]);
    if (!isOrdinary) yield asResult(Object.fromEntries(shown));

    const updates: unknown[] = [];
    for await (const answer of send(player.transport, step, variables, headers, signal)) {
      if (signal.aborted) break;
      player.kept.write({ ...player.kept.read(), ...valuesToKeep(answer['data']) });
      const refusal = refusalIn(answer);
      if (refusal !== null) mark(step, 'failed');
      if (isOrdinary) {
        yield asResult(answer);
      } else {
        shown[0] = [label, { variables, ...(step.isSubscription ? withEarlier(answer, updates) : answer) }];
        const stopped = refusal && `${label} ${refusal}. Nothing after it was sent.`;
        yield asResult({ ...(stopped && { stopped }), ...Object.fromEntries(shown) });
      }
      if (refusal !== null) return;
    }
    mark(step, signal.aborted ? 'stopped' : 'done');
    if (signal.aborted) return;
  }
}

async function* send(
  transport: Transport,
  step: Step,
  variables: JsonRecord,
  headers: Record<string, string>,
  signal: AbortSignal,
): AsyncGenerator<JsonRecord> {
  const request = { query: step.query, variables, ...(step.name && { operationName: step.name }) };
  if (step.isSubscription) yield* transport.listen(request, signal);
  else yield await transport.ask(request, headers, signal);
}

function withEarlier({ data, ...rest }: JsonRecord, updates: unknown[]): JsonRecord {
  if (data !== undefined && updates.unshift(data) > shownUpdates) updates.pop();
  return { ...rest, updates: [...updates] };
}

function explainMissing(names: readonly string[], { titleOfGiver }: Player): string {
  return [...new Set(names)]
    .map((name) => {
      const giver = titleOfGiver(name);
      const first = giver === null ? '' : `press Play in the tab “${giver}” first, or `;
      return `No answer has left a ${name} yet: ${first}write one into the variables instead of {${name}}.`;
    })
    .join(' ');
}

/** GraphiQL shows whatever object it gets; its type knows only data, errors and extensions. */
function asResult(answer: JsonRecord): ExecutionResult {
  const result: ExecutionResult = {};
  return Object.assign(result, answer);
}

/** GraphiQL stops by calling return(), which on a bare generator would wait for the answer that is still out. */
function untilStopped<T>(start: (signal: AbortSignal) => AsyncGenerator<T>): AsyncIterableIterator<T> {
  const stop = new AbortController();
  const results = start(stop.signal);
  return {
    next: () => results.next(),
    return() {
      stop.abort();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
