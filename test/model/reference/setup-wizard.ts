// The reference model of the wizard that sets a customer up (rules S1 to S10, A12).

import type { Answer, AssignmentWords, SetupCommand, UserWords } from '../commands.ts';
import { closeDraft, isOutOfOrder, keepStep, obstacleTo, openDraft, openIssues } from './drafts.ts';
import type { Judgement } from './drafts.ts';
import { acceptOperation, isBusy } from './operations.ts';
import type { Plan } from './operations.ts';
import { note, readEmail, readLocation, readNumbers, readPersonName, readText } from './reading.ts';
import type { Note, ReadLocation } from './reading.ts';
import { doneWith, present, refusedWith } from './state.ts';
import type { Model, SetupDraft, WantedUser } from './state.ts';
import {
  below,
  customerOf,
  exceedsLimit,
  judgeEmail,
  judgeNumbers,
  judgePackage,
  judgePackageOf,
  lacksNumber,
  sameName,
} from './user-rules.ts';
import { addUser, findLocation, handNumber } from './users.ts';

type DraftUser = SetupDraft['users'][number];
type Values = Pick<SetupDraft, 'customer' | 'locations' | 'users'>;

const order = ['LOCATIONS', 'USERS', 'PHONE_NUMBERS'];

export function answerSetupCommand(model: Model, command: SetupCommand): Answer {
  if (command.kind === 'startSetupDraft') return start(model, command.customer);
  const draft = model.setupDrafts[command.draft];
  const obstacle = obstacleTo(model, draft, 'staleBy' in command ? command.staleBy : null);
  if (!draft || obstacle) return refusedWith([present(obstacle)]);
  const name = { draft: `SetupDraft#${command.draft}` };
  const keep = (step: string, notes: readonly Note[], values: Partial<Values>): Answer => {
    if (isOutOfOrder(draft, order, step)) return refusedWith([note('STEP_OUT_OF_ORDER')]);
    if (notes.length > 0) return refusedWith(notes);
    Object.assign(draft, values);
    keepStep(model, draft, step, () => judge(model, draft));
    return doneWith(name);
  };
  switch (command.kind) {
    case 'saveSetupLocations': {
      const notes: Note[] = [];
      const locations = command.locations.flatMap(
        (typed, index) => readLocation(notes, ['locations', index], typed, true) ?? [],
      );
      const names = command.locations.map((typed) => typed.name);
      return keep('LOCATIONS', [...notes, ...judgeLocations(model, draft.customer, names)], { locations });
    }
    case 'saveSetupUsers': {
      const { notes, users } = readForm(model, draft, command.users);
      return keep('USERS', notes, { users });
    }
    case 'importSetupUsers':
      return importUsers(model, draft, command.users, keep);
    case 'saveSetupPhoneNumbers': {
      const { notes, users } = assign(model, draft, command.assignments);
      return keep('PHONE_NUMBERS', notes, { users });
    }
    case 'submitSetupDraft':
      return submit(model, draft, name);
    case 'discardSetupDraft':
      closeDraft(draft, 'DISCARDED');
      return doneWith(name);
  }
}

function start(model: Model, customer: number): Answer {
  if (!model.customers[customer]) return refusedWith([note('NOT_FOUND', 'customerId')]);
  const unfit = judgeCustomer(model, customer, 'customerId');
  if (unfit.length > 0) return refusedWith(unfit);
  const values: Values = { customer, locations: [], users: [] };
  model.setupDrafts.push({ ...openDraft(model, [], judge(model, values)), ...values, operation: null });
  return doneWith({ draft: `SetupDraft#${model.setupDrafts.length - 1}` });
}

/** S1 and A12 */
function judgeCustomer(model: Model, customer: number, field: string): Note[] {
  const { status, isPartnerOwnOrganization } = customerOf(model, customer);
  const notes = isPartnerOwnOrganization ? [note('PARTNER_OWN_ORGANIZATION_API_ONLY', field)] : [];
  if (!['PROVISIONED', 'PROVISIONED_WITH_ERRORS'].includes(status)) {
    return [...notes, note('CUSTOMER_NOT_PROVISIONED', field)];
  }
  return isBusy(model, customer) ? [...notes, note('CUSTOMER_BUSY', field)] : notes;
}

function judge(model: Model, values: Values): Judgement {
  const names = values.locations.map(({ name }) => name);
  return [
    ['LOCATIONS', judgeLocations(model, values.customer, names)],
    ['USERS', judgeUsers(model, values)],
    ['PHONE_NUMBERS', judgeAllNumbers(model, values)],
  ];
}

function judgeLocations(model: Model, customer: number, names: readonly string[]): Note[] {
  return names.flatMap((name, index) => {
    if (name.trim() === '') return [];
    const isTaken =
      findLocation(model, customer, name) !== null || names.slice(0, index).some((earlier) => sameName(earlier, name));
    return isTaken ? [note('DUPLICATE', 'locations', index, 'name')] : [];
  });
}

