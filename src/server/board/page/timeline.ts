// Everything the log holds about one customer or operation, and what is added while somebody looks. The log can be read
// forwards only, so all pages are read; what comes live meanwhile is put behind them, each event once.

import { useEffect, useState } from 'react';
import { useCell } from '../../pages/browser/cell.ts';
import type { Answer, Problem } from './ask.ts';
import type { Board } from './board.ts';
import { TimelinePageDocument } from './generated/graphql.ts';
import type { TimelineEventFragment, TimelinePageQuery } from './generated/graphql.ts';

export type TimelineEvent = TimelineEventFragment;

export interface TimelineSubject {
  readonly kind: 'CUSTOMER' | 'OPERATION';
  readonly id: string;
}

export interface Timeline {
  /** In the order of the log. */
  readonly events: readonly TimelineEvent[];
  readonly isComplete: boolean;
  readonly problem: Problem | null;
}

const nothingYet: Timeline = { events: [], isComplete: false, problem: null };

export function useTimeline(board: Board, { kind, id }: TimelineSubject): Timeline {
  const { isLoaded, epoch } = useCell(board.state);
  const [timeline, setTimeline] = useState(nothingYet);
  useEffect(() => {
    setTimeline(nothingYet);
    // Until then nothing says from where on events are delivered live, and there could be a gap between the two.
    if (!isLoaded) return undefined;
    return readTimeline(board, { kind, id }, setTimeline);
  }, [board, kind, id, isLoaded, epoch]);
  return timeline;
}

function readTimeline(board: Board, subject: TimelineSubject, show: (timeline: Timeline) => void): () => void {
  const seen = new Set<string>();
  const early: TimelineEvent[] = [];
  let events: readonly TimelineEvent[] = [];
  let isComplete = false;
  let isStopped = false;

  function add(more: readonly TimelineEvent[]): void {
    const added = more.filter(({ id }) => !seen.has(id));
    for (const { id } of added) seen.add(id);
    events = [...events, ...added];
  }

  const stopListening = board.onEvents((told) => {
    const about = told.filter((event) => isAbout(event, subject));
    if (about.length === 0) return;
    if (!isComplete) {
      early.push(...about);
      return;
    }
    add(about);
    show({ events, isComplete, problem: null });
  });

  async function readPages(): Promise<void> {
    const filter = subject.kind === 'CUSTOMER' ? { customerIds: [subject.id] } : { operationIds: [subject.id] };
    for (let after: string | null = null; !isComplete;) {
      const { data, problem }: Answer<TimelinePageQuery> = await board.ask(TimelinePageDocument, { filter, after });
      if (isStopped) return;
      if (problem) {
        show({ events, isComplete, problem });
        return;
      }
      add(data.events.nodes);
      after = data.events.pageInfo.endCursor;
      isComplete = !data.events.pageInfo.hasNextPage;
      if (isComplete) add(early);
      show({ events, isComplete, problem: null });
    }
  }

  void readPages();
  return () => {
    isStopped = true;
    stopListening();
  };
}

function isAbout(event: TimelineEvent, { kind, id }: TimelineSubject): boolean {
  return (kind === 'CUSTOMER' ? event.customerId : event.operationId) === id;
}
