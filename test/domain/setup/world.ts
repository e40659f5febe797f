// A partner with a provisioned customer in a database of its own, and the wizard's steps as short calls, for the tests of
// the set-up wizard.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Prisma } from '../../../src/database/generated/client.ts';
import type { PackageCode, PhoneNumberStatus } from '../../../src/database/generated/enums.ts';
import { openJobQueue } from '../../../src/database/jobs.ts';
import type { LocationInput } from '../../../src/domain/address.ts';
import type { DomainContext } from '../../../src/domain/context.ts';
import type { PlatformDirectory } from '../../../src/domain/directory.ts';
import { parseSteps } from '../../../src/domain/draft/steps.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { saveSetupLocations } from '../../../src/domain/setup/save-locations.ts';
import { saveSetupPhoneNumbers } from '../../../src/domain/setup/save-phone-numbers.ts';
import { saveSetupUsers } from '../../../src/domain/setup/save-users.ts';
import type { SetupUserInput } from '../../../src/domain/setup/setup-user.ts';
import { startSetupDraft } from '../../../src/domain/setup/start-draft.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { createTestDatabase } from '../../support/database.ts';

export const startOfTest = new Date('2026-03-01T09:00:00.000Z');

/** The wizard needs nothing of the platform while a person waits. */
const silentDirectory: PlatformDirectory = {
  facts: { kind: 'SANDBOX', issuesProvisioningIds: true, assessesAttach: true, carriesConsentAnswers: true },
  isAway: () => false,
  registerTemplate: () => Promise.reject(new Error('the set-up wizard registers no template')),
  findOrganizations: () => Promise.resolve([]),
  getOrganization: () => Promise.resolve(null),
  precheckCustomer: () => Promise.resolve(),
  answerConsent: () => Promise.reject(new Error('the set-up wizard asks nobody for consent')),
  resendAttachConsent: () => Promise.reject(new Error('the set-up wizard asks nobody for consent')),
  withdrawAttachConsent: () => Promise.resolve(),
  resendUserConsent: () => Promise.resolve(),
  listMails: () => Promise.resolve([]),
};

export interface CustomerWishes extends Partial<Prisma.CustomerUncheckedCreateInput> {
  readonly codes?: readonly PackageCode[];
  readonly limits?: Partial<Record<PackageCode, number>>;
}

