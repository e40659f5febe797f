// One sequence's partner in the database, as reference/model.ts says that it begins.

import { randomUUID } from 'node:crypto';
import type { Database } from '../../../src/database/client.ts';
import type { JobQueue } from '../../../src/database/jobs.ts';
import type { DomainContext } from '../../../src/domain/context.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { newModel } from '../reference/model.ts';
import { present } from '../reference/state.ts';
import type { Customer } from '../reference/state.ts';
import { createFixedDirectory } from './directory.ts';
import { createNames } from './names.ts';
import type { Noun } from './names.ts';

const start = Date.parse('2026-03-01T09:00:00.000Z');

export type RealPartner = Awaited<ReturnType<typeof openPartner>>;

/** @param foreignIds What another partner has. */
export async function openPartner(
  database: Database,
  jobs: JobQueue,
  foreignIds: Readonly<Partial<Record<Noun, string>>>,
) {
  const names = createNames(foreignIds);
  const slug = `partner-${randomUUID()}`;
  const partner = await database.partner.create({
    data: {
      slug,
      name: slug,
      dataRegion: 'US',
      serviceProviderAdmins: { create: { name: 'Grace', email: 'grace@partner.example' } },
      wholesaleSubscriptions: { create: { name: 'Wholesale', number: 'Sub1' } },
    },
    include: { serviceProviderAdmins: true, wholesaleSubscriptions: true },
  });
  const partnerId = partner.id;
  const adminId = present(partner.serviceProviderAdmins[0]).id;
  const subscriptionId = present(partner.wholesaleSubscriptions[0]).id;
  const { templates, customers, locations, users, numbers } = newModel();
  const templateIds: string[] = [];
  for (const { name, provisioningId, restrictAdminInviteEmails } of templates) {
    const { id } = await database.onboardingTemplate.create({
      data: {
        partnerId,
        name: present(name),
        countryCode: 'US',
        serviceProviderAdminId: adminId,
        wholesaleSubscriptionId: subscriptionId,
        status: 'ACTIVE',
        provisioningId,
        restrictAdminInviteEmails,
        createdBy: 'the test',
      },
      select: { id: true },
    });
    names.meet('Template', id);
    templateIds.push(id);
  }
  for (const [index, customer] of customers.entries()) {
    const { id: customerId } = await database.customer.create({
      data: { ...customerColumns(customer), partnerId, templateId: present(templateIds[customer.template]) },
      select: { id: true },
    });
    names.meet('Customer', customerId);
    const locationIds = new Map<string, string>();
    for (const { name } of locations.filter((location) => location.customer === index)) {
      const data = { ...site, name, partnerId, customerId };
      const { id } = await database.location.create({ data, select: { id: true } });
      locationIds.set(name, id);
      names.call(id, name, index);
    }
    for (const { email, package: code, location, extension } of users.filter((user) => user.customer === index)) {
      const { id } = await database.user.create({
        data: {
          ...{ partnerId, customerId, email, package: code, extension },
          ...{ firstName: 'Old', lastName: 'Hand', status: 'PROVISIONED', platformId: 'there', personId: 'somebody' },
          locationId: locationIds.get(location ?? '') ?? null,
        },
        select: { id: true },
      });
      names.call(id, email, index);
    }
    await database.phoneNumber.createMany({
      data: numbers
        .filter((number) => number.customer === index)
        .map(({ number, location }) => ({
          ...{ partnerId, customerId, number, status: 'PROVISIONED' as const },
          locationId: present(locationIds.get(location)),
        })),
    });
  }
  let minute = 0;
  let isPlatformAway = false;
  const context: DomainContext = {
    database,
    jobs,
    directory: createFixedDirectory(() => isPlatformAway),
    now: () => new Date(start + minute * 60_000),
    draftLifetimeMs: 60 * 60_000,
  };
  const viewer: Viewer = {
    partnerId,
    partnerSlug: slug,
    subject: 'the test',
    email: null,
    roles: ['FULL_ADMIN'],
    scopes: [],
  };
  return {
    context,
    viewer,
    names,
    adminId,
    subscriptionId,
    wait(minutes: number) {
      minute += minutes;
    },
    letPlatformBeAway(isAway: boolean) {
      isPlatformAway = isAway;
    },
  };
}

const site = {
  kind: 'HEADQUARTERS' as const,
  status: 'PROVISIONED' as const,
  addressLine1: '1 Mill Lane',
  city: 'Springfield',
  stateOrProvince: 'IL',
  zipOrPostalCode: '62701',
  countryCode: 'US',
  timeZone: 'America/Chicago',
  language: 'en_us',
};

function customerColumns({ companyName, adminEmail, externalId, status, packages }: Customer) {
  return {
    ...{ companyName, adminEmail, externalId },
    ...{ billingAddressLine1: '1 Mill Lane', billingCity: 'Springfield', billingCountryCode: 'US' },
    dataRegion: 'US' as const,
    partnerAccess: 'FULL_ADMIN' as const,
    status: status === 'PROVISIONED' ? ('PROVISIONED' as const) : ('PROVISIONED_WITH_ERRORS' as const),
    packages: {
      create: [...packages].map(([code, row]) => ({
        code,
        limit: row.limit,
        status: row.status === 'PROVISIONED' ? ('PROVISIONED' as const) : ('ERROR' as const),
      })),
    },
  };
}
