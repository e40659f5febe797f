// The reference model of users without the wizard: created, changed, removed, given roles (rules S1 to S11, U3).

import type { Answer, UserCommand } from '../commands.ts';
import { isDowngrade, packageFacts } from './facts.ts';
import { readKey, withKey } from './keyed.ts';
import { acceptOperation, isUnderWay } from './operations.ts';
import type { Plan } from './operations.ts';
import { note, readEmail, readNumbers, readPersonName } from './reading.ts';
import type { Note } from './reading.ts';
import { doneWith, present, refusedWith } from './state.ts';
import type { Location, Model, PhoneNumber, User, WantedUser } from './state.ts';
import {
  exceedsLimit,
  judgeEmail,
  judgeNumbers,
  judgePackage,
  judgePackageOf,
  judgeServed,
  lacksNumber,
  sameName,
} from './user-rules.ts';

type Command<Kind extends UserCommand['kind']> = Extract<UserCommand, { readonly kind: Kind }>;

export function findLocation(model: Model, customer: number, name: string | null): Location | null {
  if (name === null) return null;
  return model.locations.find((location) => location.customer === customer && sameName(location.name, name)) ?? null;
}

function headquartersOf(model: Model, customer: number): Location | null {
  return model.locations.find((location) => location.customer === customer && location.kind === 'HEADQUARTERS') ?? null;
}

export function provisionUser(model: Model, command: Command<'provisionUser'>): Answer {
  const notes: Note[] = [];
  const key = readKey(notes, command.key);
  const { customer, user } = command;
  const names = [
    readPersonName(notes, ['firstName'], user.firstName, user.package),
    readPersonName(notes, ['lastName'], user.lastName, user.package),
  ];
  const email = readEmail(notes, ['email'], user.email);
  const isPersonReadable = !names.includes(null) && email !== null;
  const beforeNumbers = notes.length;
  const numbers = readNumbers(notes, [], user);
  const areNumbersReadable = notes.length === beforeNumbers;
  const isReadable = notes.length === 0;
  const { calling } = packageFacts(user.package);
  const run = (): Answer => {
    if (!model.customers[customer]) return refusedWith([...notes, note('NOT_FOUND', 'customerId')]);
    notes.push(...judgeServed(model, customer, 'customerId'));
    const named = findLocation(model, customer, command.location);
    if (command.location !== null && named === null) notes.push(note('NOT_FOUND', 'locationId'));
    const location = command.location === null && calling ? headquartersOf(model, customer) : named;
    if (location?.status === 'ERROR') notes.push(note('INVALID_VALUE', 'locationId'));
    if (email !== null) notes.push(...judgeEmail(model, customer, email, []));
    notes.push(
      ...(email === null
        ? judgePackage(model, customer, user.package)
        : judgePackageOf(model, customer, email, user.package)),
    );
    if (!isPersonReadable) return refusedWith(notes);
    const wanted = { email, package: user.package, location: location?.name ?? null, ...numbers };
    notes.push(...judgeNumbers(model, customer, wanted, []));
    if (exceedsLimit(model, customer, user.package, 1)) notes.push(note('PACKAGE_LIMIT_EXCEEDED', 'package'));
    if (calling && location === null && command.location === null) {
      notes.push(note('CALLING_LOCATION_REQUIRED', 'locationId'));
    }
    if (areNumbersReadable && lacksNumber(wanted)) notes.push(note('NUMBER_OR_EXTENSION_REQUIRED', 'phoneNumber'));
    if (notes.length > 0) return refusedWith(notes);
    if (command.validateOnly) return doneWith({ operation: null });
    addUser(model, customer, wanted);
    const plan = planFor(model, customer, wanted, 'CREATE_USERS');
    return doneWith({ operation: `Operation#${acceptOperation(model, customer, 'CREATE_USER', plan)}` });
  };
  if (!isReadable || command.validateOnly) return run();
  return withKey(model, key, ['provisionUser', customer, names, email, user.package, numbers, place(command)], run);
}

