// One of everything with more than a hundred of everything below it, for pages that are not at the root of a query.

import { randomUUID } from 'node:crypto';
import { encodeNodeId } from '../../../schema/shared/global-id.ts';
import type { Database } from '../../../src/database/client.ts';

const size = 105;

/** Node ids, named as the variables of the queries that use them. */
export interface Crowd {
  readonly customerId: string;
  readonly locationId: string;
  readonly templateId: string;
  readonly operationId: string;
}

/** In a partner that fillPartner made. */
export async function fillCrowd(database: Database, partnerId: string): Promise<Crowd> {
  const { id, ...example } = await database.onboardingTemplate.findFirstOrThrow({
    where: { partnerId },
    omit: { createdAt: true, updatedAt: true },
  });
  const template = await database.onboardingTemplate.create({
    data: { ...example, name: `Crowd, after ${id}`, provisioningId: randomUUID() },
  });
  const address = { addressLine1: '1 Main Street', city: 'Portland', countryCode: 'US' };
  const customers = await database.customer.createManyAndReturn({
    data: range().map((n) => ({
      partnerId,
      templateId: template.id,
      companyName: `Crowd ${n}`,
      adminEmail: `admin@crowd${n}.example`,
      externalId: `crowd-${n}`,
      dataRegion: 'US' as const,
      status: 'PROVISIONED' as const,
      billingAddressLine1: address.addressLine1,
      billingCity: address.city,
      billingCountryCode: address.countryCode,
    })),
  });
  const customerId = customers[0]?.id ?? '';
  const locations = await database.location.createManyAndReturn({
    data: range().map((n) => ({
      ...{ partnerId, customerId, kind: 'BRANCH' as const, status: 'PROVISIONED' as const, name: `Place ${n}` },
      ...{ ...address, timeZone: 'UTC', language: 'en_us' },
    })),
  });
  const locationId = locations[0]?.id ?? '';
  const users = await database.user.createManyAndReturn({
    data: locations.map((location, n) => ({
      ...{ partnerId, customerId, locationId: location.id, firstName: 'Ada', lastName: `Crowd ${n}` },
      ...{ email: `u${n}@crowd.example`, package: 'WEBEX_CALLING' as const, status: 'PROVISIONED' as const },
    })),
  });
  await database.phoneNumber.createMany({
    data: users.map((user, n) => ({
      partnerId,
      customerId,
      locationId,
      userId: user.id,
      number: `+1971555${1000 + n}`,
    })),
  });
  const operations = await database.provisioningOperation.createManyAndReturn({
    data: range().map(() => ({
      ...{ partnerId, customerId, kind: 'CREATE_USER' as const, status: 'SUCCEEDED' as const },
      ...{ correlationId: randomUUID(), requestedBy: 'test' },
    })),
  });
  await database.operationStep.createMany({
    data: operations.map((operation) => ({
      ...{ operationId: operation.id, position: 0, kind: 'CREATE_USERS' as const, totalItems: 1, completedItems: 1 },
    })),
  });
  const operationId = operations[0]?.id ?? '';
  const { head } = await database.eventLog.findUniqueOrThrow({ where: { partnerId } });
  await database.provisioningEvent.createMany({
    data: users.map((user, n) => ({
      ...{ partnerId, customerId, operationId, subjectType: 'User' as const, subjectId: user.id },
      ...{ position: head + BigInt(n + 1), type: 'STEP_PROGRESSED' as const, at: new Date(), message: 'Further.' },
      customerVersion: n + 1,
    })),
  });
  await database.eventLog.update({ where: { partnerId }, data: { head: head + BigInt(size) } });
  return {
    customerId: encodeNodeId('Customer', customerId),
    locationId: encodeNodeId('Location', locationId),
    templateId: encodeNodeId('OnboardingTemplate', template.id),
    operationId: encodeNodeId('ProvisioningOperation', operationId),
  };
}

function range(): number[] {
  return Array.from({ length: size }, (_, n) => n);
}
