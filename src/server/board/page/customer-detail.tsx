// One customer: its state, its operations, its timeline.

import { useCell } from '../../pages/browser/cell.ts';
import { operationsOf } from './board-state.ts';
import type { Board } from './board.ts';
import { CustomerFacts } from './customer-facts.tsx';
import { DetailHeading } from './detail-heading.tsx';
import { OperationItem } from './operation-item.tsx';
import { StatusPill } from './status-pill.tsx';
import { TimelineView } from './timeline-view.tsx';
import { Troubles } from './troubles.tsx';
import { useCustomer } from './use-customer.ts';

const closedRoute = { kind: 'OVERVIEW' } as const;

export function CustomerDetail({ board, customerId }: { readonly board: Board; readonly customerId: string }) {
  const { customer, isAnswered, problem } = useCustomer(board, customerId);
  const state = useCell(board.state);
  if (customer === null) {
    return (
      <>
        <DetailHeading title="Customer" />
        <p className="quiet">{problem?.message ?? (isAnswered ? 'You have no customer with this id.' : 'Loading…')}</p>
      </>
    );
  }
  const operations = [...operationsOf(state, 'ACTIVE'), ...operationsOf(state, 'ENDED')].filter(
    (operation) => operation.customer?.id === customerId,
  );
  return (
    <>
      <DetailHeading title={customer.companyName} aside={<StatusPill status={customer.status} />} />
      <CustomerFacts customer={customer} />
      {customer.errors.length > 0 && <Troubles troubles={customer.errors} />}
      <section aria-labelledby="customer-operations">
        <h3 id="customer-operations">Operations</h3>
        <ul className="operations">
          {operations.map((operation) => (
            <OperationItem key={operation.id} operation={operation} route={closedRoute} namesCustomer={false} />
          ))}
        </ul>
      </section>
      <TimelineView board={board} subject={{ kind: 'CUSTOMER', id: customerId }} />
    </>
  );
}