/** Whoever names a location by other letters means the same one. */
function place({ location }: { readonly location: string | null }): string | null {
  return location?.trim().toLowerCase() ?? null;
}

export function addUser(model: Model, customer: number, wanted: WantedUser): void {
  const { origin, adminEmail } = present(model.customers[customer]);
  const { email, package: code, location, extension } = wanted;
  model.users.push({
    ...{ customer, email, package: code, location, extension },
    status: 'PENDING',
    // C8 and A7
    isCustomerAdmin: origin === 'NEW' && email === adminEmail,
    isThere: false,
    isGone: false,
  });
}

/** Gives the number, where there is one. Null: the user gets none. */
export function handNumber(model: Model, customer: number, wanted: WantedUser): PhoneNumber | null {
  const { phoneNumber: number, location, email } = wanted;
  if (number === null || location === null) return null;
  let known = model.numbers.find((row) => row.number === number);
  if (!known) model.numbers.push((known = { customer, number, location, status: 'PENDING', user: null }));
  known.user = email;
  if (known.status !== 'PROVISIONED') known.status = 'PENDING';
  return known;
}

function planFor(model: Model, customer: number, wanted: WantedUser, kind: string): Plan {
  const number = handNumber(model, customer, wanted);
  return [
    ...(number && number.status !== 'PROVISIONED' ? [['ADD_PHONE_NUMBERS', number.number] as const] : []),
    [kind, wanted.email],
    ...(number ? [['ASSIGN_PHONE_NUMBERS', wanted.email] as const] : []),
  ];
}

function isBusyWith(model: Model, { customer, status }: User): boolean {
  if (!['PENDING', 'UPDATING', 'DELETING'].includes(status)) return false;
  const kinds = ['SET_UP_CUSTOMER', 'CREATE_USER', 'UPDATE_USER', 'REMOVE_USER'];
  return model.operations.some(
    (operation) => operation.customer === customer && kinds.includes(operation.kind) && isUnderWay(operation),
  );
}

export function updateUser(model: Model, command: Command<'updateUser'>): Answer {
  const notes: Note[] = [];
  const key = readKey(notes, command.key);
  const beforeNumbers = notes.length;
  const numbers = readNumbers(notes, [], command);
  const areNumbersReadable = notes.length === beforeNumbers;
  const isReadable = notes.length === 0;
  const run = (): Answer => {
    const user = model.users[command.person];
    if (!user || user.isGone) return refusedWith([...notes, note('NOT_FOUND', 'userId')]);
    const { customer } = user;
    notes.push(...judgeServed(model, customer, 'userId'));
    if (isBusyWith(model, user)) notes.push(note('USER_BUSY', 'userId'));
    const isThere = user.status === 'PROVISIONED' || (user.status === 'ERROR' && user.isThere);
    if (!isThere && !['UPDATING', 'DELETING'].includes(user.status)) notes.push(note('USER_NOT_PROVISIONED', 'userId'));
    const code = command.package ?? user.package;
    const begins = packageFacts(code).calling && !packageFacts(user.package).calling;
    const named = command.location ?? user.location;
    const location = named === null ? headquartersOf(model, customer) : findLocation(model, customer, named);
    const wanted = { email: user.email, package: code, location: location?.name ?? null, ...numbers };
    notes.push(...judgeChange(model, command, user, wanted, areNumbersReadable, begins, location));
    if (notes.length > 0) return refusedWith(notes);
    const told = [['USER_STATUS_CHANGED', user.status, 'UPDATING']] as const;
    const plan: Plan = begins ? planFor(model, customer, wanted, 'UPDATE_USERS') : [['UPDATE_USERS', user.email]];
    Object.assign(user, { status: 'UPDATING', package: code });
    if (begins) Object.assign(user, { location: wanted.location, extension: numbers.extension });
    return doneWith({ operation: `Operation#${acceptOperation(model, customer, 'UPDATE_USER', plan, told)}` });
  };
  if (!isReadable) return run();
  return withKey(model, key, ['updateUser', command.person, command.package, place(command), numbers], run);
}

