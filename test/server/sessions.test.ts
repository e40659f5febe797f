// Admitted sessions and the moments that are hard to meet by chance.

import { expect, it } from 'vitest';
import type { Grant, Withdrawal } from '../../src/server/auth/access.ts';
import { createSessions } from '../../src/server/sessions.ts';

function setUp() {
  const withdrawn = new Map<string, Withdrawal>();
  const listeners: (() => void)[] = [];
  const closed: string[] = [];
  const sessions = createSessions({
    findWithdrawal: ({ subject }) => withdrawn.get(subject) ?? null,
    onLook: (listener) => void listeners.push(listener),
  });
  const grant = (subject: string): Grant => ({ partnerId: 'p', subject, tokenId: null, issuedAt: null });
  return {
    closed,
    admit: (subject: string) =>
      sessions.admit({
        grant: grant(subject),
        close: (why, message) => void closed.push(`${subject} ${why} ${message}`),
      }),
    withdraw: (subject: string, what: Withdrawal) => withdrawn.set(subject, what),
    look: () => listeners.forEach((listener) => listener()),
  };
}

it('a session whose access was withdrawn while its token was looked at is closed at once', () => {
  const { admit, withdraw, closed } = setUp();
  withdraw('late', 'REVOKED');
  admit('late');
  expect(closed).toEqual(['late ACCESS_WITHDRAWN The token has been revoked. Send a fresh one.']);
});

it('only those whose access was withdrawn are closed, and nobody who has left', () => {
  const { admit, withdraw, look, closed } = setUp();
  admit('stays');
  admit('goes');
  const leave = admit('has left');
  leave();
  withdraw('goes', 'SUSPENDED');
  withdraw('has left', 'SUSPENDED');
  expect(closed).toEqual([]);
  look();
  expect(closed).toEqual(['goes ACCESS_WITHDRAWN The partner is suspended.']);
});
