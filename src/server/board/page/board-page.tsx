// The page: the bar, what goes on and what has ended on the one side, what is open on the other.

import { useEffect, useRef } from 'react';
import type { Board } from './board.ts';
import { Announcer } from './announcer.tsx';
import { CustomerDetail } from './customer-detail.tsx';
import { LatestEvents } from './latest-events.tsx';
import { OperationDetail } from './operation-detail.tsx';
import { Overview } from './overview.tsx';
import { overviewHash, readHash, useHash } from './route.ts';
import type { Route } from './route.ts';
import { TopBar } from './top-bar.tsx';

export function BoardPage({ board }: { readonly board: Board }) {
  const hash = useHash();
  const route = readHash(hash);
  const detail = useRef<HTMLElement>(null);
  useFocusOn(detail, route, hash);

  return (
    <div className="page">
      <a className="skip" href="#overview" onClick={(event) => skipTo(event, 'overview')}>
        To the operations
      </a>
      <TopBar board={board} />
      <main className={route.kind === 'OVERVIEW' ? 'columns' : 'columns has-detail'}>
        <Overview board={board} route={route} />
        <section className="detail" aria-label="Details" ref={detail} tabIndex={-1}>
          <Detail board={board} route={route} key={hash} />
        </section>
      </main>
      <Announcer board={board} />
    </div>
  );
}

function Detail({ board, route }: { readonly board: Board; readonly route: Route }) {
  switch (route.kind) {
    case 'OVERVIEW':
      return <LatestEvents board={board} />;
    case 'CUSTOMER':
      return <CustomerDetail board={board} customerId={route.id} />;
    case 'OPERATION':
      return <OperationDetail board={board} operationId={route.id} />;
  }
}

/** Who opens something by keyboard goes on reading there, and comes back with Escape to where it was opened. */
function useFocusOn(detail: React.RefObject<HTMLElement | null>, route: Route, hash: string): void {
  const openedFrom = useRef<HTMLElement | null>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    if (route.kind === 'OVERVIEW') {
      openedFrom.current?.focus();
      return;
    }
    const active = document.activeElement;
    if (active instanceof HTMLElement && !detail.current?.contains(active)) openedFrom.current = active;
    detail.current?.focus({ preventScroll: true });
    detail.current?.scrollTo({ top: 0 });
  }, [detail, hash, route.kind]);

  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && location.hash !== overviewHash) location.hash = overviewHash;
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);
}

/** The address belongs to what is open; skipping must not change it. */
function skipTo(event: React.MouseEvent, id: string): void {
  event.preventDefault();
  document.getElementById(id)?.focus();
}
