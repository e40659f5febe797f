// One operation: its customer's state, its steps, its timeline.

import { useEffect, useState } from 'react';
import { useCell } from '../../pages/browser/cell.ts';
import type { OperationCard } from './board-state.ts';
import type { Board } from './board.ts';
import { CustomerFacts } from './customer-facts.tsx';
import { DetailHeading } from './detail-heading.tsx';
import { OneOperationDocument } from './generated/graphql.ts';
import { itemsOf, OperationProgress } from './operation-progress.tsx';
import { customerHash } from './route.ts';
import { StatusPill } from './status-pill.tsx';
import { TimelineView } from './timeline-view.tsx';
import { Troubles } from './troubles.tsx';
import { useCustomer } from './use-customer.ts';
import { wordsForOperation, wordsForStep } from './words.ts';

export function OperationDetail({ board, operationId }: { readonly board: Board; readonly operationId: string }) {
  const { operation, words } = useOperation(board, operationId);
  const { customer } = useCustomer(board, operation?.customer?.id ?? null);
  if (operation === null) {
    return (
      <>
        <DetailHeading title="Operation" />
        <p className="quiet">{words}</p>
      </>
    );
  }
  return (
    <>
      <DetailHeading title={wordsForOperation(operation.kind)} aside={<StatusPill status={operation.status} />} />
      {operation.customer && (
        <p className="about">
          <a href={customerHash(operation.customer.id)}>{operation.customer.companyName}</a>
          <StatusPill status={operation.customer.status} />
        </p>
      )}
      <OperationProgress operation={operation} />
      {operation.errors.length > 0 && <Troubles troubles={operation.errors} />}
      <Steps operation={operation} />
      {customer && <CustomerFacts customer={customer} />}
      <TimelineView board={board} subject={{ kind: 'OPERATION', id: operationId }} />
      <p className="quiet">
        Correlation id for support: <code>{operation.correlationId}</code>
      </p>
    </>
  );
}

function Steps({ operation }: { readonly operation: OperationCard }) {
  return (
    <ol className="steps" aria-label="Steps">
      {operation.steps.map((step, index) => (
        <li key={index} data-status={step.status}>
          <span className="step-name">{wordsForStep(step.kind)}</span>
          <progress
            max={Math.max(1, step.totalItems)}
            value={step.completedItems + step.failedItems}
            aria-label={wordsForStep(step.kind)}
          />
          <span className="items">{itemsOf(step)}</span>
          <StatusPill status={step.status} />
        </li>
      ))}
    </ol>
  );
}

/** One that is in no list yet, because it ended long ago, is asked for. */
function useOperation(board: Board, operationId: string) {
  const { operations, isLoaded, epoch } = useCell(board.state);
  const [words, setWords] = useState('Loading…');
  const operation = operations.get(operationId) ?? null;
  const isKnown = operation !== null;
  useEffect(() => {
    if (isKnown || !isLoaded) return undefined;
    let isStopped = false;
    void board.ask(OneOperationDocument, { operationId }).then(({ data, problem }) => {
      if (isStopped) return;
      if (data?.operation) board.learn([data.operation]);
      else setWords(problem?.message ?? 'You have no operation with this id.');
    });
    return () => {
      isStopped = true;
    };
  }, [board, operationId, isKnown, isLoaded, epoch]);
  return { operation, words };
}
