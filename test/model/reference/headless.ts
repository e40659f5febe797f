// The reference model of a customer that is created, changed or detached without a wizard (rules C1 to C7, U1, U4 to U6).

import type { Answer, KeyedCommand, PackageWords } from '../commands.ts';
import { attachOf } from './attach.ts';
import { catalogueOrder } from './facts.ts';
import { readKey, withKey } from './keyed.ts';
import {
  addHeadquarters,
  createCustomer,
  isExternalIdTaken,
  judgeHeadquartersAddress,
  judgeInvitation,
  judgeOrganization,
  judgeTemplate,
} from './new-customer.ts';
import { acceptOperation, isBusy } from './operations.ts';
import {
  bringsCalling,
  judgePackageList,
  note,
  readAddress,
  readCompanyName,
  readEmail,
  readLocation,
  readText,
} from './reading.ts';
import type { Note } from './reading.ts';
import { doneWith, present, refusedWith } from './state.ts';
import type { Customer, Model } from './state.ts';

type Command<Kind extends KeyedCommand['kind']> = Extract<KeyedCommand, { readonly kind: Kind }>;

export function provisionCustomer(model: Model, command: Command<'provisionCustomer'>): Answer {
  const notes: Note[] = [];
  const key = readKey(notes, command.key);
  const { organizationId, packages, customerInformation } = command;
  if (organizationId === null && !customerInformation) notes.push(note('REQUIRED', 'customerInformation'));
  notes.push(...judgePackageList(packages));
  const externalId = readText(notes, ['externalId'], command.externalId, 255);
  const billing = readAddress(notes, ['billingAddress'], command.billingAddress);
  const information = customerInformation && {
    companyName: readCompanyName(notes, ['customerInformation', 'companyName'], customerInformation.companyName),
    adminEmail: readEmail(notes, ['customerInformation', 'adminEmail'], customerInformation.adminEmail),
  };
  const headquarters = command.headquarters && readLocation(notes, ['headquarters'], command.headquarters);
  if (headquarters) notes.push(...judgeHeadquartersAddress(headquarters, packages, ['headquarters', 'address']));
  if (!command.headquarters && bringsCalling(packages)) notes.push(note('CALLING_LOCATION_REQUIRED', 'headquarters'));
  const isReadable = notes.length === 0;
  const named = model.templates[command.template]?.provisioningId ?? null;
  const template = named === null ? -1 : command.template;
  const judge = (): Answer => {
    if (organizationId !== null && !attachOf(organizationId))
      notes.push(note('ORGANIZATION_NOT_FOUND', 'organizationId'));
    notes.push(
      ...judgeTemplate(model, template, 'provisioningId'),
      ...judgeInvitation(model, template, organizationId, 'provisioningId'),
      ...judgeOrganization(model, organizationId),
    );
    if (externalId !== null && isExternalIdTaken(model, externalId))
      notes.push(note('EXTERNAL_ID_TAKEN', 'externalId'));
    if (notes.length > 0) return refusedWith(notes);
    if (command.validateOnly) return doneWith({ customer: null, operation: null });
    const { customer, operation } = createCustomer(model, {
      companyName: information?.companyName ?? null,
      adminEmail: information?.adminEmail ?? null,
      externalId: present(externalId),
      template,
      organizationId,
      packages,
      billing: present(billing),
      headquarters,
    });
    return doneWith({ customer: `Customer#${customer}`, operation: `Operation#${operation}` });
  };
  if (!isReadable || command.validateOnly) return judge();
  const understood = ['provisionCustomer', named, externalId, packages, billing];
  return withKey(model, key, [...understood, organizationId, information, headquarters], judge);
}

export function updateCustomer(model: Model, command: Command<'updateCustomer'>): Answer {
  const notes: Note[] = [];
  const key = readKey(notes, command.key);
  const { packages } = command;
  if (packages) notes.push(...judgePackageList(packages));
  const externalId = command.externalId === null ? null : readText(notes, ['externalId'], command.externalId, 255);
  const billing = command.billingAddress && readAddress(notes, ['billingAddress'], command.billingAddress);
  const headquarters = command.headquarters && readLocation(notes, ['headquarters'], command.headquarters);
  const given = [packages, command.externalId, command.billingAddress, command.headquarters];
  if (given.every((value) => value === null)) notes.push(note('REQUIRED'));
  const isReadable = notes.length === 0;
  const run = (): Answer => {
    const customer = model.customers[command.customer];
    if (!customer) return refusedWith([...notes, note('NOT_FOUND', 'customerId')]);
    const name = `Customer#${command.customer}`;
    notes.push(...judgeChangeable(model, command.customer, ['PROVISIONED', 'PROVISIONED_WITH_ERRORS']));
    if (packages) notes.push(...judgeUse(model, command.customer, customer, packages));
    notes.push(...judgeHeadquarters(model, command, customer));
    if (externalId !== null && isExternalIdTaken(model, externalId, command.customer)) {
      notes.push(note('EXTERNAL_ID_TAKEN', 'externalId'));
    }
    if (notes.length > 0) return refusedWith(notes);
    if (command.validateOnly) return doneWith({ customer: name, operation: null });
    if (externalId !== null) customer.externalId = externalId;
    if (billing) customer.billingCountryCode = billing.countryCode;
    if (headquarters) addHeadquarters(model, command.customer, headquarters);
    const operation = changePackages(model, command.customer, customer, packages);
    return doneWith({ customer: name, operation: `Operation#${operation}` });
  };
  if (!isReadable || command.validateOnly) return run();
  const understood = ['updateCustomer', command.customer, packages, externalId, billing];
  return withKey(model, key, [...understood, headquarters], run);
}

