// A partner with many customers, written straight into the tables: enough of everything for lists within lists.

import { randomUUID } from 'node:crypto';
import type { Database } from '../../../src/database/client.ts';

export async function fillPartner(database: Database, slug: string, customerCount: number): Promise<string> {
  const { id: partnerId, ...partner } = await database.partner.create({
    data: {
      slug,
      name: slug,
      dataRegion: 'US',
      serviceProviderAdmins: { create: { name: 'Grace', email: 'grace@partner.example' } },
      wholesaleSubscriptions: { create: { name: 'Wholesale', number: 'Sub1' } },
    },
    include: { serviceProviderAdmins: true, wholesaleSubscriptions: true },
  });
  const templates = await database.onboardingTemplate.createManyAndReturn({
    data: range(customerCount).map((n) => ({
      partnerId,
      name: `Template ${n}`,
      status: 'ACTIVE' as const,
      provisioningId: randomUUID(),
      countryCode: 'US',
      serviceProviderAdminId: partner.serviceProviderAdmins[0]?.id ?? '',
      wholesaleSubscriptionId: partner.wholesaleSubscriptions[0]?.id ?? '',
      createdBy: 'test',
    })),
  });
  const customers = await database.customer.createManyAndReturn({
    data: templates.map((template, n) => ({
      partnerId,
      templateId: template.id,
      companyName: `Company ${n}`,
      adminEmail: `admin@company${n}.example`,
      externalId: `external-${n}`,
      dataRegion: 'US' as const,
      status: 'PROVISIONED' as const,
      billingAddressLine1: '1 Main Street',
      billingCity: 'Portland',
      billingCountryCode: 'US',
    })),
  });
  await database.customerPackage.createMany({
    data: customers.flatMap(({ id: customerId }) => [
      { customerId, code: 'WEBEX_CALLING' as const, status: 'PROVISIONED' as const },
      { customerId, code: 'WEBEX_MEETINGS' as const, status: 'PROVISIONED' as const },
    ]),
  });
  const locations = await database.location.createManyAndReturn({
    data: customers.flatMap(({ id: customerId }) =>
      range(3).map((n) => ({
        partnerId,
        customerId,
        kind: n === 0 ? ('HEADQUARTERS' as const) : ('BRANCH' as const),
        status: 'PROVISIONED' as const,
        name: `Location ${n}`,
        addressLine1: '1 Main Street',
        city: 'Portland',
        countryCode: 'US',
        timeZone: 'UTC',
        language: 'en_us',
      })),
    ),
  });
  const users = await database.user.createManyAndReturn({
    data: locations.flatMap(({ customerId, id: locationId, name }) =>
      range(2).map((n) => ({
        partnerId,
        customerId,
        locationId,
        firstName: 'Ada',
        lastName: name,
        email: `u${n}.${name.replace(' ', '')}@company.example`,
        package: n === 0 ? ('WEBEX_CALLING' as const) : ('WEBEX_MEETINGS' as const),
        status: 'PROVISIONED' as const,
      })),
    ),
  });
  await database.phoneNumber.createMany({
    data: users
      .filter((user) => user.package === 'WEBEX_CALLING')
      .map(({ id: userId, customerId, locationId }, n) => ({
        partnerId,
        customerId,
        locationId: locationId ?? '',
        userId,
        number: `+1503${String(n).padStart(7, '0')}`,
      })),
  });
  await fillLog(database, partnerId, users);
  await database.templateDraft.createMany({
    data: range(3).map(() => ({ partnerId, steps: [], createdBy: 'test', expiresAt: new Date(Date.now() + 60_000) })),
  });
  await database.setupDraft.createMany({
    data: customers.slice(0, 3).map(({ id: customerId }) => ({
      partnerId,
      customerId,
      steps: [],
      createdBy: 'test',
      expiresAt: new Date(Date.now() + 60_000),
    })),
  });
  return partnerId;
}

/** An operation with two events for each user: one about the user, one about where the user is. */
async function fillLog(
  database: Database,
  partnerId: string,
  users: readonly { readonly id: string; readonly customerId: string; readonly locationId: string | null }[],
): Promise<void> {
  const operations = await database.provisioningOperation.createManyAndReturn({
    data: users.map(({ customerId }) => ({
      partnerId,
      customerId,
      kind: 'SET_UP_CUSTOMER' as const,
      status: 'RUNNING' as const,
      correlationId: randomUUID(),
      requestedBy: 'test',
    })),
  });
  await database.operationStep.createMany({
    data: operations.map(({ id: operationId }) => ({
      operationId,
      position: 0,
      kind: 'CREATE_USERS' as const,
      totalItems: 4,
      completedItems: 1,
    })),
  });
  const events = operations.flatMap(({ id: operationId, customerId }, n) => [
    { operationId, customerId, subjectType: 'User' as const, subjectId: users[n]?.id ?? null },
    { operationId, customerId, subjectType: 'Location' as const, subjectId: users[n]?.locationId ?? null },
  ]);
  await database.provisioningEvent.createMany({
    data: events.map((event, n) => ({
      ...event,
      partnerId,
      position: BigInt(n + 1),
      type: 'STEP_PROGRESSED' as const,
      at: new Date(),
      message: 'Something got further.',
      customerVersion: n + 1,
    })),
  });
  await database.eventLog.create({ data: { partnerId, head: BigInt(events.length) } });
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}
