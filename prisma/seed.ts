// Fills a fresh sandbox. Partners are rows; templates and customers come into being the way everybody's do: through the
// domain's commands and the worker, so that the sandbox platform knows them too. Repeating it changes nothing.

import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../src/database/client.ts';
import type { DomainContext } from '../src/domain/context.ts';
import { provisionCustomer } from '../src/domain/customer/provision-customer.ts';
import type { Outcome } from '../src/domain/outcome.ts';
import { saveSetupLocations } from '../src/domain/setup/save-locations.ts';
import { saveSetupPhoneNumbers } from '../src/domain/setup/save-phone-numbers.ts';
import { saveSetupUsers } from '../src/domain/setup/save-users.ts';
import { startSetupDraft } from '../src/domain/setup/start-draft.ts';
import { submitSetupDraft } from '../src/domain/setup/submit-draft.ts';
import {
  saveAuthentication,
  saveCalling,
  saveCommonSettings,
  savePrimarySettings,
} from '../src/domain/template/save-steps.ts';
import { registerTemplate } from '../src/domain/template/register.ts';
import { startTemplateDraft } from '../src/domain/template/start-draft.ts';
import { submitTemplateDraft } from '../src/domain/template/submit-draft.ts';
import { endedOperationStatuses } from '../src/domain/operation/status.ts';
import type { Viewer } from '../src/domain/viewer.ts';
import { seedPartners, seedUsers } from './seed-data.ts';
import type { SeedCustomer, SeedPartner } from './seed-data.ts';

export async function seedPartnerRows(database: Database): Promise<void> {
  for (const { slug, name, dataRegion, admins, subscriptions } of seedPartners) {
    await database.partner.upsert({
      where: { slug },
      update: {},
      create: {
        slug,
        name,
        dataRegion,
        serviceProviderAdmins: { create: [...admins] },
        wholesaleSubscriptions: { create: [...subscriptions] },
      },
    });
  }
}

/**
 * Gives each partner its template and customers, once. Seeding that was broken off goes on where it was: the gateway serves
 * nobody before it has ended, so what is missing was not taken away by anybody.
 * @param turnClock turns the sandbox's clock, so that nobody waits for its artificial delays
 */
export async function seedDemo(context: DomainContext, turnClock: (advanceMs: number) => Promise<void>): Promise<void> {
  await allEnded(seedPartners.map((partner) => seedPartner(context, partner, turnClock)));
}

async function seedPartner(
  context: DomainContext,
  partner: SeedPartner,
  turnClock: (advanceMs: number) => Promise<void>,
): Promise<void> {
  const { id, seededAt } = await context.database.partner.findUniqueOrThrow({
    where: { slug: partner.slug },
    select: { id: true, seededAt: true },
  });
  if (seededAt) return;
  const viewer = seedViewer(id, partner.slug);
  const provisioningId = await seedTemplate(context, viewer, partner.template);
  await allEnded(partner.customers.map((customer) => seedCustomer(context, viewer, customer, provisioningId)));
  await untilAllEnded(context, viewer, turnClock);
  await allEnded(partner.customers.map((customer) => setUpCustomer(context, viewer, customer)));
  await untilAllEnded(context, viewer, turnClock);
  await context.database.partner.update({ where: { id }, data: { seededAt: context.now() } });
}

function seedViewer(partnerId: string, partnerSlug: string): Viewer {
  return { partnerId, partnerSlug, subject: 'seed', email: null, roles: ['FULL_ADMIN'], scopes: [] };
}

/** Answers the provisioning ID. */
async function seedTemplate(
  context: DomainContext,
  viewer: Viewer,
  template: SeedPartner['template'],
): Promise<string> {
  const where = { partnerId: viewer.partnerId, name: template.name };
  const present = await context.database.onboardingTemplate.findFirst({ where, select: { id: true } });
  if (!present) return createSeedTemplate(context, viewer, template);
  await registerTemplate(context, present.id);
  return issuedId(context, present.id);
}