export async function openWorld() {
  const testDatabase = await createTestDatabase();
  const { database } = testDatabase;
  const jobs = await openJobQueue({
    url: testDatabase.url,
    poolSize: 2,
    worker: false,
    onError(error) {
      throw error;
    },
  });
  let now = startOfTest;
  const context: DomainContext = {
    database,
    jobs,
    directory: silentDirectory,
    now: () => now,
    draftLifetimeMs: 60 * 60 * 1000,
  };

  async function addPartner(slug: string): Promise<Viewer> {
    const { id } = await database.partner.create({ data: { slug, name: slug, dataRegion: 'US' } });
    return {
      partnerId: id,
      partnerSlug: slug,
      subject: `${slug}-operator`,
      email: null,
      roles: ['FULL_ADMIN'],
      scopes: [],
    };
  }

  async function addCustomer(owner: Viewer, { codes, limits, ...wishes }: CustomerWishes = {}): Promise<string> {
    const packages = codes ?? ['WEBEX_CALLING', 'WEBEX_MEETINGS'];
    const { id } = await database.customer.create({
      data: {
        partnerId: owner.partnerId,
        companyName: 'Blue Bottle',
        adminEmail: 'boss@blue.example',
        externalId: randomUUID(),
        status: 'PROVISIONED',
        billingAddressLine1: '1 Mill Lane',
        billingCity: 'Springfield',
        billingCountryCode: 'US',
        dataRegion: 'US',
        ...wishes,
        packages: {
          create: packages.map((code) => ({ code, status: 'PROVISIONED' as const, limit: limits?.[code] ?? null })),
        },
        locations: {
          create: { partnerId: owner.partnerId, kind: 'HEADQUARTERS', status: 'PROVISIONED', ...site('Headquarters') },
        },
      },
    });
    return id;
  }

  async function headquartersOf(customerId: string) {
    return database.location.findFirstOrThrow({ where: { customerId, kind: 'HEADQUARTERS' } });
  }

  /** A number at the customer's headquarters that nobody has. */
  async function addNumber(
    customerId: string,
    number: string,
    status: PhoneNumberStatus = 'PROVISIONED',
  ): Promise<string> {
    const { id: locationId, partnerId } = await headquartersOf(customerId);
    return (await database.phoneNumber.create({ data: { partnerId, customerId, locationId, number, status } })).id;
  }

  /** A user at the customer's headquarters. */
  async function addUser(
    customerId: string,
    { email, phoneNumber, extension = null }: { email: string; phoneNumber?: string; extension?: string | null },
  ): Promise<string> {
    const { id: locationId, partnerId } = await headquartersOf(customerId);
    const { id } = await database.user.create({
      data: {
        partnerId,
        customerId,
        locationId,
        firstName: 'Old',
        lastName: 'Hand',
        email,
        package: 'WEBEX_CALLING',
        extension,
        status: 'PROVISIONED',
      },
    });
    if (phoneNumber) {
      const numberId = await addNumber(customerId, phoneNumber);
      await database.phoneNumber.update({ where: { id: numberId }, data: { userId: id } });
    }
    return id;
  }

  const viewer = await addPartner('acme');

  async function startDraft(customerId: string): Promise<string> {
    return accepted(await startSetupDraft(context, viewer, { customerId })).draftId;
  }

  return {
    context,
    viewer,
    addPartner,
    addCustomer,
    addNumber,
    addUser,
    startDraft,
    moveClock(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds);
    },
    /** A new draft with the given locations and users saved. */
    async draftWith(customerId: string, locations: readonly LocationInput[], users: readonly SetupUserInput[]) {
      const draftId = await startDraft(customerId);
      accepted(await saveSetupLocations(context, viewer, { draftId, locations }));
      accepted(await saveSetupUsers(context, viewer, { draftId, users }));
      return draftId;
    },
    /** As draftWith, with all numbers confirmed: ready to submit. */
    async readyDraft(customerId: string, locations: readonly LocationInput[], users: readonly SetupUserInput[]) {
      const draftId = await this.draftWith(customerId, locations, users);
      accepted(await saveSetupPhoneNumbers(context, viewer, { draftId, assignments: [] }));
      return draftId;
    },
    /** Everything a draft is, for comparing before and after. */
    loadDraft(draftId: string) {
      return database.setupDraft.findUniqueOrThrow({
        where: { id: draftId },
        include: { users: { orderBy: { position: 'asc' }, omit: { draftId: true } } },
      });
    },
    async close() {
      await jobs.close(1_000);
      await testDatabase.drop();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Columns of a location row. */
export function site(name: string) {
  return {
    name,
    addressLine1: '1 Mill Lane',
    city: 'Springfield',
    stateOrProvince: 'IL',
    zipOrPostalCode: '62701',
    countryCode: 'US',
    timeZone: 'America/Chicago',
    language: 'en_us',
  };
}

export function branch(name: string, overrides: Partial<LocationInput['address']> = {}): LocationInput {
  const { addressLine1, city, stateOrProvince, zipOrPostalCode, countryCode, timeZone, language } = site(name);
  return {
    name,
    address: { addressLine1, city, stateOrProvince, zipOrPostalCode, countryCode, ...overrides },
    timeZone,
    language,
  };
}

/** A Meetings user at the headquarters unless told otherwise. */
export function person(name: string, overrides: Partial<SetupUserInput> = {}): SetupUserInput {
  return {
    firstName: name,
    lastName: 'Winter',
    email: `${name.toLowerCase()}@blue.example`,
    package: 'WEBEX_MEETINGS',
    locationName: 'Headquarters',
    ...overrides,
  };
}

export function caller(name: string, overrides: Partial<SetupUserInput> = {}): SetupUserInput {
  return person(name, { package: 'WEBEX_CALLING', ...overrides });
}

export function accepted<T>({ value, problems }: Outcome<T>): T {
  expect(problems).toEqual([]);
  if (value === null) throw new Error('an accepted command answers a value');
  return value;
}

/** Code and path of each problem: ['DUPLICATE users.1.email']. */
export function told(outcome: Outcome<unknown>): string[] {
  return outcome.problems.map(({ code, path }) => [code, path.join('.')].join(' ').trim());
}

/** Each step's name, state and issues: 'USERS INVALID NOT_FOUND users.0.locationName'. */
export function stepsOf(draft: { readonly steps: unknown }): string[] {
  return parseSteps(draft.steps).map(({ step, state, issues }) =>
    [step, state, ...issues.map(({ code, path }) => `${code} ${path.join('.')}`)].join(' '),
  );
}
