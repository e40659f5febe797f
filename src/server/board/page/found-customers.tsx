// Customers the gateway finds by name, administrator or external id, also those whose operations are long past.

import { useEffect, useState } from 'react';
import type { Board } from './board.ts';
import { FindCustomersDocument } from './generated/graphql.ts';
import type { FindCustomersQuery } from './generated/graphql.ts';
import { customerHash } from './route.ts';
import { StatusPill } from './status-pill.tsx';

type Found = FindCustomersQuery['customers']['nodes'];

/** People type faster than they read. */
const askAfterMs = 200;

export function FoundCustomers({ board, search }: { readonly board: Board; readonly search: string }) {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    let isOutdated = false;
    const timer = setTimeout(() => {
      void board.ask(FindCustomersDocument, { search }).then(({ data }) => {
        if (!isOutdated) setFound(data?.customers.nodes ?? []);
      });
    }, askAfterMs);
    return () => {
      isOutdated = true;
      clearTimeout(timer);
    };
  }, [board, search]);

  return (
    <section aria-labelledby="found-customers">
      <h2 id="found-customers">Customers</h2>
      {found !== null && found.length > 0 && (
        <ul className="found">
          {found.map(({ id, companyName, status }) => (
            <li key={id}>
              <a href={customerHash(id)}>{companyName}</a>
              <StatusPill status={status} />
            </li>
          ))}
        </ul>
      )}
      <p className="quiet" role="status">
        {found === null ? 'Looking…' : found.length === 0 ? 'No customer is called that.' : ''}
      </p>
    </section>
  );
}
