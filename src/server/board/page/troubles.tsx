// What went wrong, in the gateway's words, with what support asks for.

import type { TroubleFragment } from './generated/graphql.ts';

export interface TroublesProps {
  readonly troubles: readonly TroubleFragment[];
  /** How many at most; the rest is counted. */
  readonly shown?: number;
}

export function Troubles({ troubles, shown = troubles.length }: TroublesProps) {
  const rest = troubles.length - shown;
  return (
    <ul className="troubles" aria-label="Errors">
      {troubles.slice(0, shown).map(({ code, platformCode, message, isRetryable, trackingId }, index) => (
        <li key={index}>
          <span className="message">{message}</span>{' '}
          <span className="codes">
            {[code, platformCode, isRetryable ? 'can be tried again' : null, trackingId].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
      {rest > 0 && <li className="quiet">and {rest} more</li>}
    </ul>
  );
}
