// What a follower is given: the present state, an event, or word that the stream had to begin anew.

import type { GraphQLFormattedError } from 'graphql';

/** An update from the gateway. */
export interface Update<TData> {
  /** STATE: the first one of a stream, which tells how things are now. EVENT: something happened. */
  readonly kind: 'STATE' | 'EVENT';
  /** As the document selects it. */
  readonly data: TData;
  /** Fields that could not be read and are null in `data`; nearly always empty. */
  readonly errors: readonly GraphQLFormattedError[];
  /** Its place in the log. Keep it to go on behind it later, in another session: pass it as the variable `after`. */
  readonly cursor: string;
  /** True for the first update after a lost connection. Nothing is missing before it. */
  readonly isFirstAfterResume: boolean;
}

/**
 * The stream could not go on where it was and began anew at the present: what you have built from earlier events may lack some.
 * Ask for the state again now; everything that happens from now on is delivered behind this. `customerUpdated` and `operationUpdated`
 * deliver the state themselves, as the next update.
 */
export interface StateReset {
  readonly kind: 'RESET';
  /**
   * CURSOR_EXPIRED: away for longer than the log is kept. CURSOR_INVALID: the cursor is not one of this partner's log. GAP: the log
   * itself lacks an event.
   */
  readonly reason: 'CURSOR_EXPIRED' | 'CURSOR_INVALID' | 'GAP';
  readonly data: null;
}

/** What a follower is given, in order. */
export type Delivery<TData> = Update<TData> | StateReset;