function judgeChange(
  model: Model,
  command: Command<'updateUser'>,
  user: User,
  wanted: WantedUser,
  areNumbersReadable: boolean,
  begins: boolean,
  location: Location | null,
): Note[] {
  const { customer } = user;
  const has = {
    locationId: user.location,
    phoneNumber: model.numbers.find((row) => row.customer === customer && row.user === user.email)?.number ?? null,
    extension: user.extension,
  };
  const wishes = { locationId: command.location, phoneNumber: wanted.phoneNumber, extension: wanted.extension };
  const fields = ['locationId', 'phoneNumber', 'extension'] as const;
  const differs = fields.filter((field) => {
    const wish = wishes[field];
    if (wish === null) return false;
    return field === 'locationId' ? has[field] === null || !sameName(wish, has[field]) : wish !== has[field];
  });
  const isOther = wanted.package !== user.package;
  if (!isOther && differs.length === 0 && areNumbersReadable) return [note('INVALID_VALUE', 'package')];
  const notes: Note[] = [];
  if (isOther) notes.push(...judgePackage(model, customer, wanted.package));
  if (isOther && exceedsLimit(model, customer, wanted.package, 1))
    notes.push(note('PACKAGE_LIMIT_EXCEEDED', 'package'));
  const isAdmin = user.isCustomerAdmin || user.email === present(model.customers[customer]).adminEmail;
  if (isAdmin && isDowngrade([user.package], wanted.package)) notes.push(note('ADMIN_PACKAGE_DOWNGRADE', 'package'));
  if (!begins) {
    const { calling } = packageFacts(wanted.package);
    // U3
    for (const field of fields) {
      if (wishes[field] === null) continue;
      if (field !== 'locationId' && !calling) notes.push(note('NUMBER_NOT_ALLOWED', field));
      else if (differs.includes(field)) notes.push(note('INVALID_VALUE', field));
    }
    return notes;
  }
  notes.push(...judgeNumbers(model, customer, wanted, []));
  if (location === null) {
    notes.push(note(command.location === null ? 'CALLING_LOCATION_REQUIRED' : 'NOT_FOUND', 'locationId'));
  } else if (location.status === 'ERROR') notes.push(note('INVALID_VALUE', 'locationId'));
  if (areNumbersReadable && lacksNumber(wanted)) notes.push(note('NUMBER_OR_EXTENSION_REQUIRED', 'phoneNumber'));
  return notes;
}

export function answerUserCommand(model: Model, command: Command<'removeUser' | 'assignRoles'>): Answer {
  const notes: Note[] = [];
  const key = readKey(notes, command.key);
  const roles = command.kind === 'assignRoles' ? command.roles : [];
  roles.forEach((role, index) => {
    if (roles.indexOf(role) < index) notes.push(note('DUPLICATE', 'roles', index));
  });
  const isReadable = notes.length === 0;
  const run = (): Answer => {
    const user = model.users[command.person];
    if (!user || user.isGone) return refusedWith([...notes, note('NOT_FOUND', 'userId')]);
    notes.push(...judgeServed(model, user.customer, 'userId'));
    if (command.kind === 'assignRoles') {
      if (user.status !== 'PROVISIONED') notes.push(note('USER_NOT_PROVISIONED', 'userId'));
    } else if (isBusyWith(model, user)) notes.push(note('USER_BUSY', 'userId'));
    if (notes.length > 0) return refusedWith(notes);
    if (command.kind === 'assignRoles') {
      const operation = acceptOperation(model, user.customer, 'ASSIGN_ROLES', [['ASSIGN_ROLES', user.email]]);
      return doneWith({ operation: `Operation#${operation}` });
    }
    const told = user.status === 'DELETING' ? [] : [['USER_STATUS_CHANGED', user.status, 'DELETING'] as const];
    user.status = 'DELETING';
    const operation = acceptOperation(model, user.customer, 'REMOVE_USER', [['REMOVE_USERS', user.email]], told);
    return doneWith({ operation: `Operation#${operation}` });
  };
  return isReadable ? withKey(model, key, [command.kind, command.person, [...roles].sort()], run) : run();
}
