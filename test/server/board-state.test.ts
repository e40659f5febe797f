// What the board makes of what it is told, without a browser.

import { describe, expect, test } from 'vitest';
import { emptyState, operationsOf, withEvents, withOperations } from '../../src/server/board/page/board-state.ts';
import type { BoardEvent, OperationCard } from '../../src/server/board/page/board-state.ts';
import { describeConnection } from '../../src/server/board/page/connection-words.ts';
import type { LiveState } from '../../src/client/live-client.ts';

function operation(facts: Partial<OperationCard>): OperationCard {
  return {
    id: 'one',
    kind: 'SET_UP_CUSTOMER',
    status: 'RUNNING',
    nextAction: 'WAIT',
    version: 1,
    acceptedAt: '2026-11-20T10:00:00Z',
    startedAt: null,
    finishedAt: null,
    correlationId: 'c',
    progress: { completedItems: 0, totalItems: 1, percent: 0 },
    steps: [],
    errors: [],
    customer: null,
    ...facts,
  };
}

function event(id: string, about: OperationCard): BoardEvent {
  return {
    id,
    type: 'STEP_PROGRESSED',
    at: '2026-11-20T10:00:00Z',
    message: id,
    fromStatus: null,
    toStatus: null,
    customerId: null,
    operationId: about.id,
    customerVersion: null,
    errors: [],
    customer: null,
    operation: about,
  };
}

describe('operations', () => {
  test('stay at the newest version, whichever answer comes last', () => {
    const newer = operation({ version: 7, status: 'SUCCEEDED', finishedAt: '2026-11-20T10:05:00Z' });
    const state = withOperations(withOperations(emptyState(1), [newer]), [operation({ version: 3 })]);
    expect(operationsOf(state, 'ACTIVE')).toEqual([]);
    expect(operationsOf(state, 'ENDED')).toEqual([newer]);
  });

  test('that go on stand by when they were accepted, ended ones by when they ended', () => {
    const state = withOperations(emptyState(1), [
      operation({ id: 'early', acceptedAt: '2026-11-20T08:00:00Z' }),
      operation({ id: 'late', acceptedAt: '2026-11-20T09:00:00Z', status: 'WAITING' }),
      operation({
        id: 'long',
        status: 'FAILED',
        acceptedAt: '2026-11-20T07:00:00Z',
        finishedAt: '2026-11-20T12:00:00Z',
      }),
      operation({ id: 'short', status: 'SUCCEEDED', finishedAt: '2026-11-20T11:00:00Z' }),
    ]);
    expect(operationsOf(state, 'ACTIVE').map(({ id }) => id)).toEqual(['late', 'early']);
    expect(operationsOf(state, 'ENDED').map(({ id }) => id)).toEqual(['long', 'short']);
  });

  test('move on with events, the newest of which stands first', () => {
    const events = [event('a', operation({ version: 2 })), event('b', operation({ version: 3 }))];
    const state = withEvents(withOperations(emptyState(1), [operation({})]), events);
    expect(state.operations.get('one')?.version).toBe(3);
    expect(state.latest.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

describe('the connection', () => {
  const live: LiveState = {
    status: 'LIVE',
    streams: 1,
    resumes: 0,
    duplicatesDropped: 0,
    gaps: 0,
    missed: 0,
    resets: 0,
    nextAttemptAt: null,
    problem: null,
  };
  const now = new Date('2026-11-20T10:00:00Z');
  const wordsFor = (state: LiveState | null, needsToken = false) => describeConnection(state, needsToken, null, now);

  test.each([
    [null, 'Connecting…'],
    [live, 'Live'],
    [{ ...live, resumes: 1 }, 'Live · resumed, 0 missed'],
    [{ ...live, resumes: 4, missed: 2 }, 'Live · resumed 4 times, 2 missed'],
    [{ ...live, resets: 1 }, 'Live, read anew once the log had moved on'],
    [{ ...live, status: 'RESUMING' }, 'Reconnecting…'],
  ] as const)('is told as it is: %j', (state, words) => {
    expect(wordsFor(state).words).toBe(words);
  });

  test('that waits says for how many seconds', () => {
    const waiting = { ...live, status: 'RESUMING', nextAttemptAt: now.getTime() + 2_400 } as const;
    expect(wordsFor(waiting).nextAttemptInS).toBe(3);
  });

  test('without a token says so before anything else', () => {
    expect(wordsFor({ ...live, status: 'RESUMING' }, true).words).toBe('Waiting for a token');
  });
});
