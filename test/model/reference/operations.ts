// The reference model of operations: accepted in the commit that creates the work, called off before anybody began it.

import type { Answer, OperationCommand } from '../commands.ts';
import { note } from './reading.ts';
import { doneWith, present, refusedWith, tell } from './state.ts';
import type { Event, Model, Operation } from './state.ts';

export type Plan = readonly (readonly [kind: string, ...items: string[]])[];

const endings = ['SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED'];

/** @param told What the same commit tells beside the acceptance. */
export function acceptOperation(
  model: Model,
  customer: number,
  kind: string,
  plan: Plan,
  told: readonly (readonly [type: string, from: string | null, to: string])[] = [],
  consent: string | null = null,
): number {
  const operation = model.operations.length;
  const steps = plan.map(([step, ...items]) => ({ kind: step, status: 'PENDING', items }));
  model.operations.push({ customer, kind, status: 'ACCEPTED', version: 0, steps, consent });
  tell(model, 'OPERATION_ACCEPTED', { customer, operation, to: 'ACCEPTED' });
  for (const [type, from, to] of told) tell(model, type, { customer, operation, from, to });
  return operation;
}

export function isUnderWay({ status }: Operation): boolean {
  return !endings.includes(status);
}

export function isBusy(model: Model, customer: number): boolean {
  return model.operations.some((operation) => operation.customer === customer && isUnderWay(operation));
}

export function answerOperationCommand(model: Model, command: OperationCommand): Answer {
  const operation = model.operations[command.operation];
  if (!operation) return refusedWith([note('NOT_FOUND', 'operationId')]);
  if (command.kind === 'retryOperation') return refusedWith([note('OPERATION_NOT_RETRYABLE', 'operationId')]);
  if (!isUnderWay(operation) || isBinding(operation.kind)) {
    return refusedWith([note('OPERATION_NOT_CANCELLABLE', 'operationId')]);
  }
  const about = { customer: operation.customer, operation: command.operation };
  if (['CREATE_CUSTOMER', 'ATTACH_CUSTOMER'].includes(operation.kind)) undoCustomer(model, operation, about);
  else undoItems(model, operation, about);
  for (const step of operation.steps) step.status = 'CANCELLED';
  tell(model, 'OPERATION_CANCELLED', { ...about, from: operation.status, to: 'CANCELLED' });
  operation.status = 'CANCELLED';
  return doneWith({ operation: `Operation#${command.operation}` });
}

/** One call to the platform: the next change undoes it. */
function isBinding(kind: string): boolean {
  return ['UPDATE_CUSTOMER', 'DETACH_CUSTOMER', 'UPDATE_USER', 'REMOVE_USER', 'ASSIGN_ROLES'].includes(kind);
}

/** Nobody ever asked the platform for it: its row stays, what it claimed is free again. */
function undoCustomer(model: Model, operation: Operation, about: Partial<Event>): void {
  const customer = present(model.customers[operation.customer]);
  if (operation.consent !== null) {
    tell(model, 'CONSENT_STATUS_CHANGED', { ...about, from: operation.consent, to: 'EXPIRED' });
    operation.consent = 'EXPIRED';
  }
  tell(model, 'CUSTOMER_STATUS_CHANGED', { ...about, from: customer.status, to: 'DELETED' });
  customer.status = 'DELETED';
  customer.packages.clear();
  const kept = model.locations.filter((location) => location.customer !== operation.customer);
  model.locations.splice(0, model.locations.length, ...kept);
}

/** What was never tried goes again, but for what somebody else relies on: a number that another operation adds too, and a location that is in use. */
function undoItems(model: Model, operation: Operation, about: Partial<Event>): void {
  const { customer } = operation;
  const itemsOf = (kind: string) => operation.steps.filter((step) => step.kind === kind).flatMap(({ items }) => items);
  for (const user of model.users) {
    const isItem = user.customer === customer && itemsOf('CREATE_USERS').includes(user.email);
    if (!isItem || user.isGone || user.status !== 'PENDING') continue;
    user.isGone = true;
    for (const number of model.numbers)
      if (number.customer === customer && number.user === user.email) number.user = null;
  }
  const addedByOthers = model.operations
    .filter((other) => other !== operation && isUnderWay(other))
    .flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'ADD_PHONE_NUMBERS').flatMap(({ items }) => items));
  remove(model.numbers, ({ number, status }) => {
    return status === 'PENDING' && itemsOf('ADD_PHONE_NUMBERS').includes(number) && !addedByOthers.includes(number);
  });
  for (const name of itemsOf('CREATE_LOCATIONS')) {
    const at = (row: { readonly customer: number; readonly location: string | null }) =>
      row.customer === customer && row.location === name;
    const isUsed = model.users.some((user) => !user.isGone && at(user)) || model.numbers.some(at);
    const location = present(model.locations.find((row) => row.customer === customer && row.name === name));
    if (!isUsed) remove(model.locations, (row) => row === location);
    else {
      tell(model, 'LOCATION_STATUS_CHANGED', { ...about, from: location.status, to: 'ERROR' });
      location.status = 'ERROR';
    }
  }
}

function remove<T>(list: T[], isToGo: (entry: T) => boolean): void {
  list.splice(0, list.length, ...list.filter((entry) => !isToGo(entry)));
}
