// A sandbox on a database of its own, and short calls to it. Each call prints what it sent and got when an expectation about its
// status fails.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { z } from 'zod';
import { startSandbox } from '../../../src/sandbox/server.ts';
import type { RunningSandbox } from '../../../src/sandbox/server.ts';
import { createTestDatabase } from '../../support/database.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Client {
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Expects the status, and the body to be of the given form. */
  get<T extends z.ZodType>(path: string, form: T): Promise<z.infer<T>>;
  expect(status: number, method: string, path: string, body?: unknown): Promise<Answer>;
}

export const address = {
  addressLine1: '1 Mill Lane',
  city: 'Springfield',
  stateOrProvince: 'IL',
  zipOrPostalCode: '62701',
  country: 'US',
};
export const headquarters = { name: 'Head Office', address, timezone: 'America/Chicago', language: 'en_us' };
export const locationAddress = {
  address1: '2 Mill Lane',
  city: 'Springfield',
  state: 'IL',
  postalCode: '62701',
  country: 'US',
};

const issues = z.array(z.object({ errorCode: z.number(), description: z.string() }));
export const customerForm = z.object({
  id: z.string(),
  orgId: z.string().optional(),
  externalId: z.string(),
  status: z.string(),
  packages: z.array(z.string()),
  resourceDetails: z.object({
    packages: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        warnings: issues.optional(),
        errors: issues.optional(),
        licenseIds: z.array(z.string()).optional(),
      }),
    ),
  }),
  errors: issues.optional(),
});
export const subscriberForm = z.object({
  id: z.string(),
  personId: z.string().optional(),
  email: z.string(),
  customerId: z.string(),
  externalCustomerId: z.string(),
  package: z.string().optional(),
  packages: z.array(z.string()),
  status: z.string(),
  errors: issues.optional(),
  created: z.string(),
  lastStatusChange: z.string(),
});
export const errorForm = z.object({ message: z.string(), errors: issues, trackingId: z.string() });
export const factsForm = z.object({
  organizationId: z.string(),
  name: z.string(),
  isSuggested: z.boolean(),
  userCount: z.number(),
  hasVerifiedDomain: z.boolean(),
  hasClaimedDomain: z.boolean(),
  isTrial: z.boolean(),
  isManagedByWholesalePartner: z.boolean(),
  isPartnerOwnOrganization: z.boolean(),
  isWholesaleCustomer: z.boolean(),
  hasBasicBranding: z.boolean(),
  licenseState: z.string(),
});
export const mailForm = z.object({
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  consentToken: z.string().nullable(),
  sentAt: z.string(),
});
export const list = <T extends z.ZodType>(form: T) => z.object({ items: z.array(form) });