/** Through the template wizard; answers the provisioning ID. */
export async function createSeedTemplate(
  context: DomainContext,
  viewer: Viewer,
  template: SeedPartner['template'],
): Promise<string> {
  const partner = await context.database.partner.findUniqueOrThrow({
    where: { id: viewer.partnerId },
    include: { serviceProviderAdmins: true, wholesaleSubscriptions: true },
  });
  const [admin] = partner.serviceProviderAdmins;
  const [subscription] = partner.wholesaleSubscriptions;
  if (!admin || !subscription) throw new Error(`partner ${partner.slug} has no admin or no subscription`);
  const { draftId } = accepted(await startTemplateDraft(context, viewer, {}));
  accepted(
    await savePrimarySettings(context, viewer, {
      draftId,
      name: template.name,
      countryCode: template.countryCode,
      serviceProviderAdminId: admin.id,
      wholesaleSubscriptionId: subscription.id,
    }),
  );
  accepted(await saveAuthentication(context, viewer, { draftId, method: 'WEBEX' }));
  accepted(await saveCalling(context, viewer, { draftId }));
  accepted(await saveCommonSettings(context, viewer, { draftId, brandName: template.brandName }));
  const { templateId } = accepted(await submitTemplateDraft(context, viewer, { draftId }));
  return issuedId(context, templateId ?? '');
}

async function issuedId({ database }: DomainContext, templateId: string): Promise<string> {
  const { provisioningId } = await database.onboardingTemplate.findUniqueOrThrow({ where: { id: templateId } });
  if (!provisioningId) throw new Error('the sandbox did not issue a provisioning ID');
  return provisioningId;
}

async function seedCustomer(
  context: DomainContext,
  viewer: Viewer,
  customer: SeedCustomer,
  provisioningId: string,
): Promise<void> {
  const where = { partnerId: viewer.partnerId, externalId: customer.externalId };
  if ((await context.database.customer.count({ where })) > 0) return;
  accepted(
    await provisionCustomer(context, viewer, {
      idempotencyKey: customer.externalId,
      provisioningId,
      externalId: customer.externalId,
      packages: customer.packages.map((code) => ({ package: code })),
      billingAddress: customer.headquarters.address,
      customerInformation: { companyName: customer.companyName, adminEmail: `admin@${customer.domain}` },
      headquarters: customer.headquarters,
    }),
  );
}

async function setUpCustomer(context: DomainContext, viewer: Viewer, customer: SeedCustomer): Promise<void> {
  const { id: customerId, operations } = await context.database.customer.findFirstOrThrow({
    where: { partnerId: viewer.partnerId, externalId: customer.externalId },
    select: { id: true, operations: { where: { kind: 'SET_UP_CUSTOMER' }, select: { id: true } } },
  });
  if (operations.length > 0) return;
  const { draftId } = accepted(await startSetupDraft(context, viewer, { customerId }));
  accepted(await saveSetupLocations(context, viewer, { draftId, locations: [customer.branch] }));
  accepted(await saveSetupUsers(context, viewer, { draftId, users: seedUsers(customer) }));
  accepted(await saveSetupPhoneNumbers(context, viewer, { draftId, assignments: [] }));
  accepted(await submitSetupDraft(context, viewer, { draftId }));
}

/** Throws the first failure, but not before everybody has ended: whoever tries again is alone. */
async function allEnded(work: readonly Promise<void>[]): Promise<void> {
  const failure = (await Promise.allSettled(work)).find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
}

async function untilAllEnded(
  { database }: DomainContext,
  { partnerId }: Viewer,
  turnClock: (advanceMs: number) => Promise<void>,
): Promise<void> {
  const open = { partnerId, status: { notIn: [...endedOperationStatuses] } };
  while ((await database.provisioningOperation.count({ where: open })) > 0) {
    await turnClock(5_000);
    await delay(100);
  }
}

function accepted<T>({ value, problems }: Outcome<T>): T {
  if (value === null || problems.length > 0) {
    throw new Error(
      `the seed data breaks a rule: ${problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    );
  }
  return value;
}
