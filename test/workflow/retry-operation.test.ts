// Trying again what failed: the same operation goes on, and nothing is done twice.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detachCustomer } from '../../src/domain/customer/detach-customer.ts';
import { respondToAttachConsent } from '../../src/domain/customer/respond-to-consent.ts';
import { retryOperation } from '../../src/domain/operation/retry-operation.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { accepted, customersOf, told } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

let bench: Workbench;
let customers: Customers;
beforeAll(async () => {
  bench = await openWorkbench();
  customers = await customersOf(bench);
});
afterAll(async () => {
  await bench.close();
});

const retry = (operationId: string) => retryOperation(bench.context, customers.viewer, { operationId });

async function retried(operationId: string) {
  accepted(await retry(operationId));
  return bench.ended(operationId);
}

describe('a customer', () => {
  it('gets the package that was in maintenance', async () => {
    const { customerId, operationId, operation } = await customers.create('Calling Maintenance Inc');
    expect(operation).toMatchObject({ status: 'FAILED', nextAction: 'RETRY_LATER' });
    const again = await retried(operationId);
    expect(again).toMatchObject({ status: 'SUCCEEDED', nextAction: 'NONE', errors: [] });
    expect(again.steps.map(({ kind, status, failedItems, attempts }) => [kind, status, failedItems, attempts])).toEqual(
      [
        ['CREATE_ORGANIZATION', 'SUCCEEDED', 0, 1],
        ['PROVISION_PACKAGES', 'SUCCEEDED', 0, 2],
      ],
    );
    expect(await customers.load(customerId)).toMatchObject({
      status: 'PROVISIONED',
      errors: [],
      packages: [{ status: 'PROVISIONED', errors: [], warnings: [] }],
      locations: [{ status: 'PROVISIONED' }],
    });
    const events = await bench.database.provisioningEvent.findMany({
      where: { operationId, type: 'OPERATION_ACCEPTED' },
      orderBy: { position: 'asc' },
    });
    expect(events.map(({ fromStatus, toStatus }) => [fromStatus, toStatus])).toEqual([
      [null, 'ACCEPTED'],
      ['FAILED', 'ACCEPTED'],
    ]);
    expect(told(await retry(operationId))).toEqual(['OPERATION_NOT_RETRYABLE operationId']);
  });

  it('keeps the packages that were provisioned at the first attempt', async () => {
    const { customerId, operationId, operation } = await customers.create('Calling Maintenance Two', {
      packages: [{ package: 'WEBEX_CALLING' }, { package: 'WEBEX_MEETINGS' }],
    });
    expect(operation.status).toBe('PARTIALLY_SUCCEEDED');
    expect((await retried(operationId)).status).toBe('SUCCEEDED');
    expect((await customers.load(customerId)).packages.map(({ status }) => status)).toEqual([
      'PROVISIONED',
      'PROVISIONED',
    ]);
  });

  it('that the platform has refused is put to it again, and may be refused again', async () => {
    const { customerId, operationId, operation } = await customers.create('Denied Party Again');
    expect(operation.status).toBe('FAILED');
    const again = await retried(operationId);
    expect(again.steps.map(({ status }) => status)).toEqual(['FAILED', 'SKIPPED']);
    expect(again.steps[0]).toMatchObject({ attempts: 2, failedItems: 1, completedItems: 0 });
    expect(await customers.load(customerId)).toMatchObject({ status: 'ERROR', packages: [{ status: 'ERROR' }] });
  });

  it('that the platform has forgotten is asked for anew', async () => {
    const { customerId, operationId } = await customers.create('Denied Party Forgotten');
    const { platformId } = await customers.load(customerId);
    await bench.platform.forPartner({ slug: 'acme' }).detachCustomer(platformId ?? '');
    expect((await retried(operationId)).status).toBe('FAILED');
    const after = await customers.load(customerId);
    expect(after.platformId).not.toBe(platformId);
    expect(after.status).toBe('ERROR');
  });

  it('whose administrator declined is asked about in a new request', async () => {
    const adminEmail = 'admin@hundred.example';
    const [organization] = await bench.context.directory.findOrganizations('acme', adminEmail);
    const { customerId, operationId } = await customers.provision({
      organizationId: organization?.organizationId ?? '',
    });
    const answer = async (decision: 'APPROVE' | 'DECLINE') => {
      await bench.waitForNextAction(operationId, 'OBTAIN_ADMIN_CONSENT');
      const [mail] = await bench.sandbox.mails(adminEmail);
      const token = mail?.consentToken ?? '';
      accepted(await respondToAttachConsent(bench.context, customers.viewer, { token, decision }));
      return bench.ended(operationId);
    };
    expect((await answer('DECLINE')).status).toBe('FAILED');
    accepted(await retry(operationId));
    expect(await customers.load(customerId)).toMatchObject({
      status: 'AWAITING_CONSENT',
      packages: [{ status: 'PROVISIONING' }],
    });
    expect((await answer('APPROVE')).status).toBe('SUCCEEDED');
    expect(await customers.load(customerId)).toMatchObject({
      status: 'PROVISIONED',
      attachConsents: [{ status: 'DECLINED' }, { status: 'APPROVED' }],
    });
  });
});

describe('a set-up', () => {
  it('tries only the users that failed', async () => {
    const { customerId } = await customers.create('Some Users');
    const person = (index: number, email: string) => ({
      firstName: 'User',
      lastName: `Number${index}`,
      email,
      package: 'WEBEX_CALLING' as const,
      locationName: 'Branch',
      phoneNumber: null,
      extension: String(3000 + index),
    });
    const users = [person(1, 'one@some.example'), person(2, 'taken@existing.example')];
    const operationId = await customers.setUp(customerId, 'Branch', users);
    expect((await bench.ended(operationId)).status).toBe('PARTIALLY_SUCCEEDED');
    accepted(await retry(operationId));
    expect(told(await retry(operationId))).toEqual(['OPERATION_NOT_RETRYABLE operationId']);
    const again = await bench.ended(operationId);
    expect(again.status).toBe('PARTIALLY_SUCCEEDED');
    expect(again.steps.at(-1)).toMatchObject({ completedItems: 1, failedItems: 1, attempts: 2 });
    const { subscribersCreated } = await bench.sandbox.effects();
    expect(subscribersCreated.filter(({ count }) => count !== 1)).toEqual([]);
  });
});

describe('a retry is refused', () => {
  it('for a foreign operation, a busy customer, and a customer that is gone', async () => {
    const { customerId, operationId } = await customers.create('Denied Party Busy');
    const foreign = await bench.viewer('nordic');
    expect(told(await retryOperation(bench.context, foreign, { operationId }))).toEqual(['NOT_FOUND operationId']);
    await bench.sandbox.setFaults([{ kind: 'stuck' }]);
    const detached = accepted(
      await detachCustomer(bench.context, customers.viewer, { idempotencyKey: 'gone', customerId }),
    );
    expect(told(await retry(operationId))).toEqual(['CUSTOMER_BUSY operationId']);
    await bench.sandbox.setFaults([]);
    expect((await bench.ended(detached.operationId ?? '')).status).toBe('SUCCEEDED');
    expect(told(await retry(operationId))).toEqual(['OPERATION_NOT_RETRYABLE operationId']);
  });
});
