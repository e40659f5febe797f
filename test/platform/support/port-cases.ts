// Every method of the port as the suite of its contract tries it: which requests a fault has to hit, and for writes how it is told
// whether they have had their effect. What only the sandbox has (consents) is left to its own tests.

import type { PartnerPlatform } from '../../../src/platform/port.ts';
import { createCustomerRequest, createUserRequest, locationRequest } from './requests.ts';

/** What there is before a method is tried. */
export interface Stage {
  readonly customerId: string;
  readonly organizationId: string;
  readonly externalId: string;
  readonly locationId: string;
  readonly userId: string;
  readonly personId: string;
  readonly provisioningId: string;
  /** To be detached. */
  readonly otherCustomerId: string;
}

export interface Case {
  readonly method: keyof PartnerPlatform;
  /** The requests that the fault hits. */
  readonly hits: { readonly method: string; readonly path: string };
  /** @param mark new for each try, for what the method makes: begins with a number of its own */
  call(port: PartnerPlatform, stage: Stage, mark: string): Promise<unknown>;
  /** A write's: whether it has had its effect. */
  readonly isDone?: (port: PartnerPlatform, stage: Stage, mark: string) => Promise<boolean>;
}

const emailOf = (mark: string) => `${mark}@example.com`;
/** Numbers and extensions that mean nothing special to the sandbox: which it is, is in the mark. */
const ordinalOf = (mark: string) => Number.parseInt(mark, 10);
const numberOf = (mark: string) => `+1214555${2_001 + ordinalOf(mark)}`;
export const userOf = ({ customerId, locationId }: Stage, mark: string) => ({
  ...createUserRequest,
  customerPlatformId: customerId,
  email: emailOf(mark),
  package: 'WEBEX_CALLING' as const,
  calling: {
    locationPlatformId: locationId,
    phoneNumber: null,
    extension: `${2_001 + ordinalOf(mark)}`,
  },
});
const customerOf = ({ provisioningId }: Stage, mark: string) => ({
  ...createCustomerRequest,
  provisioningId,
  externalId: mark,
  packages: [{ package: 'WEBEX_CALLING' as const, limit: null }],
});
const get = (path: string) => ({ method: 'GET', path });

