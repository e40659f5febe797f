// The bar above GraphiQL: which platform stands behind the gateway, whose token is in use, and a box for another one.

import { useEffect, useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useCell } from './cell.ts';
import type { Gateway } from './gateway.ts';
import { describeExpiry, readToken } from './token.ts';

export function TopBar({ gateway }: { readonly gateway: Gateway }) {
  const isRefused = useCell(gateway.isRefused);
  const isSandbox = gateway.config.platform === 'SANDBOX';
  return (
    <header>
      <div className="top-bar">
        <h1>Webex for Wholesale gateway</h1>
        <span className={isSandbox ? 'badge' : 'badge badge-live'}>{isSandbox ? 'Sandbox' : 'Webex'}</span>
        <TokenFacts gateway={gateway} />
        <TokenForm gateway={gateway} />
      </div>
      {isRefused && (
        <p className="notice" role="alert">
          The gateway wants a valid token. Get one with <code>npm run token -- --partner acme --role FULL_ADMIN</code>{' '}
          and paste it above.
        </p>
      )}
    </header>
  );
}

function TokenFacts({ gateway }: { readonly gateway: Gateway }) {
  const token = useCell(gateway.token);
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

function TokenForm({ gateway }: { readonly gateway: Gateway }) {
  const token = useCell(gateway.token);
  const [text, setText] = useState('');
  const [complaint, setComplaint] = useState<string | null>(null);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const pasted = text.trim().replace(/^Bearer\s+/i, '');
    if (readToken(pasted) === null) {
      setComplaint('That is not a JSON Web Token.');
      return;
    }
    gateway.useToken(pasted);
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
      {gateway.config.token !== null && token !== gateway.config.token && (
        <button type="button" onClick={() => void gateway.useOfferedToken()}>
          Back to the sandbox’s
        </button>
      )}
      <span id="token-complaint" className="expired" role="status">
        {complaint}
      </span>
    </form>
  );
}

/** The time of day, read again every so often. */
function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
