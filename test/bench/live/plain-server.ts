// What a team writes first: graphql-js, graphql-ws, and a PubSub in memory. It is told of the same events as the gateway, by
// the same LISTEN, and publishes each to whoever is subscribed at that moment.

import { createServer } from 'node:http';
import { buildSchema, graphql } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import pg from 'pg';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { createCallee } from './calls.ts';
import { startPlain } from './contract.ts';
import { listenOnFreePort } from './free-port.ts';
import { createPubSub } from './plain-pub-sub.ts';

const schema = buildSchema(`
  type Customer { companyName: String! status: String! }
  type Operation { status: String! nextAction: String! customer: Customer }
  type Event {
    id: ID! type: String! at: String! message: String! fromStatus: String toStatus: String customerVersion: Int
    customer: Customer
  }
  type CustomerUpdate { cursor: String! event: Event customer: Customer! }
  type OperationUpdate { cursor: String! event: Event operation: Operation! }
  type EventUpdate { cursor: String! event: Event! }
  type CustomerList { nodes: [Customer!]! }
  type Query { customers(first: Int!): CustomerList! }
  type Subscription {
    customerUpdated(customerId: ID!): CustomerUpdate!
    operationUpdated(operationId: ID!): OperationUpdate!
    events: EventUpdate!
  }
`);

const claims = z.object({ partner: z.string() });
const body = z.object({ query: z.string() });

interface EventRow {
  readonly position: string;
  readonly customerId: string;
  readonly operationId: string;
  readonly at: Date;
  readonly companyName: string;
  readonly customerStatus: string;
  readonly operationStatus: string;
  readonly nextAction: string;
}

const newEvents = `
  SELECT event.*, customer."companyName", customer."status" AS "customerStatus",
    operation."status" AS "operationStatus", operation."nextAction"
  FROM "ProvisioningEvent" AS event
    JOIN "Customer" AS customer ON customer."id" = event."customerId"
    JOIN "ProvisioningOperation" AS operation ON operation."id" = event."operationId"
  WHERE event."partnerId" = $1 AND event."position" > $2 ORDER BY event."position"`;

const callee = createCallee();
callee.on(startPlain, async ({ databaseUrl, poolSize, jwksUrl }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize });
  const pubSub = createPubSub();
  await publishNewEvents(databaseUrl, pool, pubSub.publish);

  const keys = createRemoteJWKSet(new URL(jwksUrl));
  async function partnerOf(authorization: unknown): Promise<string> {
    const { payload } = await jwtVerify(String(authorization).replace(/^Bearer /, ''), keys);
    const { rows } = await pool.query<{ id: string }>('SELECT "id" FROM "Partner" WHERE "slug" = $1', [
      claims.parse(payload).partner,
    ]);
    if (!rows[0]) throw new Error('there is no such partner');
    return rows[0].id;
  }

  const roots = {
    subscription: {
      customerUpdated: ({ customerId }: { customerId: string }) =>
        pubSub.subscribe(`customer ${customerId}`, 'customerUpdated'),
      operationUpdated: ({ operationId }: { operationId: string }) =>
        pubSub.subscribe(`operation ${operationId}`, 'operationUpdated'),
      events: (_args: object, { partnerId }: { partnerId: string }) =>
        pubSub.subscribe(`partner ${partnerId}`, 'events'),
    },
    query: {
      async customers({ first }: { first: number }, { partnerId }: { partnerId: string }) {
        const { rows } = await pool.query<Record<string, unknown>>(
          'SELECT "companyName", "status" FROM "Customer" WHERE "partnerId" = $1 ORDER BY "createdAt", "id" LIMIT $2',
          [partnerId, first],
        );
        return { nodes: rows };
      },
    },
  };

  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = async () => {
        const partnerId = await partnerOf(request.headers.authorization);
        const { query } = body.parse(JSON.parse(Buffer.concat(chunks).toString()));
        return graphql({ schema, source: query, rootValue: roots.query, contextValue: { partnerId } });
      };
      answer().then(
        (result) => response.setHeader('content-type', 'application/json').end(JSON.stringify(result)),
        () => response.writeHead(400).end(),
      );
    });
  });
  useServer<Record<string, unknown>, { partnerId?: string }>(
    {
      schema,
      roots,
      async onConnect({ connectionParams, extra }) {
        extra.partnerId = await partnerOf(connectionParams?.['authorization']);
      },
      context: ({ extra }) => ({ partnerId: extra.partnerId }),
    },
    new WebSocketServer({ server: http, path: '/graphql' }),
  );
  return { url: await listenOnFreePort(http) };
});

/** One read for each nudge, for everybody together. */
async function publishNewEvents(
  databaseUrl: string,
  pool: pg.Pool,
  publish: (topic: string, update: object) => void,
): Promise<void> {
  const positions = new Map<string, string>();
  const { rows } = await pool.query<{ partnerId: string; head: string }>('SELECT "partnerId", "head" FROM "EventLog"');
  for (const { partnerId, head } of rows) positions.set(partnerId, head);
  const reading = new Map<string, Promise<void>>();

  async function publishAll(partnerId: string): Promise<void> {
    const { rows: events } = await pool.query<EventRow>(newEvents, [partnerId, positions.get(partnerId) ?? '0']);
    for (const row of events) {
      positions.set(partnerId, row.position);
      const customer = { companyName: row.companyName, status: row.customerStatus };
      const operation = { status: row.operationStatus, nextAction: row.nextAction, customer };
      const update = {
        cursor: row.position,
        event: { ...row, at: row.at.toISOString(), customer },
        customer,
        operation,
      };
      publish(`customer ${row.customerId}`, update);
      publish(`operation ${row.operationId}`, update);
      publish(`partner ${partnerId}`, update);
    }
  }

  const listener = new pg.Client({ connectionString: databaseUrl });
  listener.on('notification', ({ payload: partnerId = '' }) => {
    const before = reading.get(partnerId) ?? Promise.resolve();
    reading.set(
      partnerId,
      before.then(() => publishAll(partnerId)),
    );
  });
  await listener.connect();
  await listener.query('LISTEN provisioning_events');
}
