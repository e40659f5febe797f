// Tells people who hear the page what began, waits or ended; each single step would be too much.

import { useCell } from '../../pages/browser/cell.ts';
import type { BoardEvent } from './board-state.ts';
import type { Board } from './board.ts';
import { wordsForOperation, wordsForStatus } from './words.ts';

const toldTypes: readonly string[] = [
  'OPERATION_ACCEPTED',
  'OPERATION_WAITING',
  'OPERATION_FINISHED',
  'OPERATION_CANCELLED',
];

export function Announcer({ board }: { readonly board: Board }) {
  const { latest } = useCell(board.state);
  const event = latest.find(({ type }) => toldTypes.includes(type));
  return (
    <p className="only-heard" aria-live="polite">
      {event && wordsFor(event)}
    </p>
  );
}

function wordsFor({ operation, customer, toStatus, message }: BoardEvent): string {
  if (operation === null || toStatus === null) return message;
  const whom = customer ? `, ${customer.companyName}` : '';
  return `${wordsForOperation(operation.kind)}${whom}: ${wordsForStatus(toStatus)}`;
}
