// The sessions that were let in and go on for longer than a request: whoever loses their access meanwhile is sent away at once.

import type { AccessView, Grant, Withdrawal } from './auth/access.ts';

export interface AdmittedSession {
  readonly grant: Grant;
  /** Nothing is sent any more once it has returned. Called again where the session takes its time to leave. */
  readonly close: (why: 'ACCESS_WITHDRAWN', message: string) => void;
}

export interface Sessions {
  /** Call it in the same turn in which the session is let in. Gives back what to call when it has ended. */
  admit(session: AdmittedSession): () => void;
}

const messages: Readonly<Record<Withdrawal, string>> = {
  REVOKED: 'The token has been revoked. Send a fresh one.',
  SUSPENDED: 'The partner is suspended.',
};

export function createSessions(access: Pick<AccessView, 'findWithdrawal' | 'onLook'>): Sessions {
  const admitted = new Set<AdmittedSession>();

  function closeIfWithdrawn({ grant, close }: AdmittedSession): void {
    const withdrawal = access.findWithdrawal(grant);
    if (withdrawal !== null) close('ACCESS_WITHDRAWN', messages[withdrawal]);
  }

  access.onLook(() => {
    for (const session of admitted) closeIfWithdrawn(session);
  });

  return {
    admit(session) {
      admitted.add(session);
      // Between the check of its token and this moment there may have been a look.
      closeIfWithdrawn(session);
      return () => admitted.delete(session);
    },
  };
}
