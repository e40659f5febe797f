// What the client tells of itself: how the connection is, and what it had to mend so far.

import { callOut } from './call-out.ts';

/**
 * IDLE: nobody follows anything, no socket is needed. WAITING_FOR_TOKEN: your `token` has not answered yet. CONNECTING: no connection yet.
 * LIVE: connected. RESUMING: the connection was lost, the next one is being made or waited for. CLOSED: for good, by close().
 */
export type LiveStatus = 'IDLE' | 'WAITING_FOR_TOKEN' | 'CONNECTING' | 'LIVE' | 'RESUMING' | 'CLOSED';

/** A snapshot; it never changes. Each change makes a new one. */
export interface LiveState {
  readonly status: LiveStatus;
  /** Streams that are followed now. */
  readonly streams: number;
  /** How often a lost connection was replaced by a new one. */
  readonly resumes: number;
  /** Updates that came a second time and were not delivered again. */
  readonly duplicatesDropped: number;
  /** How often a version was skipped; each was asked for again. */
  readonly gaps: number;
  /** Events that versions prove and that could not be had, not even by asking again; 0 unless the log itself lacks them. */
  readonly missed: number;
  /** How often a stream had to begin anew at the present state. */
  readonly resets: number;
  /** When the next connection is tried, in milliseconds since 1970; null while none is waited for. */
  readonly nextAttemptAt: number | null;
  /** What stands in the way at the moment, for people; null while nothing does. */
  readonly problem: string | null;
}

/** The parts of the state that only ever grow. */
export type Tally = 'resumes' | 'duplicatesDropped' | 'gaps' | 'missed' | 'resets';

export interface StateStore {
  readonly state: LiveState;
  onState(listener: (state: LiveState) => void): () => void;
  set(change: Partial<Pick<LiveState, 'status' | 'streams' | 'nextAttemptAt'>>): void;
  count(tally: Tally, by?: number): void;
  /** Each owner has one problem at most; null: it has none any more. */
  setProblem(owner: object, problem: string | null): void;
}

export function createStateStore(): StateStore {
  const listeners = new Set<(state: LiveState) => void>();
  const problems = new Map<object, string>();
  let state: LiveState = {
    status: 'IDLE',
    streams: 0,
    resumes: 0,
    duplicatesDropped: 0,
    gaps: 0,
    missed: 0,
    resets: 0,
    nextAttemptAt: null,
    problem: null,
  };

  function change(changes: Partial<LiveState>): void {
    const next: LiveState = { ...state, ...changes };
    // Whoever draws the state does so at each change.
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = Object.freeze(next);
    for (const listener of [...listeners]) callOut(() => listener(next));
  }

  return {
    get state() {
      return state;
    },
    onState(listener) {
      // One function may listen twice; each is ended by itself.
      const entry = (next: LiveState): void => listener(next);
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    set: change,
    count(tally, by = 1) {
      change({ [tally]: state[tally] + by });
    },
    setProblem(owner, problem) {
      if (problem === null) problems.delete(owner);
      else problems.set(owner, problem);
      change({ problem: [...problems.values()][0] ?? null });
    },
  };
}
