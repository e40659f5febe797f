// What the board shows, and how it changes with what the gateway tells. Pure; who asks and listens is board.ts.

import type { BoardEventsSubscription, OperationCardFragment, OperationStatus } from './generated/graphql.ts';

export type OperationCard = OperationCardFragment;
export type BoardEvent = BoardEventsSubscription['events']['event'];

/** Operations that go on, and operations that have ended. */
export type Section = 'ACTIVE' | 'ENDED';

export const statusesOf: Record<Section, OperationStatus[]> = {
  ACTIVE: ['ACCEPTED', 'RUNNING', 'WAITING'],
  ENDED: ['SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED'],
};

export interface BoardState {
  /** False until the gateway has told the present state once. */
  readonly isLoaded: boolean;
  /** Raised when all that was shown has to be read anew: another token, or a stream that could not go on where it was. */
  readonly epoch: number;
  readonly operations: ReadonlyMap<string, OperationCard>;
  /** Where the next page of a section begins; null when there is none. */
  readonly nextPages: Record<Section, string | null>;
  /** Since the page was opened, the newest first. */
  readonly latest: readonly BoardEvent[];
}

const latestKept = 40;

export function emptyState(epoch: number): BoardState {
  return { isLoaded: false, epoch, operations: new Map(), nextPages: { ACTIVE: null, ENDED: null }, latest: [] };
}

/** Of each operation the newest version stays: answers and events may overtake each other. */
export function withOperations(state: BoardState, told: readonly OperationCard[]): BoardState {
  const operations = new Map(state.operations);
  for (const operation of told) {
    const known = operations.get(operation.id);
    if (known === undefined || known.version <= operation.version) operations.set(operation.id, operation);
  }
  return { ...state, operations };
}

/** @param events in the order of the log */
export function withEvents(state: BoardState, events: readonly BoardEvent[]): BoardState {
  const touched = events.flatMap(({ operation }) => operation ?? []);
  const latest = [...events.toReversed(), ...state.latest].slice(0, latestKept);
  return { ...withOperations(state, touched), latest };
}

export function hasEnded({ status }: OperationCard): boolean {
  return statusesOf.ENDED.includes(status);
}

/** What goes on: the newest first. What has ended: what ended last first. */
export function operationsOf({ operations }: BoardState, section: Section): readonly OperationCard[] {
  const isWanted = section === 'ENDED';
  return [...operations.values()]
    .filter((operation) => hasEnded(operation) === isWanted)
    .sort((a, b) => (orderKey(a) < orderKey(b) ? 1 : -1));
}

function orderKey(operation: OperationCard): string {
  const at = hasEnded(operation) ? (operation.finishedAt ?? operation.acceptedAt) : operation.acceptedAt;
  return `${at} ${operation.id}`;
}

/** Whether it is about something with these letters in its name. */
export function matches(operation: OperationCard, search: string): boolean {
  return (operation.customer?.companyName ?? '').toLowerCase().includes(search.trim().toLowerCase());
}
