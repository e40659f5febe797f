// One customer as it stands, asked for again when something happens to it.

import { useEffect, useState } from 'react';
import { useCell } from '../../pages/browser/cell.ts';
import type { Problem } from './ask.ts';
import type { Board } from './board.ts';
import { CustomerOverviewDocument } from './generated/graphql.ts';
import type { CustomerOverviewQuery } from './generated/graphql.ts';
import { throttle } from './throttle.ts';

export type CustomerOverview = NonNullable<CustomerOverviewQuery['customer']>;

export interface CustomerAnswer {
  /** Null until it is there, and when there is none. */
  readonly customer: CustomerOverview | null;
  readonly isAnswered: boolean;
  readonly problem: Problem | null;
}

const nothingYet: CustomerAnswer = { customer: null, isAnswered: false, problem: null };
const askEveryMs = 500;

/** @param customerId null: there is nothing to ask for */
export function useCustomer(board: Board, customerId: string | null): CustomerAnswer {
  const { isLoaded, epoch } = useCell(board.state);
  const [answer, setAnswer] = useState(nothingYet);
  useEffect(() => {
    setAnswer(nothingYet);
    if (customerId === null || !isLoaded) return undefined;
    let isStopped = false;
    const load = throttle(askEveryMs, async () => {
      const { data, problem } = await board.ask(CustomerOverviewDocument, { customerId });
      if (isStopped) return;
      if (data?.customer) board.learn(data.customer.operations.nodes);
      setAnswer({ customer: data?.customer ?? null, isAnswered: true, problem });
    });
    load();
    const stopListening = board.onEvents((events) => {
      if (events.some((event) => event.customerId === customerId)) load();
    });
    return () => {
      isStopped = true;
      stopListening();
    };
  }, [board, customerId, isLoaded, epoch]);
  return answer;
}
