// Customers on the workbench, made and changed by the commands themselves, for the tests of what follows.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { createSeedTemplate } from '../../../prisma/seed.ts';
import { provisionCustomer } from '../../../src/domain/customer/provision-customer.ts';
import type { ProvisionCustomerInput } from '../../../src/domain/customer/provision-form.ts';
import { saveSetupLocations } from '../../../src/domain/setup/save-locations.ts';
import { saveSetupPhoneNumbers } from '../../../src/domain/setup/save-phone-numbers.ts';
import { saveSetupUsers } from '../../../src/domain/setup/save-users.ts';
import { startSetupDraft } from '../../../src/domain/setup/start-draft.ts';
import { submitSetupDraft } from '../../../src/domain/setup/submit-draft.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Workbench } from '../../support/workbench.ts';

export const address = {
  addressLine1: '1 Mill Lane',
  city: 'Springfield',
  stateOrProvince: 'IL',
  zipOrPostalCode: '62701',
  countryCode: 'US',
};

export function place(name: string) {
  return { name, address, timeZone: 'America/Chicago', language: 'en_us' };
}

export function accepted<T>({ value, problems }: Outcome<T>): T {
  expect(problems).toEqual([]);
  if (value === null) throw new Error('the command answered nothing');
  return value;
}

/** Code and path of each problem: ['CUSTOMER_BUSY customerId']. */
export function told({ problems }: Outcome<unknown>): string[] {
  return problems.map(({ code, path }) => `${code} ${path.join('.')}`);
}

type Users = Parameters<typeof saveSetupUsers>[2]['users'];

export async function customersOf(bench: Workbench) {
  const viewer = await bench.viewer('acme');
  const provisioningId = await createSeedTemplate(bench.context, viewer, {
    name: 'Template',
    countryCode: 'US',
    brandName: 'Acme',
  });
  return {
    viewer,
    provisioningId,
    request(wishes: Partial<ProvisionCustomerInput> = {}): ProvisionCustomerInput {
      const mark = randomUUID();
      return {
        idempotencyKey: mark,
        provisioningId,
        externalId: mark,
        packages: [{ package: 'WEBEX_CALLING' }],
        billingAddress: address,
        customerInformation: { companyName: 'Newco', adminEmail: `owner@${mark}.example` },
        headquarters: place('Headquarters'),
        ...wishes,
      };
    },
    /** Accepted; the operation has yet to be carried out. */
    async provision(wishes: Partial<ProvisionCustomerInput> = {}) {
      const { customerId, operationId } = accepted(
        await provisionCustomer(bench.context, viewer, this.request(wishes)),
      );
      if (customerId === null || operationId === null) throw new Error('nothing was accepted');
      return { customerId, operationId };
    },
    /** Carried out, well or not. */
    async create(companyName: string, wishes: Partial<ProvisionCustomerInput> = {}) {
      const adminEmail = `owner@${randomUUID()}.example`;
      const made = await this.provision({ customerInformation: { companyName, adminEmail }, ...wishes });
      return { ...made, operation: await bench.ended(made.operationId) };
    },
    async setUp(customerId: string, branch: string, users: Users): Promise<string> {
      const { draftId } = accepted(await startSetupDraft(bench.context, viewer, { customerId }));
      accepted(await saveSetupLocations(bench.context, viewer, { draftId, locations: [place(branch)] }));
      accepted(await saveSetupUsers(bench.context, viewer, { draftId, users }));
      accepted(await saveSetupPhoneNumbers(bench.context, viewer, { draftId, assignments: [] }));
      const { operationId } = accepted(await submitSetupDraft(bench.context, viewer, { draftId }));
      if (operationId === null) throw new Error('nothing was accepted');
      return operationId;
    },
    load(customerId: string) {
      return bench.database.customer.findUniqueOrThrow({
        where: { id: customerId },
        include: {
          packages: { orderBy: { code: 'asc' } },
          locations: { orderBy: { name: 'asc' } },
          users: { orderBy: { email: 'asc' }, include: { phoneNumber: true } },
          phoneNumbers: { orderBy: { number: 'asc' } },
          attachConsents: { orderBy: { requestedAt: 'asc' } },
        },
      });
    },
  };
}

export type Customers = Awaited<ReturnType<typeof customersOf>>;
