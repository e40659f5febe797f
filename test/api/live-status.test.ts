// Live status through the front door: the present state first, then every event once and in order, resumable from a cursor.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { createCustomer, createTemplate, present, untilEnded } from '../support/story.ts';

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

async function allEvents(filter: documents.EventFilter) {
  return (await api.run(documents.EventPageDocument, { first: 100, filter })).events.nodes;
}

describe('operationUpdated', () => {
  it('delivers the state, then every event of the operation, then completes', async () => {
    const { operation } = await createCustomer(api, { templateId });
    const deliveries = [];
    for await (const { operationUpdated } of api.subscribe(documents.OperationUpdatedDocument, {
      operationId: operation.id,
    })) {
      deliveries.push(operationUpdated);
    }
    expect(deliveries[0]?.event).toBeNull();
    const logged = await allEvents({ operationIds: [operation.id] });
    const delivered = deliveries.slice(1).map(({ event }) => present(event).id);
    expect(delivered).toEqual(logged.map(({ id }) => id).slice(logged.length - delivered.length));
    expect(deliveries.at(-1)).toMatchObject({
      event: { type: 'OPERATION_FINISHED' },
      operation: { status: 'SUCCEEDED' },
    });
  });

  it('delivers the last state of an operation that has ended, and completes', async () => {
    const { operation } = await createCustomer(api, { templateId });
    await untilEnded(api, operation.id);
    const deliveries = [];
    for await (const delivery of api.subscribe(documents.OperationUpdatedDocument, { operationId: operation.id })) {
      deliveries.push(delivery.operationUpdated);
    }
    expect(deliveries).toMatchObject([{ event: null, operation: { status: 'SUCCEEDED' } }]);
  });

  it('resumes after a cursor with exactly what followed it', async () => {
    const { operation } = await createCustomer(api, { templateId });
    await untilEnded(api, operation.id);
    const logged = await allEvents({ operationIds: [operation.id] });
    const after = present(logged[2]).cursor;
    const resumed: string[] = [];
    const variables = { operationId: operation.id, after };
    for await (const { operationUpdated } of api.subscribe(documents.OperationUpdatedDocument, variables)) {
      resumed.push(present(operationUpdated.event).id);
    }
    expect(resumed).toEqual(logged.slice(3).map(({ id }) => id));
  });
});

describe('customerUpdated', () => {
  it('counts the versions of the customer up without a gap', async () => {
    const { customer, operation } = await createCustomer(api, { templateId });
    const versions: number[] = [];
    const source = api.subscribe(documents.CustomerUpdatedDocument, { customerId: customer.id });
    for await (const { customerUpdated } of source) {
      const { event } = customerUpdated;
      if (event) versions.push(present(event.customerVersion));
      if (event?.type === 'OPERATION_FINISHED') break;
      if (!event && customerUpdated.customer.status === 'PROVISIONED') break;
    }
    expect(versions).toEqual(versions.map((_, index) => present(versions[0]) + index));
    await untilEnded(api, operation.id);
  });

  it('says that a customer it does not know does not exist', async () => {
    const { customer } = await createCustomer(api, { templateId });
    const foreign = await gateway.client('nordic');
    const source = foreign.subscribe(documents.CustomerUpdatedDocument, { customerId: customer.id });
    await expect(source.next()).rejects.toThrow(/no such customer/i);
  });
});

describe('events', () => {
  it("follows the whole partner's feed from a cursor across operations", async () => {
    const start = (await api.run(documents.EventPageDocument, { first: 100 })).events.pageInfo.endCursor;
    const first = await createCustomer(api, { templateId });
    const second = await createCustomer(api, { templateId });
    const open = new Set([first.operation.id, second.operation.id]);
    const seen: string[] = [];
    for await (const { events } of api.subscribe(documents.EventsDocument, { after: start })) {
      const event = present(events.event);
      seen.push(event.id);
      if (event.type === 'OPERATION_FINISHED') open.delete(present(event.operationId));
      if (open.size === 0) break;
    }
    const logged = (await api.run(documents.EventPageDocument, { first: 100, after: start })).events.nodes;
    expect(seen).toEqual(logged.slice(0, seen.length).map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    ['forged', 'AAAAAAAAAAAAAAAAAAAAAA'],
    ['senseless', 'not a cursor'],
  ])('refuses a %s cursor on a subscription and on the query alike', async (_, after) => {
    const query = await api.execute(documents.EventPageDocument, { after });
    expect(query.errors).toMatchObject([{ code: 'CURSOR_INVALID' }]);
    const source = api.subscribe(documents.EventsDocument, { after });
    await expect(source.next()).rejects.toThrow(/CURSOR_INVALID/);
  });

  it("refuses another partner's cursor", async () => {
    const foreign = await gateway.client('nordic');
    const after = (await api.run(documents.EventPageDocument, { first: 1 })).events.pageInfo.endCursor;
    const answer = await foreign.execute(documents.EventPageDocument, { after });
    expect(answer.errors).toMatchObject([{ code: 'CURSOR_INVALID' }]);
  });
});
