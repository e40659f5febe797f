// Subscriptions that are opened at any moment of running operations: each sees a state, and then every later event.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import * as documents from '../generated/graphql.ts';
import { openAdmittedSocket } from '../server/support/socket.ts';
import type { SocketMessage, TestSocket } from '../server/support/socket.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { createCustomer, createTemplate, untilEnded } from '../support/story.ts';

const customersAtOnce = 8;
const socketsUsed = 40;
const opensOnEachSocket = 50;

let gateway: Gateway;
let api: ApiClient;
const sockets: TestSocket[] = [];
beforeAll(async () => {
  gateway = await startGateway({ stageMs: 20 });
  api = await gateway.client();
  const token = await gateway.token();
  const url = `${gateway.url.replace('http', 'ws')}/graphql`;
  for (let count = 0; count < socketsUsed; count++) sockets.push(await openAdmittedSocket(url, token));
});
afterAll(async () => {
  await Promise.all(sockets.map((socket) => socket.close()));
  await gateway.close();
});

const query = `subscription ($id: ID!) {
  operationUpdated(operationId: $id) { cursor event { id type } operation { status customer { version } } }
}`;
const updateShape = z.object({
  operationUpdated: z.object({
    cursor: z.string(),
    event: z.object({ id: z.string(), type: z.string() }).nullable(),
    operation: z.object({ status: z.string() }),
  }),
});
type Update = z.infer<typeof updateShape>['operationUpdated'];

const payloadShape = z.object({ data: updateShape });

function updateOf({ payload }: SocketMessage): Update {
  return payloadShape.parse(payload).data.operationUpdated;
}

/** Follows an operation to its end. */
async function follow(socket: TestSocket, id: string, operationId: string): Promise<Update[]> {
  socket.send({ id, type: 'subscribe', payload: { query, variables: { id: operationId } } });
  const updates: Update[] = [];
  for (;;) {
    const message = await socket.receive(id);
    if (message.type === 'complete') return updates;
    updates.push(updateOf(message));
  }
}

it(`${socketsUsed * opensOnEachSocket} subscriptions opened at any moment miss nothing between the state and the stream`, async () => {
  const { id: templateId } = await createTemplate(api);
  const followed: { readonly operationId: string; readonly updates: Promise<Update[]> }[] = [];

  for (let turn = 0; followed.length < socketsUsed * opensOnEachSocket; turn++) {
    const created = await Promise.all(
      Array.from({ length: customersAtOnce }, () => createCustomer(api, { templateId })),
    );
    const operationIds = created.map(({ operation }) => operation.id);
    let running = operationIds.length;
    for (const id of operationIds) void untilEnded(api, id).then(() => running--);
    // The moments are random because they come as fast as this process gets to them, while the operations go their way.
    for (let count = 0; count < 400 && running > 0; count++) {
      const operationId = operationIds[count % operationIds.length] ?? '';
      const socket = sockets[count % sockets.length];
      if (!socket) throw new Error('no socket');
      followed.push({ operationId, updates: follow(socket, `${turn}.${count}`, operationId) });
      if (count % socketsUsed === 0) await api.run(documents.EventPageDocument, { first: 1, filter: {} });
    }
    await Promise.all(followed.map(({ updates }) => updates));
  }

  const logs = new Map<string, Promise<string[]>>();
  const logOf = async (operationId: string): Promise<string[]> => {
    const page = await api.run(documents.EventPageDocument, { first: 100, filter: { operationIds: [operationId] } });
    return page.events.nodes.map(({ id }) => id);
  };
  const beginnings = new Set<number>();
  for (const { operationId, updates } of followed) {
    const [state, ...rest] = await updates;
    expect(state?.event).toBeNull();
    const logged = await (logs.get(operationId) ?? logs.set(operationId, logOf(operationId)).get(operationId) ?? []);
    const told = rest.map(({ event }) => event?.id);
    expect(told).toEqual(logged.slice(logged.length - told.length));
    const last = rest.at(-1) ?? state;
    expect(last?.operation.status).toBe('SUCCEEDED');
    if (rest.length > 0) expect(rest.at(-1)?.event?.type).toBe('OPERATION_FINISHED');
    else expect(state?.operation.status).toBe('SUCCEEDED');
    beginnings.add(told.length);
  }
  // They did come at different moments: before the first event, after the last, and in between.
  expect(beginnings.size).toBeGreaterThan(2);
}, 120_000);
