// What has happened anywhere since the page was opened: shown where nothing else is open.

import { useCell } from '../../pages/browser/cell.ts';
import type { Board } from './board.ts';
import { EventList } from './timeline-view.tsx';

export function LatestEvents({ board }: { readonly board: Board }) {
  const { latest } = useCell(board.state);
  return (
    <section aria-labelledby="latest" className="latest">
      <h2 id="latest">Happening now</h2>
      {latest.length > 0 ? (
        <EventList events={latest} namesCustomers />
      ) : (
        <p className="quiet">
          Everything that happens from now on appears here. Choose an operation or a customer to see its whole timeline.
        </p>
      )}
    </section>
  );
}