function judgeChangeable(model: Model, customer: number, fit: readonly string[]): Note[] {
  if (isBusy(model, customer)) return [note('CUSTOMER_BUSY', 'customerId')];
  return fit.includes(present(model.customers[customer]).status)
    ? []
    : [note('CUSTOMER_NOT_PROVISIONED', 'customerId')];
}

/** U1, U5 and C7: what users have stays, and as often as they have it. */
function judgeUse(model: Model, ref: number, customer: Customer, wanted: readonly PackageWords[]): Note[] {
  const users = (code: string) =>
    model.users.filter((user) => !user.isGone && user.customer === ref && user.package === code).length;
  const kept = wanted.map(({ package: code }) => code);
  const removed = [...customer.packages.keys()].filter((code) => !kept.includes(code));
  return [
    ...removed.filter((code) => users(code) > 0).map(() => note('PACKAGE_IN_USE', 'packages')),
    ...wanted.flatMap(({ package: code, limit }, index) =>
      limit !== null && limit >= 0 && users(code) > limit
        ? [note('PACKAGE_LIMIT_EXCEEDED', 'packages', index, 'limit')]
        : [],
    ),
  ];
}

/** C5: the first calling package comes with a headquarters, which is given then and at no other time. */
function judgeHeadquarters(model: Model, command: Command<'updateCustomer'>, customer: Customer): Note[] {
  const has = model.locations.some(({ customer: of, kind }) => of === command.customer && kind === 'HEADQUARTERS');
  const list = command.packages ?? [...customer.packages.keys()].map((code) => ({ package: code }));
  if (!command.headquarters) {
    return !has && bringsCalling(list) ? [note('CALLING_LOCATION_REQUIRED', 'headquarters')] : [];
  }
  return has || !bringsCalling(list) ? [note('INVALID_VALUE', 'headquarters')] : [];
}

function changePackages(model: Model, ref: number, customer: Customer, list: readonly PackageWords[] | null): number {
  const told: (readonly [string, string | null, string])[] = [['CUSTOMER_STATUS_CHANGED', customer.status, 'UPDATING']];
  customer.status = 'UPDATING';
  const before = [...customer.packages].map(([code, { limit }]) => ({ package: code, limit }));
  before.sort((a, b) => catalogueOrder(a.package) - catalogueOrder(b.package));
  const wanted = list ?? before;
  for (const { package: code, limit } of wanted) {
    const row = customer.packages.get(code);
    if (row?.status === 'ERROR') told.push(['PACKAGE_STATUS_CHANGED', 'ERROR', 'PROVISIONING']);
    const status = row && row.status !== 'ERROR' ? row.status : 'PROVISIONING';
    customer.packages.set(code, { status, limit });
  }
  const removed = before.map((row) => row.package).filter((code) => !wanted.some((row) => row.package === code));
  for (const code of removed) {
    const row = customer.packages.get(code);
    if (!row) continue;
    told.push(['PACKAGE_STATUS_CHANGED', row.status, 'DELETING']);
    row.status = 'DELETING';
  }
  const items = [...wanted.map((row) => row.package), ...removed];
  return acceptOperation(model, ref, 'UPDATE_CUSTOMER', [['UPDATE_PACKAGES', ...items]], told);
}

export function detachCustomer(model: Model, command: Command<'detachCustomer'>): Answer {
  const notes: Note[] = [];
  const key = readKey(notes, command.key);
  if (notes.length > 0) return refusedWith(notes);
  return withKey(model, key, ['detachCustomer', command.customer], () => {
    const customer = model.customers[command.customer];
    if (!customer) return refusedWith([note('NOT_FOUND', 'customerId')]);
    const unfit = judgeChangeable(model, command.customer, ['PROVISIONED', 'PROVISIONED_WITH_ERRORS', 'ERROR']);
    if (unfit.length > 0) return refusedWith(unfit);
    const told: (readonly [string, string | null, string])[] = [
      ['CUSTOMER_STATUS_CHANGED', customer.status, 'DELETING'],
    ];
    customer.status = 'DELETING';
    const rows = [...customer.packages].sort(([a], [b]) => catalogueOrder(a) - catalogueOrder(b));
    for (const [, row] of rows) {
      told.push(['PACKAGE_STATUS_CHANGED', row.status, 'DELETING']);
      row.status = 'DELETING';
    }
    const plan = [['DETACH_SUBSCRIPTION', `Customer#${command.customer}`] as const];
    const operation = acceptOperation(model, command.customer, 'DETACH_CUSTOMER', plan, told);
    return doneWith({ customer: `Customer#${command.customer}`, operation: `Operation#${operation}` });
  });
}
