// A partner with templates in a database of its own, a platform directory that answers as told, and the wizard's steps as
// short calls, for the tests of the customer commands.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Prisma } from '../../../../src/database/generated/client.ts';
import { openJobQueue } from '../../../../src/database/jobs.ts';
import type { LocationInput } from '../../../../src/domain/address.ts';
import type { DomainContext } from '../../../../src/domain/context.ts';
import type { ProvisionCustomerInput } from '../../../../src/domain/customer/provision-form.ts';
import {
  chooseCustomerOrganization,
  saveCustomerHeadquarters,
  saveCustomerInformation,
  saveCustomerPackages,
} from '../../../../src/domain/customer/save-steps.ts';
import type { HeadquartersInput, InformationInput, PackagesInput } from '../../../../src/domain/customer/save-steps.ts';
import { startCustomerDraft } from '../../../../src/domain/customer/start-draft.ts';
import type { OrganizationFacts, PlatformDirectory } from '../../../../src/domain/directory.ts';
import { parseSteps } from '../../../../src/domain/draft/steps.ts';
import type { Outcome } from '../../../../src/domain/outcome.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { createTestDatabase } from '../../../support/database.ts';

export const startOfTest = new Date('2026-03-01T09:00:00.000Z');

/** The platform as a waiting person's request sees it. */
export interface FakeDirectory {
  /** By the administrator's e-mail. */
  readonly organizations: Map<string, readonly OrganizationFacts[]>;
  readonly asked: string[];
  failure: Error | null;
  /** Happens while somebody waits for an answer. */
  beforeAnswer: (() => Promise<void>) | null;
  assessesAttach: boolean;
}

function directoryOf(fake: FakeDirectory): PlatformDirectory {
  const answer = async <T>(question: string, value: () => T): Promise<T> => {
    fake.asked.push(question);
    await fake.beforeAnswer?.();
    if (fake.failure) throw fake.failure;
    return value();
  };
  return {
    isAway: () => false,
    get facts() {
      return {
        kind: 'SANDBOX' as const,
        issuesProvisioningIds: true,
        assessesAttach: fake.assessesAttach,
        carriesConsentAnswers: true,
      };
    },
    registerTemplate: () => Promise.reject(new Error('the customer commands register no template')),
    findOrganizations: (slug, adminEmail) =>
      answer(`${slug} find ${adminEmail}`, () => fake.organizations.get(adminEmail) ?? []),
    getOrganization: (slug, organizationId) =>
      answer(
        `${slug} get ${organizationId}`,
        () => [...fake.organizations.values()].flat().find((facts) => facts.organizationId === organizationId) ?? null,
      ),
    precheckCustomer: (slug, { externalId }) => answer(`${slug} precheck ${externalId}`, () => undefined),
    answerConsent: () => Promise.reject(new Error('nobody is asked for consent in these tests')),
    resendAttachConsent: () => Promise.reject(new Error('nobody is asked for consent in these tests')),
    withdrawAttachConsent: () => Promise.resolve(),
    resendUserConsent: () => Promise.resolve(),
    listMails: () => Promise.resolve([]),
  };
}

