// One stream: goes on behind its last cursor after each interruption, notices what is missing or comes twice, and where it
// cannot go on begins anew at the present and says so.

import type { GraphQLFormattedError } from 'graphql';
import { readUpdate } from './answer.ts';
import type { ReadUpdate } from './answer.ts';
import type { BackOff } from './back-off.ts';
import { callOut } from './call-out.ts';
import type { Channel, Connection, FormattedResult, Member } from './connection.ts';
import type { Delivery, StateReset } from './delivery.ts';
import { readDocument } from './document.ts';
import type { LiveDocument } from './document.ts';
import { LiveError } from './live-error.ts';
import type { StateStore } from './live-state.ts';
import { createRecentCursors } from './recent-cursors.ts';
import { isRecord } from './record.ts';
import { createVersions } from './versions.ts';

export interface StreamListener<TData> {
  delivery(delivery: Delivery<TData>): void;
  complete(): void;
  error(error: LiveError): void;
}

export interface Stream {
  /** Ends the subscription, but not the stream. */
  pause(): void;
  /** Subscribes again, behind the last delivery. */
  resume(): void;
  /** Tells the listener that it is complete, unless it has ended before. */
  end(): void;
}

export interface StreamOptions<TData> {
  readonly document: LiveDocument<TData, never>;
  readonly variables: object;
  readonly listener: StreamListener<TData>;
  readonly connection: Connection;
  /** For trouble of this stream alone, on a connection that is well. */
  readonly backOff: BackOff;
  readonly store: StateStore;
}

/** Passes by itself: the gateway stops, or something behind it is away for a moment. */
const passing = new Set(['INTERNAL', 'UNAVAILABLE', 'RATE_LIMITED']);

/** Matches no event, and so tells where the log ends: what happens from here on is read behind it. */
const headQuery = '{ events(first: 0, filter: { types: [] }) { pageInfo { endCursor } } }';