export function createClient(origin: string, token: string | null): Client {
  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(origin + (path.startsWith('/sandbox') ? path : `/v1${path}`), {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  }
  async function expectStatus(status: number, method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await call(method, path, body);
    const context = `${method} ${path} ${JSON.stringify(body)} answered ${JSON.stringify(answer.body)}`;
    expect(answer.status, context).toBe(status);
    return answer;
  }
  return {
    call,
    expect: expectStatus,
    get: async (path, form) => form.parse((await expectStatus(200, 'GET', path)).body),
  };
}

export interface CustomerWishes {
  readonly name?: string;
  readonly packages?: readonly string[];
  readonly limits?: Readonly<Record<string, number>>;
  readonly externalId?: string;
  readonly orgId?: string;
}

export interface World {
  readonly acme: Client;
  readonly nordic: Client;
  /** Without a token, for the operator's calls. */
  readonly operator: Client;
  readonly databaseUrl: string;
  origin(): string;
  provisioningId: string;
  /** The body of a creation that is accepted. */
  creation(wishes?: CustomerWishes): Promise<Record<string, unknown>>;
  /** Its id. */
  createCustomer(wishes?: CustomerWishes): Promise<string>;
  customer(id: string): Promise<z.infer<typeof customerForm>>;
  advance(ms: number): Promise<void>;
  faults(faults: readonly object[], seed?: number): Promise<void>;
  effects(): Promise<z.infer<typeof effectsForm>>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const counted = z.object({ count: z.number(), partner: z.string() });
const effectsForm = z.object({
  customersCreated: z.array(counted.extend({ externalId: z.string() })),
  subscribersCreated: z.array(counted.extend({ email: z.string(), customerId: z.string() })),
  locationsCreated: z.array(counted.extend({ name: z.string(), organizationId: z.string() })),
  numbersAdded: z.array(counted.extend({ number: z.string(), organizationId: z.string() })),
});

export async function openWorld({ stageMs = 0 } = {}): Promise<World> {
  const database = await createTestDatabase();
  const start = () => startSandbox({ databaseUrl: database.url, port: 0, stageMs, log: failingLog });
  let sandbox: RunningSandbox = await start();
  // The port changes with a restart.
  const clientOf = (token: string | null): Client => ({
    call: (...args) => createClient(sandbox.origin, token).call(...args),
    expect: (...args) => createClient(sandbox.origin, token).expect(...args),
    get: (...args) => createClient(sandbox.origin, token).get(...args),
  });
  const acme = clientOf('sandbox-acme');
  const operator = clientOf(null);
  const registered = await acme.expect(200, 'POST', '/sandbox/templates', templateOf('standard'));
  const { provisioningId } = z.object({ provisioningId: z.string() }).parse(registered.body);

  const world: World = {
    acme,
    nordic: clientOf('sandbox-nordic'),
    operator,
    databaseUrl: database.url,
    origin: () => sandbox.origin,
    provisioningId,
    creation: async (wishes = {}) => ({
      provisioningId,
      externalId: wishes.externalId ?? randomUUID(),
      packages: wishes.packages ?? ['webex_calling', 'webex_meetings'],
      address,
      ...(wishes.orgId === undefined ? {} : { orgId: wishes.orgId }),
      ...(wishes.orgId === undefined || wishes.name !== undefined
        ? { customerInfo: { name: wishes.name ?? 'Corner Shop', primaryEmail: 'owner@corner.example', language: 'en' } }
        : {}),
      provisioningParameters: {
        calling: { location: headquarters },
        ...(wishes.limits === undefined ? {} : { packages: { limits: wishes.limits } }),
      },
    }),
    async createCustomer(wishes) {
      const { body } = await acme.expect(202, 'POST', '/wholesale/customers', await world.creation(wishes));
      return idIn(z.object({ url: z.string() }).parse(body).url);
    },
    customer: (id) => acme.get(`/wholesale/customers/${id}`, customerForm),
    async advance(ms) {
      await operator.expect(200, 'PUT', '/sandbox/clock', { advanceMs: ms });
    },
    async faults(faults, seed) {
      await operator.expect(200, 'PUT', '/sandbox/faults', { faults, ...(seed === undefined ? {} : { seed }) });
    },
    effects: () => operator.get('/sandbox/effects', effectsForm),
    async restart() {
      await sandbox.close();
      sandbox = await start();
    },
    async close() {
      await sandbox.close();
      await database.drop();
    },
  };
  return world;
}

export function templateOf(templateId: string, overrides: object = {}) {
  return {
    templateId,
    name: 'Standard',
    country: 'US',
    subscriptionNumber: 'Sub100001',
    authenticationMethod: 'WEBEX',
    identityProvider: null,
    pstnProviderId: null,
    restrictAdminInviteEmails: false,
    brandName: 'Acme Voice',
    disableCallOnWebex: false,
    ...overrides,
  };
}

export function idIn(url: string): string {
  return url.split('/').at(-1) ?? '';
}

export function codesOf(answer: Answer): number[] {
  return errorForm.parse(answer.body).errors.map(({ errorCode }) => errorCode);
}

/** A warning or an error of the sandbox itself is a failure of the test. */
const failingLog = {
  info: () => undefined,
  warn(fields: object, message: string) {
    throw new Error(`${message}: ${JSON.stringify(fields)}`);
  },
  error(fields: object, message: string) {
    throw new Error(`${message}: ${JSON.stringify(fields)}`, { cause: fields });
  },
};
