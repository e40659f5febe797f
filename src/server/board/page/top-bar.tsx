// The bar: which platform stands behind the gateway, how the connection is, whose token is in use.

import { useCell } from '../../pages/browser/cell.ts';
import { TokenFacts, TokenForm } from '../../pages/browser/token-bar.tsx';
import { useNow } from '../../pages/browser/use-now.ts';
import type { Board } from './board.ts';
import { describeConnection } from './connection-words.ts';

export function TopBar({ board }: { readonly board: Board }) {
  const needsToken = useCell(board.needsToken);
  const isSandbox = board.config.platform === 'SANDBOX';
  return (
    <header>
      <div className="top-bar">
        <h1>Live board</h1>
        <span className="badge">{isSandbox ? 'Sandbox' : 'Webex'}</span>
        <Connection board={board} />
        <div className="who">
          <TokenFacts tokens={board.tokens} />
          {!needsToken && (
            <details>
              <summary>Other token</summary>
              <TokenForm tokens={board.tokens} />
            </details>
          )}
        </div>
      </div>
      {needsToken && (
        <div className="notice" role="alert">
          <p>
            The gateway wants a valid token. Get one with <code>npm run token -- --partner acme --role FULL_ADMIN</code>{' '}
            and paste it here.
          </p>
          <TokenForm tokens={board.tokens} />
        </div>
      )}
      <ProblemNotice board={board} />
    </header>
  );
}

function Connection({ board }: { readonly board: Board }) {
  const now = useNow(1_000);
  const words = describeConnection(useCell(board.live), useCell(board.needsToken), useCell(board.problem), now);
  return (
    <div className="connection" data-tone={words.tone}>
      <p role="status" aria-label="Connection">
        {words.words}
      </p>
      {words.nextAttemptInS !== null && (
        <>
          {/* Read out every second it would be a nuisance. */}
          <span aria-hidden="true">next in {words.nextAttemptInS} s</span>
          <button type="button" onClick={board.reconnectNow}>
            Now
          </button>
        </>
      )}
    </div>
  );
}

function ProblemNotice({ board }: { readonly board: Board }) {
  const problem = useCell(board.problem);
  if (problem === null || problem.kind === 'TOKEN') return null;
  return (
    <div className="notice" role="alert">
      <p>{problem.kind === 'UNREACHABLE' ? 'The gateway does not answer; it is tried again.' : problem.message}</p>
      {problem.kind === 'REFUSED' && (
        <button type="button" onClick={board.start}>
          Start again
        </button>
      )}
    </div>
  );
}