/** Throws TypeError for a document that could not be resumed. */
export function openStream<TData>({
  document,
  variables,
  listener,
  connection,
  backOff,
  store,
}: StreamOptions<TData>): Stream {
  const plan = readDocument(document);
  const watchesVersions = plan.tellsWholeCustomers(variables);
  const versions = createVersions();
  const recent = createRecentCursors();
  const given: unknown = Reflect.get(variables, plan.afterVariable);

  let cursor = typeof given === 'string' ? given : null;
  let channel: Channel | null = null;
  let stopOperation = (): void => undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let isPaused = false;
  let isOver = false;
  let wasInterrupted = false;
  /** Told together with the first news from the new beginning: only then nothing can happen unnoticed any more. */
  let untoldReset: StateReset['reason'] | null = null;
  /** What was missing has been asked for again; should it be missing once more, then the log does not have it. */
  let askedAgainAfter: string | null = null;

  const member: Member = {
    connected(opened) {
      channel = opened;
      subscribe();
    },
    lost() {
      channel = null;
      stopOperation = () => undefined;
      clearTimeout(retryTimer);
      wasInterrupted ||= cursor !== null;
    },
    failed: fail,
  };

  function subscribe(): void {
    stopOperation();
    clearTimeout(retryTimer);
    if (!channel || isPaused || isOver) return;
    if (cursor === null && !plan.beginsWithState) findHead(channel);
    else follow(channel, cursor);
  }

  function follow(on: Channel, after: string | null): void {
    let isFirst = after === null;
    stopOperation = on.start(
      { query: plan.query, variables: { ...variables, [plan.afterVariable]: after } },
      {
        next(result) {
          const update = readUpdate(document, plan, result);
          if (update) take(update, isFirst);
          else askAgainOrFail(result.errors ?? []);
          isFirst = false;
        },
        error: askAgainOrFail,
        complete: () => finish(() => listener.complete()),
      },
    );
  }

  /** A stream that is silent until something happens would have no cursor to go on from if it was interrupted before. */
  function findHead(on: Channel): void {
    stopOperation = on.start(
      { query: headQuery },
      {
        next(result) {
          cursor = headOf(result);
          if (cursor === null) askAgainOrFail(result.errors ?? []);
          else {
            tellReset();
            subscribe();
          }
        },
        error: askAgainOrFail,
        complete: () => undefined,
      },
    );
  }

  function take(update: ReadUpdate<TData>, isFirst: boolean): void {
    const isState = update.event === 'NONE' || (update.event === 'UNKNOWN' && isFirst);
    if (!isState) {
      if (isSeen(update)) {
        store.count('duplicatesDropped');
        return;
      }
      if (isBehindGap(update)) return;
    }
    tellReset();
    cursor = update.cursor;
    recent.add(cursor);
    if (update.version) versions.passed(update.version.customer, update.version.number);
    askedAgainAfter = null;
    backOff.worked(Infinity);
    store.setProblem(member, null);
    const { data, errors } = update;
    const isFirstAfterResume = wasInterrupted;
    wasInterrupted = false;
    tell({ kind: isState ? 'STATE' : 'EVENT', data, errors, cursor, isFirstAfterResume });
  }

  function isSeen({ cursor: place, version }: ReadUpdate<TData>): boolean {
    if (recent.has(place)) return true;
    return watchesVersions && version !== null && versions.judge(version.customer, version.number).is === 'SEEN';
  }

  /** True: the update is not taken now; what lies before it is asked for. */
  function isBehindGap({ version }: ReadUpdate<TData>): boolean {
    if (!watchesVersions || version === null) return false;
    const verdict = versions.judge(version.customer, version.number);
    if (verdict.is !== 'GAP') return false;
    if (askedAgainAfter !== cursor) {
      store.count('gaps');
      askedAgainAfter = cursor;
      subscribe();
      return true;
    }
    store.count('missed', verdict.missing);
    noteReset('GAP');
    return false;
  }

  function askAgainOrFail(errors: readonly GraphQLFormattedError[]): void {
    const [first] = errors;
    const told = first?.extensions?.['code'];
    const code = typeof told === 'string' ? told : 'UNKNOWN';
    const message = first?.message ?? 'The gateway sent an update without a cursor.';
    stopOperation();
    if ((code === 'CURSOR_EXPIRED' || code === 'CURSOR_INVALID') && cursor !== null) {
      cursor = null;
      versions.forget();
      recent.forget();
      noteReset(code);
      subscribe();
    } else if (passing.has(code)) {
      store.setProblem(member, message);
      clearTimeout(retryTimer);
      retryTimer = setTimeout(subscribe, backOff.nextMs());
    } else fail(new LiveError(code, message, { errors }));
  }

  function noteReset(reason: StateReset['reason']): void {
    store.count('resets');
    untoldReset = reason;
  }

  function tellReset(): void {
    const reason = untoldReset;
    untoldReset = null;
    if (reason !== null) tell({ kind: 'RESET', reason, data: null });
  }

  function tell(delivery: Delivery<TData>): void {
    // The listener may have ended the stream while it was told of a reset.
    if (!isOver) callOut(() => listener.delivery(delivery));
  }

  function fail(error: LiveError): void {
    finish(() => listener.error(error));
  }

  function finish(tellEnd: () => void): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(retryTimer);
    stopOperation();
    connection.leave(member);
    store.setProblem(member, null);
    store.set({ streams: store.state.streams - 1 });
    callOut(tellEnd);
  }

  store.set({ streams: store.state.streams + 1 });
  connection.join(member);
  return {
    pause() {
      isPaused = true;
      stopOperation();
      clearTimeout(retryTimer);
    },
    resume() {
      isPaused = false;
      subscribe();
    },
    end: () => finish(() => listener.complete()),
  };
}

function headOf({ data }: FormattedResult): string | null {
  if (!isRecord(data) || !isRecord(data['events']) || !isRecord(data['events']['pageInfo'])) return null;
  const head = data['events']['pageInfo']['endCursor'];
  return typeof head === 'string' ? head : null;
}