export async function openWorld() {
  const testDatabase = await createTestDatabase();
  const { url, database } = testDatabase;
  const jobs = await openJobQueue({
    url,
    poolSize: 2,
    worker: false,
    onError(error) {
      throw error;
    },
  });
  let now = startOfTest;
  const directory: FakeDirectory = {
    organizations: new Map(),
    asked: [],
    failure: null,
    beforeAnswer: null,
    assessesAttach: true,
  };
  const context: DomainContext = {
    database,
    jobs,
    directory: directoryOf(directory),
    now: () => now,
    draftLifetimeMs: 60 * 60 * 1000,
  };

  async function addPartner(slug: string): Promise<Viewer> {
    const { id } = await database.partner.create({
      data: {
        slug,
        name: slug,
        dataRegion: 'US',
        serviceProviderAdmins: { create: { name: 'Grace', email: `grace@${slug}.example` } },
        wholesaleSubscriptions: { create: { name: 'Wholesale', number: 'Sub1' } },
      },
    });
    return {
      partnerId: id,
      partnerSlug: slug,
      subject: `${slug}-operator`,
      email: null,
      roles: ['FULL_ADMIN'],
      scopes: [],
    };
  }

  async function addTemplate(
    owner: Viewer,
    wishes: Partial<Prisma.OnboardingTemplateUncheckedCreateInput> = {},
  ): Promise<{ readonly id: string; readonly provisioningId: string }> {
    const { partnerId } = owner;
    const admin = await database.serviceProviderAdmin.findFirstOrThrow({ where: { partnerId } });
    const subscription = await database.wholesaleSubscription.findFirstOrThrow({ where: { partnerId } });
    const { id, provisioningId } = await database.onboardingTemplate.create({
      data: {
        partnerId,
        name: 'Small business',
        status: 'ACTIVE',
        countryCode: 'US',
        serviceProviderAdminId: admin.id,
        wholesaleSubscriptionId: subscription.id,
        provisioningId: `prov-${randomUUID()}`,
        createdBy: owner.subject,
        ...wishes,
      },
    });
    return { id, provisioningId: provisioningId ?? '' };
  }

  const viewer = await addPartner('acme');
  const template = await addTemplate(viewer);

  async function startDraft(adminEmail = 'jane@newco.example'): Promise<string> {
    return accepted(await startCustomerDraft(context, viewer, { adminEmail })).draftId;
  }

  return {
    url,
    context,
    database,
    directory,
    viewer,
    template,
    addPartner,
    addTemplate,
    startDraft,
    moveClock(milliseconds: number) {
      now = new Date(now.getTime() + milliseconds);
    },
    information(draftId: string, wishes: Partial<InformationInput> = {}): InformationInput {
      return { draftId, companyName: 'Newco', templateId: template.id, ...wishes };
    },
    /** Everything a draft is, for comparing before and after. */
    loadDraft(draftId: string) {
      return database.customerDraft.findUniqueOrThrow({ where: { id: draftId } });
    },
    loadCustomer(customerId: string) {
      return database.customer.findUniqueOrThrow({
        where: { id: customerId },
        include: { packages: { orderBy: { code: 'asc' } }, locations: true, attachConsents: true },
      });
    },
    async loadOperation(operationId: string) {
      const operation = await database.provisioningOperation.findUniqueOrThrow({
        where: { id: operationId },
        include: {
          steps: {
            orderBy: { position: 'asc' },
            include: { items: { orderBy: { position: 'asc' }, select: { subjectKey: true } } },
          },
          events: { orderBy: { position: 'asc' } },
        },
      });
      const plan = operation.steps.map(({ kind, items }) => [kind, ...items.map(({ subjectKey }) => subjectKey)]);
      return { ...operation, plan };
    },
    /** Operations that wait for a worker. */
    async jobs(): Promise<string[]> {
      const rows = await database.$queryRaw<{ operationId: string }[]>`
        SELECT "data"->>'operationId' AS "operationId" FROM pgboss.job WHERE "name" = 'advance-operation'`;
      return rows.map(({ operationId }) => operationId);
    },
    /** What a refused call must leave as it was. */
    async census() {
      const [customers, operations, events, keys, jobs] = await Promise.all([
        database.customer.count(),
        database.provisioningOperation.count(),
        database.provisioningEvent.count(),
        database.idempotencyRecord.count(),
        this.jobs(),
      ]);
      return { customers, operations, events, keys, jobs: jobs.length };
    },
    /** A draft with every step saved: ready to submit. */
    async readyDraft(
      wishes: {
        readonly adminEmail?: string;
        readonly organizationId?: string;
        readonly information?: Partial<InformationInput>;
        readonly packages?: PackagesInput['packages'];
        readonly headquarters?: Partial<HeadquartersInput>;
      } = {},
    ): Promise<string> {
      const draftId = await startDraft(wishes.adminEmail);
      if (wishes.organizationId) {
        const choice = { draftId, organizationId: wishes.organizationId };
        accepted(await chooseCustomerOrganization(context, viewer, choice));
      }
      accepted(await saveCustomerInformation(context, viewer, this.information(draftId, wishes.information)));
      const packages = wishes.packages ?? [{ package: 'WEBEX_CALLING', limit: 10 }];
      accepted(await saveCustomerPackages(context, viewer, { draftId, packages }));
      accepted(await saveCustomerHeadquarters(context, viewer, { ...headquarters(draftId), ...wishes.headquarters }));
      return draftId;
    },
    request(wishes: Partial<ProvisionCustomerInput> = {}): ProvisionCustomerInput {
      return {
        idempotencyKey: randomUUID(),
        provisioningId: template.provisioningId,
        externalId: randomUUID(),
        packages: [{ package: 'WEBEX_CALLING' }],
        billingAddress: austin.address,
        customerInformation: { companyName: 'Newco', adminEmail: 'jane@newco.example' },
        headquarters: austin,
        ...wishes,
      };
    },
    async close() {
      await jobs.close(1_000);
      await testDatabase.drop();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

export const austin: LocationInput = {
  name: 'Austin',
  address: {
    addressLine1: '1 Main Street',
    city: 'Austin',
    stateOrProvince: 'TX',
    zipOrPostalCode: '73301',
    countryCode: 'US',
  },
  timeZone: 'America/Chicago',
  language: 'en_us',
};

export function headquarters(draftId: string): HeadquartersInput {
  return { draftId, location: austin, supportedLocationConfirmed: true };
}

export function accepted<T>({ value, problems }: Outcome<T>): T {
  expect(problems).toEqual([]);
  if (value === null) throw new Error('an accepted command answers a value');
  return value;
}

/** Code and path of each problem: ['DUPLICATE packages.1.package']. */
export function told(outcome: Outcome<unknown>): string[] {
  return outcome.problems.map(({ code, path }) => [code, path.join('.')].join(' ').trim());
}

/** Each step's name, state and issues: 'INFORMATION INVALID TEMPLATE_ARCHIVED templateId'. */
export function stepsOf(draft: { readonly steps: unknown }): string[] {
  return parseSteps(draft.steps).map(({ step, state, issues }) =>
    [step, state, ...issues.map(({ code, path }) => `${code} ${path.join('.')}`)].join(' '),
  );
}
