// Whose token a page uses and how long it is good for, and a box for another one.

import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useCell } from './cell.ts';
import type { TokenInUse } from './token-in-use.ts';
import { describeExpiry, readToken } from './token.ts';
import { useNow } from './use-now.ts';

export function TokenFacts({ tokens }: { readonly tokens: TokenInUse }) {
  const token = useCell(tokens.token);
  const now = useNow(30_000);
  const facts = token === null ? null : readToken(token);
  if (facts === null) return <p className="token-facts">No token</p>;
  const expiry = describeExpiry(facts.expiresAt, now);
  return (
    <p className="token-facts" aria-label="Token in use">
      <strong>{facts.partner ?? 'unknown partner'}</strong> · {facts.roles.join(', ')} ·{' '}
      <span className={expiry === 'expired' ? 'expired' : ''} title={facts.expiresAt?.toLocaleString()}>
        {expiry}
      </span>
    </p>
  );
}

export function TokenForm({ tokens }: { readonly tokens: TokenInUse }) {
  useCell(tokens.token);
  const [text, setText] = useState('');
  const [complaint, setComplaint] = useState<string | null>(null);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const pasted = text.trim().replace(/^Bearer\s+/i, '');
    if (readToken(pasted) === null) {
      setComplaint('That is not a JSON Web Token.');
      return;
    }
    tokens.use(pasted);
    setText('');
    setComplaint(null);
  };

  return (
    <form className="token-form" onSubmit={submit}>
      <input
        type="text"
        aria-label="Another token"
        aria-describedby="token-complaint"
        placeholder="Paste another token"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" disabled={text.trim() === ''}>
        Use
      </button>
      {tokens.hasOffer && !tokens.isOffered() && (
        <button type="button" onClick={() => void tokens.useOffered()}>
          Back to the sandbox’s
        </button>
      )}
      <span id="token-complaint" className="expired" role="status">
        {complaint}
      </span>
    </form>
  );
}
