// How far an operation is: a bar, the step in progress with its items, and who has to do what.

import { hasEnded } from './board-state.ts';
import type { OperationCard } from './board-state.ts';
import { wordsForNextAction, wordsForOperation, wordsForStep } from './words.ts';

export function OperationProgress({ operation }: { readonly operation: OperationCard }) {
  const { kind, status, nextAction, customer, progress } = operation;
  const step = currentStep(operation);
  const name = `${wordsForOperation(kind)}${customer ? `, ${customer.companyName}` : ''}`;
  return (
    <div className="progress" data-status={status}>
      <div className="bar">
        <progress max={100} value={progress.percent} aria-label={name} />
        <span className="percent">{progress.percent}&nbsp;%</span>
      </div>
      <p className="step">
        {step && !hasEnded(operation) && (
          <span>
            {wordsForStep(step.kind)} <span className="items">{itemsOf(step)}</span>
          </span>
        )}
        {(!hasEnded(operation) || nextAction !== 'NONE') && (
          <span className="next-action">{wordsForNextAction(nextAction)}</span>
        )}
      </p>
    </div>
  );
}

type Step = OperationCard['steps'][number];

const begun: readonly string[] = ['RUNNING', 'WAITING'];

function currentStep({ steps }: OperationCard): Step | null {
  return steps.find(({ status }) => begun.includes(status)) ?? steps.find(({ status }) => status === 'PENDING') ?? null;
}

export function itemsOf({ completedItems, failedItems, totalItems }: Step): string {
  const failed = failedItems > 0 ? `, ${failedItems} failed` : '';
  return `${completedItems} of ${totalItems}${failed}`;
}
