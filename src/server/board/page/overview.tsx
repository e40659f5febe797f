// All operations: those that go on, the newest first, and those that have ended; and a field that finds customers.

import { useState } from 'react';
import { useCell } from '../../pages/browser/cell.ts';
import { matches, operationsOf } from './board-state.ts';
import type { BoardState, Section } from './board-state.ts';
import type { Board } from './board.ts';
import { FoundCustomers } from './found-customers.tsx';
import { OperationItem } from './operation-item.tsx';
import type { Route } from './route.ts';

export function Overview({ board, route }: { readonly board: Board; readonly route: Route }) {
  const state = useCell(board.state);
  const [search, setSearch] = useState('');
  const isEmpty = state.isLoaded && state.operations.size === 0 && search === '';
  return (
    <div className="overview" id="overview" tabIndex={-1}>
      <search>
        <input
          type="search"
          aria-label="Find a customer"
          placeholder="Find a customer"
          autoComplete="off"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </search>
      {search.trim() !== '' && <FoundCustomers board={board} search={search.trim()} />}
      {isEmpty ? (
        <NothingYet />
      ) : (
        <>
          <OperationSection board={board} state={state} section="ACTIVE" search={search} route={route} />
          <OperationSection board={board} state={state} section="ENDED" search={search} route={route} />
        </>
      )}
    </div>
  );
}

interface SectionProps {
  readonly board: Board;
  readonly state: BoardState;
  readonly section: Section;
  readonly search: string;
  readonly route: Route;
}

const titles: Record<Section, string> = { ACTIVE: 'In progress', ENDED: 'Ended' };
const emptyWords: Record<Section, string> = {
  ACTIVE: 'Nothing is being provisioned at the moment.',
  ENDED: 'Nothing has ended yet.',
};

function OperationSection({ board, state, section, search, route }: SectionProps) {
  const operations = operationsOf(state, section).filter((operation) => matches(operation, search));
  const hasMore = state.nextPages[section] !== null;
  const headingId = `${section.toLowerCase()}-operations`;
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId}>
        {titles[section]}{' '}
        <span className="count">
          {operations.length}
          {hasMore && '+'}
        </span>
      </h2>
      {operations.length > 0 && (
        <ul className="operations">
          {operations.map((operation) => (
            <OperationItem key={operation.id} operation={operation} route={route} />
          ))}
        </ul>
      )}
      {operations.length === 0 && (
        <p className="quiet">
          {state.isLoaded ? (search === '' ? emptyWords[section] : 'None of this name.') : 'Loading…'}
        </p>
      )}
      {hasMore && (
        <button type="button" onClick={() => void board.loadMore(section)}>
          Show older
        </button>
      )}
    </section>
  );
}

function NothingYet() {
  return (
    <section className="nothing-yet" aria-labelledby="nothing-yet">
      <h2 id="nothing-yet">Nothing has been provisioned yet</h2>
      <p>As soon as somebody creates a customer, the work appears here by itself. To see it happen:</p>
      <ul>
        <li>
          run <code>npm run demo</code> in the gateway’s folder, or
        </li>
        <li>
          open <code>/graphiql</code> on this server and press Play in each tab, from left to right.
        </li>
      </ul>
    </section>
  );
}
