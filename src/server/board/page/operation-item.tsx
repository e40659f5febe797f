// One operation in a list: whom and what it is about, how far it is, who has to do what, what went wrong.

import { useNow } from '../../pages/browser/use-now.ts';
import { hasEnded } from './board-state.ts';
import type { OperationCard } from './board-state.ts';
import { OperationProgress } from './operation-progress.tsx';
import { customerHash, operationHash } from './route.ts';
import type { Route } from './route.ts';
import { StatusPill } from './status-pill.tsx';
import { Troubles } from './troubles.tsx';
import { wordsForAge, wordsForNextAction, wordsForOperation } from './words.ts';

export interface OperationItemProps {
  readonly operation: OperationCard;
  readonly route: Route;
  /** False where it is plain whom all of them are about. */
  readonly namesCustomer?: boolean;
}

const errorsShown = 1;

export function OperationItem({ operation, route, namesCustomer = true }: OperationItemProps) {
  const { id, kind, status, nextAction, errors } = operation;
  const customer = namesCustomer ? operation.customer : null;
  const isOpen = route.kind === 'OPERATION' && route.id === id;
  const isEnded = hasEnded(operation);
  const opening = (
    <a className="cover" href={operationHash(id)} aria-current={isOpen ? 'true' : undefined}>
      {wordsForOperation(kind)}
    </a>
  );
  return (
    <li className="operation" data-open={isOpen} data-status={status}>
      <div className="title">
        <h3>{customer ? <a href={customerHash(customer.id)}>{customer.companyName}</a> : opening}</h3>
        <StatusPill status={status} />
      </div>
      <p className="about">
        {customer && opening}
        <Age operation={operation} />
      </p>
      {!isEnded && <OperationProgress operation={operation} />}
      {errors.length > 0 && <Troubles troubles={errors} shown={errorsShown} />}
      {isEnded && nextAction !== 'NONE' && <p className="next-action">{wordsForNextAction(nextAction)}</p>}
    </li>
  );
}

function Age({ operation }: { readonly operation: OperationCard }) {
  const now = useNow(20_000);
  const isEnded = hasEnded(operation);
  const at = isEnded ? (operation.finishedAt ?? operation.acceptedAt) : operation.acceptedAt;
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {isEnded ? 'ended' : 'accepted'} {wordsForAge(at, now)}
    </time>
  );
}