function isLocation(model: Model, { customer, locations }: Values, name: string): boolean {
  return findLocation(model, customer, name) !== null || locations.some((added) => sameName(added.name, name));
}

function judgeUsers(model: Model, values: Values): Note[] {
  const notes = values.users.flatMap((user, index) => {
    const earlier = values.users.slice(0, index).map(({ email }) => email);
    return below(`users.${user.position}`, judgeUser(model, values, user, earlier));
  });
  return [...notes, ...judgeSeats(model, values)];
}

/** S2, S8, S9 */
function judgeUser(model: Model, values: Values, user: WantedUser, earlier: readonly string[]): Note[] {
  return [
    ...judgePackageOf(model, values.customer, user.email, user.package),
    ...judgeEmail(model, values.customer, user.email, earlier),
    ...(isLocation(model, values, user.location ?? '') ? [] : [note('NOT_FOUND', 'locationName')]),
  ];
}

function judgeSeats(model: Model, { customer, users }: Values): Note[] {
  const codes = [...new Set(users.map((user) => user.package))];
  return codes
    .filter((code) => exceedsLimit(model, customer, code, users.filter((user) => user.package === code).length))
    .map(() => note('PACKAGE_LIMIT_EXCEEDED', 'users'));
}

function judgeAllNumbers(model: Model, { customer, users }: Values): Note[] {
  return users.flatMap((user, index) => [
    ...judgeNumbers(model, customer, user, users.slice(0, index)).map((found) =>
      note(present(found.split(' ')[0]), 'assignments'),
    ),
    ...(lacksNumber(user) ? [note('NUMBER_OR_EXTENSION_REQUIRED', 'assignments')] : []),
  ]);
}

interface ReadUser {
  readonly user: DraftUser | null;
  readonly email: string | null;
}

function readUser(notes: Note[], path: readonly (string | number)[], typed: UserWords, position: number): ReadUser {
  const before = notes.length;
  const firstName = readPersonName(notes, [...path, 'firstName'], typed.firstName, typed.package);
  const lastName = readPersonName(notes, [...path, 'lastName'], typed.lastName, typed.package);
  const email = readEmail(notes, [...path, 'email'], typed.email);
  const location = readText(notes, [...path, 'locationName'], typed.locationName, 100);
  const numbers = readNumbers(notes, path, typed);
  if (notes.length > before || email === null) return { user: null, email };
  const names = `${firstName ?? ''} ${lastName ?? ''}`;
  return { user: { position, names, email, package: typed.package, location, ...numbers }, email };
}

/** Whatever can be read of a user is judged, also where something else of it cannot. */
function readForm(model: Model, draft: Values, typed: readonly UserWords[]) {
  const notes: Note[] = [];
  const rows = typed.map((words, index) => ({ words, ...readUser(notes, ['users', index], words, index) }));
  const users = rows.flatMap(({ user }) => user ?? []);
  const values = { ...draft, users };
  rows.forEach(({ words, user, email }, index) => {
    const earlier = rows.slice(0, index).flatMap((row) => row.email ?? []);
    const found = user
      ? [
          ...judgeUser(model, values, user, earlier),
          ...judgeNumbers(
            model,
            draft.customer,
            user,
            rows.slice(0, index).flatMap((row) => row.user ?? []),
          ),
        ]
      : [
          ...(email === null
            ? judgePackage(model, draft.customer, words.package)
            : [
                ...judgePackageOf(model, draft.customer, email, words.package),
                ...judgeEmail(model, draft.customer, email, earlier),
              ]),
          ...(words.locationName.trim() === '' || isLocation(model, draft, words.locationName)
            ? []
            : [note('NOT_FOUND', 'locationName')]),
        ];
    notes.push(...below(`users.${index}`, found));
  });
  notes.push(...judgeSeats(model, values));
  return { notes, users };
}

/** Good rows join the draft, by e-mail address; of the others it is told what is wrong. */
function importUsers(
  model: Model,
  draft: SetupDraft,
  typed: readonly UserWords[],
  keep: (step: string, notes: readonly Note[], values: Partial<Values>) => Answer,
): Answer {
  const read = typed.map((words) => {
    const notes: Note[] = [];
    return { ...readUser(notes, [], words, 0), notes };
  });
  const mentioned = read.flatMap(({ user }) => user?.email ?? []);
  const claimed: WantedUser[] = draft.users.filter(({ email }) => !mentioned.includes(email));
  let users = [...draft.users];
  const rejected: string[] = [];
  let imported = 0;
  for (const [index, { user, notes }] of read.entries()) {
    const found = user ? judgeRow(model, draft, user, claimed) : notes;
    if (!user || found.length > 0) {
      rejected.push(`${index + 2}: ${[...found].sort().join(', ')}`);
      continue;
    }
    claimed.push(user);
    imported++;
    const position = users.find(({ email }) => email === user.email)?.position ?? (users.at(-1)?.position ?? -1) + 1;
    users = [...users.filter(({ email }) => email !== user.email), { ...user, position }];
    users.sort((a, b) => a.position - b.position);
  }
  if (isOutOfOrder(draft, order, 'USERS')) return refusedWith([note('STEP_OUT_OF_ORDER')]);
  if (typed.length === 0) return refusedWith([note('REQUIRED', 'csv')]);
  const summary = { importedRows: imported, rejectedRows: rejected.join('; ') };
  const name = { draft: `SetupDraft#${model.setupDrafts.indexOf(draft)}` };
  if (imported === 0) return doneWith({ ...name, ...summary });
  keep('USERS', [], { users });
  return doneWith({ ...name, ...summary });
}

