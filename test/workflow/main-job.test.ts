// The main job behind the API: a customer is created and set up on the sandbox platform, step by step.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeedTemplate } from '../../prisma/seed.ts';
import { provisionCustomer } from '../../src/domain/customer/provision-customer.ts';
import { saveSetupLocations } from '../../src/domain/setup/save-locations.ts';
import { saveSetupPhoneNumbers } from '../../src/domain/setup/save-phone-numbers.ts';
import { saveSetupUsers } from '../../src/domain/setup/save-users.ts';
import { startSetupDraft } from '../../src/domain/setup/start-draft.ts';
import { submitSetupDraft } from '../../src/domain/setup/submit-draft.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

let bench: Workbench;
let viewer: Viewer;
let provisioningId: string;

beforeAll(async () => {
  bench = await openWorkbench();
  viewer = await bench.viewer('acme');
  provisioningId = await createSeedTemplate(bench.context, viewer, {
    name: 'Template',
    countryCode: 'US',
    brandName: 'Acme',
  });
});
afterAll(async () => {
  await bench.close();
});

const address = {
  addressLine1: '1 Mill Lane',
  city: 'Springfield',
  stateOrProvince: 'IL',
  zipOrPostalCode: '62701',
  countryCode: 'US',
};
const place = (name: string) => ({ name, address, timeZone: 'America/Chicago', language: 'en_us' });

function accepted<T>({ value, problems }: Outcome<T>): T {
  expect(problems).toEqual([]);
  if (value === null) throw new Error('the command answered nothing');
  return value;
}

async function create(companyName: string, packages = [{ package: 'WEBEX_CALLING' as const }]) {
  const mark = randomUUID().slice(0, 8);
  const { customerId, operationId } = accepted(
    await provisionCustomer(bench.context, viewer, {
      idempotencyKey: mark,
      provisioningId,
      externalId: mark,
      packages,
      billingAddress: address,
      customerInformation: { companyName, adminEmail: `owner@${mark}.example` },
      headquarters: place('Headquarters'),
    }),
  );
  return { customerId: customerId ?? '', operation: await bench.ended(operationId ?? ''), mark };
}

async function setUp(customerId: string, users: Parameters<typeof saveSetupUsers>[2]['users']) {
  const { draftId } = accepted(await startSetupDraft(bench.context, viewer, { customerId }));
  accepted(await saveSetupLocations(bench.context, viewer, { draftId, locations: [place('Branch')] }));
  accepted(await saveSetupUsers(bench.context, viewer, { draftId, users }));
  accepted(await saveSetupPhoneNumbers(bench.context, viewer, { draftId, assignments: [] }));
  const { operationId } = accepted(await submitSetupDraft(bench.context, viewer, { draftId }));
  return operationId ?? '';
}

function user(index: number, mark: string, overrides: object = {}) {
  return {
    firstName: 'User',
    lastName: `Number${index}`,
    email: `user${index}@${mark}.example`,
    package: 'WEBEX_CALLING' as const,
    locationName: index % 2 === 0 ? 'Headquarters' : 'Branch',
    phoneNumber: `+1217${String(Math.floor(Math.random() * 8_000_000) + 1_000_000).slice(0, 6)}${index % 10}`,
    extension: String(3000 + index),
    ...overrides,
  };
}

