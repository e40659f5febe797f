// The bar above GraphiQL: which platform stands behind the gateway, whose token is in use, and a box for another one.

import { useCell } from '../../pages/browser/cell.ts';
import { TokenFacts, TokenForm } from '../../pages/browser/token-bar.tsx';
import type { Gateway } from './gateway.ts';

export function TopBar({ gateway }: { readonly gateway: Gateway }) {
  const isRefused = useCell(gateway.isRefused);
  const isSandbox = gateway.config.platform === 'SANDBOX';
  return (
    <header>
      <div className="top-bar">
        <h1>Webex for Wholesale gateway</h1>
        <span className={isSandbox ? 'badge' : 'badge badge-live'}>{isSandbox ? 'Sandbox' : 'Webex'}</span>
        <TokenFacts tokens={gateway.tokens} />
        <TokenForm tokens={gateway.tokens} />
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
