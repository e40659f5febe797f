// After retention has cut the log: lists begin later, old cursors are told so, and what is shown of the present stays whole.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventRetention } from '../../src/workflow/sweeps/event-retention.ts';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { createCustomer, createTemplate, present, untilEnded } from '../support/story.ts';

let gateway: Gateway;
let api: ApiClient;
let customerId: string;
let operationId: string;
let before: documents.EventPageQuery['events']['nodes'];

const dayMs = 86_400_000;

/** Removes every event up to now, as time would. */
async function letRetentionPass(): Promise<void> {
  const later = new Date(Date.now() + 31 * dayMs);
  while ((await eventRetention(30 * dayMs).removeSome(gateway.database, later)) > 0);
}

beforeAll(async () => {
  gateway = await startGateway();
  api = await gateway.client();
  const { id: templateId } = await createTemplate(api);
  const created = await createCustomer(api, { templateId });
  customerId = created.customer.id;
  operationId = created.operation.id;
  await untilEnded(api, operationId);
  before = (await api.run(documents.EventPageDocument, { first: 100 })).events.nodes;
  await letRetentionPass();
});
afterAll(() => gateway.close());

it('shows an operation without events, and its state all the same', async () => {
  const { operation } = await api.run(documents.OperationEventsDocument, { id: operationId });
  expect(operation).toMatchObject({
    status: 'SUCCEEDED',
    events: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
  });
});

it('begins the list of all events where the log now begins', async () => {
  const { events } = await api.run(documents.EventPageDocument, { first: 100 });
  expect(events).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false } });
  expect(events.pageInfo.endCursor).toBe(before.at(-1)?.cursor);
});

it('refuses a cursor from before the cut everywhere, and takes the last one that was cut', async () => {
  const old = present(before[0]).cursor;
  const refusals = [
    await api.execute(documents.EventPageDocument, { after: old }),
    await api.execute(documents.OperationEventsDocument, { id: operationId, after: old }),
  ];
  for (const { errors } of refusals) expect(errors).toMatchObject([{ code: 'CURSOR_EXPIRED' }]);
  await expect(api.subscribe(documents.EventsDocument, { after: old }).next()).rejects.toThrow('CURSOR_EXPIRED');
  await expect(api.subscribe(documents.OperationUpdatedDocument, { operationId, after: old }).next()).rejects.toThrow(
    'CURSOR_EXPIRED',
  );
  const last = present(before.at(-1)).cursor;
  expect((await api.run(documents.EventPageDocument, { after: last })).events.nodes).toEqual([]);
});

it('goes on following a customer whose past is gone, its version still counting up', async () => {
  const source = api.subscribe(documents.CustomerUpdatedDocument, { customerId });
  expect(await nextOf(source)).toMatchObject({ event: null, customer: { status: 'PROVISIONED' } });
  const lastVersion = Math.max(0, ...before.map((event) => event.customerVersion ?? 0));
  const updated = await api.run(documents.UpdateCustomerDocument, {
    input: {
      idempotencyKey: 'cut-log',
      customerId,
      packages: [{ package: 'WEBEX_CALLING' }, { package: 'WEBEX_MEETINGS' }],
    },
  });
  expect(updated.updateCustomer?.userErrors).toEqual([]);
  expect((await nextOf(source)).event?.customerVersion).toBe(lastVersion + 1);
  await source.return?.();
});

async function nextOf(source: AsyncIterableIterator<documents.CustomerUpdatedSubscription>) {
  const next: IteratorResult<documents.CustomerUpdatedSubscription, unknown> = await source.next();
  if (next.done) throw new Error('the subscription ended');
  return next.value.customerUpdated;
}