describe('the main job', () => {
  it('creates a customer and sets it up, each thing once', async () => {
    const { customerId, operation, mark } = await create('Main Job');
    expect(operation.status).toBe('SUCCEEDED');
    expect(operation.steps.map(({ kind, status }) => [kind, status])).toEqual([
      ['CREATE_ORGANIZATION', 'SUCCEEDED'],
      ['PROVISION_PACKAGES', 'SUCCEEDED'],
    ]);
    const users = Array.from({ length: 8 }, (_, index) =>
      user(index, mark, { phoneNumber: `+12175550${String(110 + index)}` }),
    );
    const setup = await bench.ended(await setUp(customerId, users));
    expect(setup.steps.map(({ kind, status, errors }) => [kind, status, errors])).toEqual([
      ['CREATE_LOCATIONS', 'SUCCEEDED', []],
      ['ADD_PHONE_NUMBERS', 'SUCCEEDED', []],
      ['CREATE_USERS', 'SUCCEEDED', []],
      ['ASSIGN_PHONE_NUMBERS', 'SUCCEEDED', []],
    ]);
    expect(setup).toMatchObject({ status: 'SUCCEEDED', nextAction: 'NONE' });
    const customer = await bench.database.customer.findUniqueOrThrow({
      where: { id: customerId },
      include: { locations: true, users: true, phoneNumbers: true },
    });
    expect(customer.status).toBe('PROVISIONED');
    expect(customer.organizationId).not.toBeNull();
    expect(customer.locations.map(({ status, platformId }) => [status, platformId !== null])).toEqual([
      ['PROVISIONED', true],
      ['PROVISIONED', true],
    ]);
    expect(customer.users.every(({ status, personId }) => status === 'PROVISIONED' && personId !== null)).toBe(true);
    expect(customer.phoneNumbers.every(({ status }) => status === 'PROVISIONED')).toBe(true);
    const effects = await bench.sandbox.effects();
    expect(
      Object.values(effects)
        .flat()
        .filter(({ count }) => count !== 1),
    ).toEqual([]);
  });

  it('numbers the events of a customer without a gap', async () => {
    const { customerId } = await create('Gapless');
    const events = await bench.database.provisioningEvent.findMany({
      where: { customerId },
      orderBy: { position: 'asc' },
    });
    expect(events.map(({ customerVersion }) => customerVersion)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(0)?.type).toBe('OPERATION_ACCEPTED');
    expect(events.at(-1)?.type).toBe('OPERATION_FINISHED');
  });

  it('makes the headquarters itself where no package includes calling', async () => {
    const { customerId, operation } = await create('Meetings Only', [{ package: 'WEBEX_MEETINGS' as never }]);
    expect(operation.steps.map(({ kind, status }) => [kind, status])).toEqual([
      ['CREATE_ORGANIZATION', 'SUCCEEDED'],
      ['PROVISION_PACKAGES', 'SUCCEEDED'],
      ['CREATE_LOCATIONS', 'SUCCEEDED'],
    ]);
    const [headquarters] = await bench.database.location.findMany({ where: { customerId } });
    expect(headquarters).toMatchObject({ kind: 'HEADQUARTERS', status: 'PROVISIONED' });
  });

  it('S9, S10: tells what failed, item by item, and provisions the rest', async () => {
    const { customerId, mark } = await create('Some Fail');
    const users = [
      user(1, mark, { phoneNumber: '+12175550401' }),
      user(2, mark, { email: `taken-${mark}@existing.example`, phoneNumber: '+12175550402' }),
      user(3, mark, { phoneNumber: '+12175550000' }),
    ];
    const setup = await bench.ended(await setUp(customerId, users));
    expect(setup).toMatchObject({ status: 'PARTIALLY_SUCCEEDED', nextAction: 'CORRECT_AND_RETRY' });
    const rows = await bench.database.user.findMany({ where: { customerId }, orderBy: { email: 'asc' } });
    const summary = rows.map(({ email, status, errors }) => [
      email.split('@')[0]?.split('-')[0],
      status,
      JSON.stringify(errors).match(/"code":"(\w+)"/)?.[1],
    ]);
    expect(summary).toEqual([
      ['taken', 'ERROR', 'EMAIL_TAKEN'],
      ['user1', 'PROVISIONED', undefined],
      ['user3', 'ERROR', 'NUMBER_UNAVAILABLE'],
    ]);
  });

  it('S9: waits for a user with a free account until the mail is answered', async () => {
    const { customerId, mark } = await create('Asked');
    const email = `asked-${mark}@consumer.example`;
    const operationId = await setUp(customerId, [user(1, mark, { email, phoneNumber: '+12175550501' })]);
    await bench.waitForNextAction(operationId, 'OBTAIN_USER_CONSENT');
    const [mail] = await bench.sandbox.mails(email);
    await bench.sandbox.answer(mail?.consentToken ?? '', 'APPROVE');
    expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
  });

  it('ends in an error that says why where the screening refuses', async () => {
    const { customerId, operation } = await create('Denied Party Inc');
    expect(operation.status).toBe('FAILED');
    expect(await bench.database.customer.findUniqueOrThrow({ where: { id: customerId } })).toMatchObject({
      status: 'ERROR',
    });
  });

  it('reports a package in maintenance as retryable and the customer as provisioned with errors', async () => {
    const { customerId, operation } = await create('Calling Maintenance Co');
    expect(operation).toMatchObject({ nextAction: 'RETRY_LATER' });
    const customer = await bench.database.customer.findUniqueOrThrow({
      where: { id: customerId },
      include: { packages: true },
    });
    expect(customer.status).toBe('PROVISIONED_WITH_ERRORS');
    expect(JSON.stringify(customer.packages)).toContain('2560');
  });

  it('gets a flaky customer through, nothing twice', async () => {
    const { operation } = await create('Flaky Foods');
    expect(operation.status).toBe('SUCCEEDED');
    const { customersCreated } = await bench.sandbox.effects();
    expect(customersCreated.filter(({ count }) => count !== 1)).toEqual([]);
  });
});
