// What happens to a customer after it was created, through the front door: changed, tried again, called off, detached.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createCustomer, createTemplate, present, untilEnded } from '../support/story.ts';

let gateway: Gateway;
let api: ApiClient;
let templateId: string;
beforeAll(async () => {
  gateway = await startGateway();
  api = await gateway.client();
  templateId = (await createTemplate(api)).id;
});
afterAll(async () => {
  await gateway.close();
});

async function provisioned(companyName?: string) {
  const { customer, operation } = await createCustomer(api, { templateId, ...(companyName ? { companyName } : {}) });
  return { customerId: customer.id, operation: await untilEnded(api, operation.id) };
}

it('updates a customer', async () => {
  const { customerId } = await provisioned();
  const packages: documents.PackageSelectionInput[] = [
    { package: 'WEBEX_CALLING', limit: 3 },
    { package: 'WEBEX_MEETINGS' },
  ];
  const input = { idempotencyKey: randomUUID(), customerId, packages };
  const checked = await api.run(documents.UpdateCustomerDocument, { input: { ...input, validateOnly: true } });
  expect(accepted(checked.updateCustomer)).toMatchObject({ operation: null, customer: { status: 'PROVISIONED' } });
  const { customer, operation } = accepted((await api.run(documents.UpdateCustomerDocument, { input })).updateCustomer);
  expect(customer?.packages.map(({ offering, limit }) => [offering.code, limit])).toEqual([
    ['WEBEX_CALLING', 3],
    ['WEBEX_MEETINGS', null],
  ]);
  expect(await untilEnded(api, present(operation).id)).toMatchObject({ kind: 'UPDATE_CUSTOMER', status: 'SUCCEEDED' });
  const refused = await api.run(documents.UpdateCustomerDocument, {
    input: { idempotencyKey: randomUUID(), customerId: 'nonsense', externalId: 'x' },
  });
  expect(refused.updateCustomer).toMatchObject({ customer: null, userErrors: [{ code: 'NOT_FOUND' }] });
});

it('tries a customer again whose package was in maintenance', async () => {
  const { operation } = await provisioned('Calling Maintenance Ltd');
  expect(operation).toMatchObject({ status: 'FAILED', nextAction: 'RETRY_LATER' });
  const input = { operationId: operation.id };
  const { retryOperation } = await api.run(documents.RetryOperationDocument, { input });
  expect(accepted(retryOperation).operation).toMatchObject({ id: operation.id });
  expect(await untilEnded(api, operation.id)).toMatchObject({ status: 'SUCCEEDED', errors: [] });
  const again = await api.run(documents.RetryOperationDocument, { input });
  expect(again.retryOperation?.userErrors).toMatchObject([{ code: 'OPERATION_NOT_RETRYABLE', path: ['operationId'] }]);
});

it('calls nothing off that has ended, and nothing that nobody knows', async () => {
  const { operation } = await provisioned();
  const cancel = async (operationId: string) =>
    (await api.run(documents.CancelOperationDocument, { input: { operationId } })).cancelOperation;
  expect(await cancel(operation.id)).toMatchObject({
    operation: { status: 'SUCCEEDED' },
    userErrors: [{ __typename: 'RuleViolationError', code: 'OPERATION_NOT_CANCELLABLE' }],
  });
  expect(await cancel('nonsense')).toMatchObject({ operation: null, userErrors: [{ code: 'NOT_FOUND' }] });
});

it('detaches a customer, which stays readable', async () => {
  const { customerId } = await provisioned();
  const input = { idempotencyKey: randomUUID(), customerId };
  const { operation } = accepted((await api.run(documents.DetachCustomerDocument, { input })).detachCustomer);
  expect(await untilEnded(api, present(operation).id)).toMatchObject({ kind: 'DETACH_CUSTOMER', status: 'SUCCEEDED' });
  const repeated = await api.run(documents.DetachCustomerDocument, { input });
  expect(repeated.detachCustomer).toMatchObject({ customer: { status: 'DELETED' }, operation: { id: operation?.id } });
});

it('lets nobody change anything who may only read', async () => {
  const reader = await gateway.client('acme', 'READ_ONLY_ADMIN');
  const input = { operationId: 'any' };
  await expect(reader.run(documents.CancelOperationDocument, { input })).rejects.toThrow('FORBIDDEN');
});
