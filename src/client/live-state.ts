// What the client tells of itself: how the connection is, and what it had to mend so far.

/**
 * IDLE: nobody follows anything, no socket is open. WAITING_FOR_TOKEN: your `token` has not answered yet. CONNECTING: no connection yet.
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
  /** Why there is no connection, for people; null while there is one. */
  readonly problem: string | null;
}
