// The board's data: the present state, then everything that happens. The order makes it whole: first the place where the
// log ends, then the state, which is at least as new as that place, then every event behind it.

import { createLiveClient, LiveError } from '../../../client/live-client.ts';
import type { LiveClient, LiveState } from '../../../client/live-client.ts';
import { createCell } from '../../pages/browser/cell.ts';
import type { Cell } from '../../pages/browser/cell.ts';
import type { PageConfig } from '../../pages/browser/page-config.ts';
import { openTokenInUse } from '../../pages/browser/token-in-use.ts';
import type { TokenInUse } from '../../pages/browser/token-in-use.ts';
import { createAsk } from './ask.ts';
import type { Ask, Problem } from './ask.ts';
import { emptyState, statusesOf, withEvents, withOperations } from './board-state.ts';
import type { BoardEvent, BoardState, OperationCard, Section } from './board-state.ts';
import { BoardEventsDocument, LogEndDocument, OperationListDocument } from './generated/graphql.ts';
import { throttle } from './throttle.ts';
import { createTokenSource } from './token-source.ts';

export interface Board {
  readonly config: PageConfig;
  readonly tokens: TokenInUse;
  readonly needsToken: Cell<boolean>;
  readonly state: Cell<BoardState>;
  /** Null before the first connection is tried. */
  readonly live: Cell<LiveState | null>;
  /** Why the board cannot go on; null while it can. */
  readonly problem: Cell<Problem | null>;
  readonly ask: Ask;
  /** Calls with events in the order of the log, each once. */
  onEvents(listener: (events: readonly BoardEvent[]) => void): () => void;
  /** Takes in operations that were asked for elsewhere. */
  learn(operations: readonly OperationCard[]): void;
  loadMore(section: Section): Promise<void>;
  start(): void;
  /** Does not wait any longer for the next connection. */
  reconnectNow(): void;
}

/** Events come in bursts; drawing each of them alone would keep the page busy and show nothing more. */
const drawEveryMs = 100;
const tryAgainMs = 2_000;
const pageSize: Record<Section, number> = { ACTIVE: 50, ENDED: 20 };

export function openBoard(config: PageConfig): Board {
  const tokens = openTokenInUse(config);
  const source = createTokenSource(tokens);
  const ask = createAsk({ graphqlUrl: config.graphqlUrl, token: source.next });
  const state = createCell(emptyState(0));
  const live = createCell<LiveState | null>(null);
  const problem = createCell<Problem | null>(null);
  const listeners = new Set<(events: readonly BoardEvent[]) => void>();
  let client: LiveClient | null = null;
  let running = new AbortController();

  const waiting: BoardEvent[] = [];
  const drawWaiting = throttle(drawEveryMs, () => {
    const events = waiting.splice(0);
    if (events.length === 0) return;
    state.write(withEvents(state.read(), events));
    for (const listener of listeners) listener(events);
  });

  const learn = (operations: readonly OperationCard[]) => state.write(withOperations(state.read(), operations));

  async function loadPage(section: Section, after: string | null): Promise<Problem | null> {
    const { epoch } = state.read();
    const variables = { statuses: statusesOf[section], first: pageSize[section], after };
    const { data, problem: found } = await ask(OperationListDocument, variables);
    // What was asked for before another token was chosen belongs to nobody any more.
    if (state.read().epoch !== epoch) return null;
    if (found) return found;
    const { nodes, pageInfo } = data.operations;
    const next = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    const known = withOperations(state.read(), nodes);
    state.write({ ...known, nextPages: { ...known.nextPages, [section]: next } });
    return null;
  }

  async function loadLists(): Promise<Problem | null> {
    for (const section of ['ACTIVE', 'ENDED'] as const) {
      const found = await loadPage(section, null);
      if (found) return found;
    }
    state.write({ ...state.read(), isLoaded: true });
    return null;
  }

  function forget(): void {
    waiting.length = 0;
    state.write(emptyState(state.read().epoch + 1));
  }

  /** Ends with the problem that keeps it from going on; null: it was told to stop. */
  async function follow(signal: AbortSignal): Promise<Problem | null> {
    const end = await ask(LogEndDocument, {});
    const isStopped = () => signal.aborted;
    if (isStopped()) return null;
    const found = end.problem ?? (await loadLists());
    if (found || isStopped()) return found;
    problem.write(null);
    const after = end.data?.events.pageInfo.endCursor ?? null;
    const opened = createLiveClient({ url: config.webSocketUrl, token: source.next });
    client = opened;
    const stopWatching = opened.onState((next) => live.write(next));
    try {
      for await (const delivery of opened.follow({ document: BoardEventsDocument, variables: { after }, signal })) {
        if (delivery.kind === 'RESET') {
          forget();
          const lost = await loadLists();
          if (lost) return lost;
        } else {
          waiting.push(delivery.data.events.event);
          drawWaiting();
        }
      }
      return null;
    } catch (error) {
      if (!(error instanceof LiveError)) throw error;
      return { kind: error.code === 'UNAUTHENTICATED' ? 'TOKEN' : 'REFUSED', message: error.message };
    } finally {
      stopWatching();
      opened.close();
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    const isStopped = () => signal.aborted;
    while (!isStopped()) {
      forget();
      const found = await follow(signal);
      if (isStopped() || found === null) return;
      problem.write(found);
      if (found.kind === 'REFUSED') return;
      if (found.kind === 'TOKEN') source.refuse();
      else await pause(tryAgainMs, signal);
    }
  }

  function start(): void {
    running.abort();
    running = new AbortController();
    problem.write(null);
    live.write(null);
    void run(running.signal);
  }

  source.onChoice(start);
  window.addEventListener('online', () => client?.resumeNow());

  return {
    config,
    tokens,
    needsToken: source.isWanted,
    state,
    live,
    problem,
    ask,
    onEvents(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    learn,
    async loadMore(section) {
      const after = state.read().nextPages[section];
      if (after !== null) problem.write(await loadPage(section, after));
    },
    start,
    reconnectNow: () => client?.resumeNow(),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