function judgeRow(model: Model, draft: SetupDraft, user: DraftUser, claimed: readonly WantedUser[]): Note[] {
  const emails = claimed.map(({ email }) => email);
  const seats = claimed.filter((other) => other.package === user.package).length + 1;
  return [
    ...judgeUser(model, draft, user, emails),
    ...judgeNumbers(model, draft.customer, user, claimed),
    ...(exceedsLimit(model, draft.customer, user.package, seats) ? [note('PACKAGE_LIMIT_EXCEEDED', 'package')] : []),
  ];
}

/** Those whom the form does not name keep what they have; who is named twice is what is said last. */
function assign(model: Model, draft: SetupDraft, typed: readonly AssignmentWords[]) {
  const notes: Note[] = [];
  const given = new Map<
    string,
    { index: number; isReadable: boolean } & Pick<WantedUser, 'phoneNumber' | 'extension'>
  >();
  typed.forEach((words, index) => {
    const email = words.email.trim().toLowerCase();
    const before = notes.length;
    if (given.has(email)) notes.push(note('DUPLICATE', 'assignments', index, 'email'));
    const numbers = readNumbers(notes, ['assignments', index], words);
    given.set(email, { ...numbers, index, isReadable: notes.length === before });
  });
  const users = draft.users.map((user) => {
    const { phoneNumber, extension } = given.get(user.email) ?? user;
    return { ...user, phoneNumber, extension };
  });
  for (const [email, { index }] of given) {
    if (!users.some((user) => user.email === email)) notes.push(note('NOT_FOUND', 'assignments', index, 'email'));
  }
  const judged = [
    ...users.filter(({ email }) => !given.has(email)),
    ...users.filter(({ email }) => given.get(email)?.isReadable),
  ];
  judged.forEach((user, place) => {
    const index = given.get(user.email)?.index;
    const found = judgeNumbers(model, draft.customer, user, judged.slice(0, place));
    notes.push(
      ...(index === undefined
        ? found.map((entry) => note(present(entry.split(' ')[0]), 'assignments'))
        : below(`assignments.${index}`, found)),
    );
    if (lacksNumber(user)) notes.push(note('NUMBER_OR_EXTENSION_REQUIRED', 'assignments'));
  });
  return { notes, users };
}

function submit(model: Model, draft: SetupDraft, name: { readonly draft: string }): Answer {
  const { customer, locations, users } = draft;
  const unfit = judgeCustomer(model, customer, 'draftId');
  if (unfit.length > 0) return refusedWith(unfit);
  const issues = openIssues(draft, judge(model, draft));
  if (issues.length > 0) return refusedWith(issues);
  if (locations.length + users.length === 0) return refusedWith([note('DRAFT_INCOMPLETE')]);
  addLocations(model, customer, locations);
  const numbers: string[] = [];
  const brought: string[] = [];
  for (const user of users) {
    const wanted = { ...user, location: present(findLocation(model, customer, user.location)).name };
    addUser(model, customer, wanted);
    const isKnown = model.numbers.some(({ number }) => number === user.phoneNumber);
    const number = handNumber(model, customer, wanted);
    if (number && number.status !== 'PROVISIONED') (isKnown ? brought : numbers).push(number.number);
  }
  const withNumber = users.filter(({ phoneNumber }) => phoneNumber !== null);
  const plan: Plan = [
    ['CREATE_LOCATIONS', ...locations.map((location) => location.name)],
    ['ADD_PHONE_NUMBERS', ...brought, ...numbers],
    ['CREATE_USERS', ...users.map(({ email }) => email)],
    ['ASSIGN_PHONE_NUMBERS', ...withNumber.map(({ email }) => email)],
  ];
  const steps = plan.filter(([, ...items]) => items.length > 0);
  draft.operation = acceptOperation(model, customer, 'SET_UP_CUSTOMER', steps);
  closeDraft(draft, 'SUBMITTED');
  return doneWith({ ...name, operation: `Operation#${draft.operation}` });
}

function addLocations(model: Model, customer: number, locations: readonly ReadLocation[]): void {
  for (const { name, address } of locations) {
    model.locations.push({ customer, name, kind: 'BRANCH', status: 'PENDING', countryCode: address.countryCode });
  }
}
