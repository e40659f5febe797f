// Until when an operation can be called off. A closed table: a new kind does not compile without its row. Pure.

import type { OperationKind } from '../../database/generated/enums.ts';

type Cancellability =
  /** Until the platform has been asked for the customer: from then on detachCustomer is the way back. */
  | 'UNTIL_ASKED'
  /** At any time, from one item to the next. */
  | 'BETWEEN_ITEMS'
  /** One call to the platform, made at once: there is nothing to call off, the next change undoes it. */
  | 'NEVER';

const cancellabilities: Record<OperationKind, Cancellability> = {
  CREATE_CUSTOMER: 'UNTIL_ASKED',
  ATTACH_CUSTOMER: 'UNTIL_ASKED',
  UPDATE_CUSTOMER: 'NEVER',
  DETACH_CUSTOMER: 'NEVER',
  SET_UP_CUSTOMER: 'BETWEEN_ITEMS',
  CREATE_USER: 'BETWEEN_ITEMS',
  UPDATE_USER: 'NEVER',
  REMOVE_USER: 'NEVER',
  CREATE_LOCATION: 'BETWEEN_ITEMS',
  ADD_PHONE_NUMBERS: 'BETWEEN_ITEMS',
  ASSIGN_ROLES: 'NEVER',
  IMPORT_CUSTOMERS: 'BETWEEN_ITEMS',
};

export function isCreation(kind: OperationKind): boolean {
  return cancellabilities[kind] === 'UNTIL_ASKED';
}

/** Null: it can be called off; otherwise why not. @param isAsked The platform has been asked for the customer, or may have been. */
export function uncancellableBecause(kind: OperationKind, isAsked: boolean): string | null {
  switch (cancellabilities[kind]) {
    case 'BETWEEN_ITEMS':
      return null;
    case 'NEVER':
      return 'Changes and removals are handed to the platform at once and cannot be called off; change it again when this one has ended.';
    case 'UNTIL_ASKED':
      return isAsked
        ? 'The platform has been asked for the customer already. Wait until this operation has ended, then take the customer away with detachCustomer.'
        : null;
  }
}
