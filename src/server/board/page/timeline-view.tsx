// A timeline, the newest event first, day by day. What is older than the first screenful is shown when asked for.

import { useState } from 'react';
import type { Board } from './board.ts';
import { customerHash } from './route.ts';
import { Troubles } from './troubles.tsx';
import { useTimeline } from './timeline.ts';
import type { TimelineEvent, TimelineSubject } from './timeline.ts';
import { wordsForStatus } from './words.ts';

const shownAtOnce = 100;

export function TimelineView({ board, subject }: { readonly board: Board; readonly subject: TimelineSubject }) {
  const { events, isComplete, problem } = useTimeline(board, subject);
  const [mostShown, setMostShown] = useState(shownAtOnce);
  const shown = events.slice(-mostShown).toReversed();
  const older = events.length - shown.length;
  return (
    <section aria-labelledby="timeline">
      <h3 id="timeline">
        Timeline <span className="count">{events.length}</span>
      </h3>
      {[...Map.groupBy(shown, ({ at }) => dayOf(at))].map(([day, eventsOfDay]) => (
        <div className="day" key={day}>
          <h4>{day}</h4>
          <EventList events={eventsOfDay} namesCustomers={false} />
        </div>
      ))}
      {problem && <p className="quiet">The timeline could not be read: {problem.message}</p>}
      {!problem && !isComplete && <p className="quiet">Loading…</p>}
      {isComplete && events.length === 0 && <p className="quiet">Nothing has happened that the log still holds.</p>}
      {older > 0 && (
        <button type="button" onClick={() => setMostShown(mostShown + shownAtOnce)}>
          Show older events ({older})
        </button>
      )}
    </section>
  );
}

interface TimelineEventOfCustomer extends TimelineEvent {
  readonly customer?: { readonly companyName: string } | null;
}

export interface EventListProps {
  readonly events: readonly TimelineEventOfCustomer[];
  /** False where it is plain whom all of them are about. */
  readonly namesCustomers: boolean;
}

export function EventList({ events, namesCustomers }: EventListProps) {
  return (
    <ol className="events">
      {events.map((event) => (
        <EventItem key={event.id} event={event} customer={namesCustomers ? event.customer : null} />
      ))}
    </ol>
  );
}

interface EventItemProps {
  readonly event: TimelineEvent;
  readonly customer: TimelineEventOfCustomer['customer'];
}

function EventItem({ event, customer }: EventItemProps) {
  const { id, at, message, customerId, fromStatus, toStatus, errors } = event;
  return (
    <li data-event={id}>
      <time dateTime={at}>{timeOf(at)}</time>
      <div>
        <p className="message">{message}</p>
        {customer && customerId !== null && (
          <p className="whom">
            <a href={customerHash(customerId)}>{customer.companyName}</a>
          </p>
        )}
      </div>
      {toStatus !== null && (
        <p className="change">
          {fromStatus !== null && <>{wordsForStatus(fromStatus)} → </>}
          <strong>{wordsForStatus(toStatus)}</strong>
        </p>
      )}
      {errors.length > 0 && <Troubles troubles={errors} />}
    </li>
  );
}

function dayOf(at: string): string {
  return new Date(at).toLocaleDateString(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

function timeOf(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
