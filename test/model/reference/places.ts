// The reference model of locations and numbers that are added without the wizard (rule S10).

import type { Answer, UserCommand } from '../commands.ts';
import { readKey, withKey } from './keyed.ts';
import { acceptOperation } from './operations.ts';
import { note, readLocation, readPhoneNumber } from './reading.ts';
import type { Note } from './reading.ts';
import { doneWith, refusedWith } from './state.ts';
import type { Model } from './state.ts';
import { judgeServed } from './user-rules.ts';
import { findLocation } from './users.ts';

type Command<Kind extends UserCommand['kind']> = Extract<UserCommand, { readonly kind: Kind }>;

export function answerPlaceCommand(model: Model, command: Command<'addLocation' | 'addPhoneNumbers'>): Answer {
  return command.kind === 'addLocation' ? addLocation(model, command) : addPhoneNumbers(model, command);
}

function addLocation(model: Model, command: Command<'addLocation'>): Answer {
  const notes: Note[] = [];
  const key = readKey(notes, command.key);
  const { customer } = command;
  const location = readLocation(notes, ['location'], command.location, true);
  const run = (): Answer => {
    if (!model.customers[customer]) return refusedWith([...notes, note('NOT_FOUND', 'customerId')]);
    notes.push(...judgeServed(model, customer, 'customerId'));
    if (findLocation(model, customer, command.location.name)) notes.push(note('DUPLICATE', 'location', 'name'));
    if (notes.length > 0 || location === null) return refusedWith(notes);
    const { name, address } = location;
    model.locations.push({ customer, name, kind: 'BRANCH', status: 'PENDING', countryCode: address.countryCode });
    const operation = acceptOperation(model, customer, 'CREATE_LOCATION', [['CREATE_LOCATIONS', name]]);
    return doneWith({ operation: `Operation#${operation}` });
  };
  return location === null ? run() : withKey(model, key, ['addLocation', customer, location], run);
}

function addPhoneNumbers(model: Model, command: Command<'addPhoneNumbers'>): Answer {
  const notes: Note[] = [];
  const key = readKey(notes, command.key);
  const { customer } = command;
  if (command.numbers.length === 0) notes.push(note('REQUIRED', 'numbers'));
  const numbers: { readonly number: string; readonly index: number }[] = [];
  command.numbers.forEach((typed, index) => {
    const number = readPhoneNumber(notes, ['numbers', index], typed);
    if (number === null) return;
    if (numbers.some((earlier) => earlier.number === number)) notes.push(note('DUPLICATE', 'numbers', index));
    else numbers.push({ number, index });
  });
  const isReadable = notes.length === 0;
  const run = (): Answer => {
    const location = findLocation(model, customer, command.location);
    if (!location) return refusedWith([...notes, note('NOT_FOUND', 'locationId')]);
    notes.push(...judgeServed(model, customer, 'locationId'));
    if (location.status === 'ERROR') notes.push(note('INVALID_VALUE', 'locationId'));
    for (const { number, index } of numbers) {
      if (model.numbers.some((row) => row.number === number)) notes.push(note('NUMBER_UNAVAILABLE', 'numbers', index));
    }
    if (notes.length > 0) return refusedWith(notes);
    for (const { number } of numbers) {
      model.numbers.push({ customer, number, location: location.name, status: 'PENDING', user: null });
    }
    const plan = [['ADD_PHONE_NUMBERS', ...numbers.map(({ number }) => number)] as const];
    return doneWith({ operation: `Operation#${acceptOperation(model, customer, 'ADD_PHONE_NUMBERS', plan)}` });
  };
  const where = command.location.trim().toLowerCase();
  return isReadable ? withKey(model, key, ['addPhoneNumbers', customer, where, numbers], run) : run();
}