export const cases: readonly Case[] = [
  {
    method: 'findCustomerByExternalId',
    hits: get('/wholesale/customers'),
    call: (port, { externalId }) => port.findCustomerByExternalId(externalId),
  },
  {
    method: 'getCustomer',
    hits: get('/wholesale/customers/*'),
    call: (port, { customerId }) => port.getCustomer(customerId),
  },
  { method: 'listCustomers', hits: get('/wholesale/customers'), call: (port) => port.listCustomers() },
  { method: 'listCustomerPage', hits: get('/wholesale/customers'), call: (port) => port.listCustomerPage(null) },
  { method: 'listSubPartners', hits: get('/wholesale/subPartners'), call: (port) => port.listSubPartners() },
  { method: 'listPeople', hits: get('/people'), call: (port, { organizationId }) => port.listPeople(organizationId) },
  {
    method: 'listLocations',
    hits: get('/locations'),
    call: (port, { organizationId }) => port.listLocations(organizationId),
  },
  {
    method: 'listNumbers',
    hits: get('/telephony'),
    call: (port, { organizationId }) => port.listNumbers(organizationId),
  },
  {
    method: 'validateNumbers',
    hits: { method: 'POST', path: '/telephony' },
    call: (port, { organizationId }) => port.validateNumbers(organizationId, ['+12145550199']),
  },
  {
    method: 'listUsers',
    hits: get('/wholesale/subscribers'),
    call: (port, { customerId }) => port.listUsers(customerId),
  },
  { method: 'listAllUsers', hits: get('/wholesale/subscribers'), call: (port) => port.listAllUsers() },
  {
    method: 'listChangedUsers',
    hits: get('/wholesale/subscribers'),
    call: (port) => port.listChangedUsers(new Date(0)),
  },
  { method: 'getUser', hits: get('/wholesale/subscribers/*'), call: (port, { userId }) => port.getUser(userId) },
  {
    method: 'getOrganization',
    hits: get('/**'),
    call: (port, { organizationId }) => port.getOrganization(organizationId),
  },
  { method: 'findOrganizations', hits: get('/**'), call: (port) => port.findOrganizations('admin@verified.example') },
  { method: 'listMails', hits: get('/**'), call: (port) => port.listMails(null) },
  {
    method: 'precheckCustomer',
    hits: { method: 'POST', path: '/wholesale/customers/validate' },
    call: (port, stage, mark) => port.precheckCustomer(customerOf(stage, mark)),
  },
  {
    method: 'precheckUser',
    hits: { method: 'POST', path: '/wholesale/subscribers/validate' },
    call: (port, stage, mark) => port.precheckUser(userOf(stage, mark)),
  },
  {
    method: 'createCustomer',
    hits: { method: 'POST', path: '/wholesale/customers' },
    call: (port, stage, mark) => port.createCustomer(customerOf(stage, mark)),
    isDone: async (port, _stage, mark) => (await port.findCustomerByExternalId(mark)) !== null,
  },
  {
    method: 'createLocation',
    hits: { method: 'POST', path: '/locations' },
    call: (port, { organizationId }, mark) => port.createLocation(organizationId, { ...locationRequest, name: mark }),
    isDone: async (port, { organizationId }, mark) =>
      (await port.listLocations(organizationId)).some(({ name }) => name === mark),
  },
  {
    method: 'addNumbers',
    hits: { method: 'POST', path: '/telephony' },
    call: (port, { organizationId, locationId }, mark) => port.addNumbers(organizationId, locationId, [numberOf(mark)]),
    isDone: async (port, { organizationId }, mark) =>
      (await port.listNumbers(organizationId)).some(({ number }) => number === numberOf(mark)),
  },
  {
    method: 'createUser',
    hits: { method: 'POST', path: '/wholesale/subscribers' },
    call: (port, stage, mark) => port.createUser(userOf(stage, mark)),
    isDone: async (port, { customerId }, mark) =>
      (await port.listUsers(customerId, { email: emailOf(mark) })).length === 1,
  },
  {
    method: 'updateUser',
    hits: { method: 'PUT', path: '/wholesale/subscribers' },
    call: (port, { userId }) => port.updateUser(userId, { package: 'WEBEX_MEETINGS', calling: null }),
    isDone: async (port, { userId }) => (await port.getUser(userId))?.package === 'WEBEX_MEETINGS',
  },
  {
    method: 'assignRoles',
    hits: { method: 'PUT', path: '/people' },
    call: (port, { organizationId, personId }) => port.assignRoles(organizationId, personId, ['FULL_ADMIN']),
    isDone: async (port, { organizationId, personId }) =>
      (await port.listPeople(organizationId))
        .find((person) => person.personId === personId)
        ?.roles.includes('FULL_ADMIN') === true,
  },
  {
    method: 'removeUser',
    hits: { method: 'DELETE', path: '/wholesale/subscribers' },
    call: (port, { userId }) => port.removeUser(userId),
    isDone: async (port, { userId }) => (await port.getUser(userId)) === null,
  },
  {
    method: 'updateCustomer',
    hits: { method: 'PUT', path: '/wholesale/customers' },
    call: (port, stage) =>
      port.updateCustomer(stage.customerId, {
        ...customerOf(stage, stage.externalId),
        packages: [
          { package: 'WEBEX_CALLING', limit: null },
          { package: 'WEBEX_MEETINGS', limit: null },
          { package: 'WEBEX_SUITE', limit: null },
        ],
      }),
    isDone: async (port, { customerId }) =>
      (await port.getCustomer(customerId))?.packages.some((entry) => entry.package === 'WEBEX_SUITE') === true,
  },
  {
    method: 'detachCustomer',
    hits: { method: 'DELETE', path: '/wholesale/customers' },
    call: (port, { otherCustomerId }) => port.detachCustomer(otherCustomerId),
    isDone: async (port, { otherCustomerId }) => {
      const customer = await port.getCustomer(otherCustomerId);
      return customer === null || customer.status === 'DELETING';
    },
  },
];
