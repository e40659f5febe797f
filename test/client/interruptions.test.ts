// A network at its worst, and a gateway that goes away: every event is delivered once, in order.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LiveClient, LiveClientOptions } from '../../src/client/live-client.ts';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import {
  createCustomer,
  createTemplate,
  place,
  present,
  setUpCustomer,
  someUsers,
  untilEnded,
} from '../support/story.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import type { TcpProxy, TcpProxyOptions } from '../support/tcp-proxy.ts';
import { openLive, readUntil, seededRandom, untilState, updatesOf } from './support/live.ts';

let gateway: Gateway;
let api: ApiClient;
let templateId: string;
let proxy: TcpProxy;
let live: LiveClient;

beforeAll(async () => {
  gateway = await startGateway({ stageMs: 20 });
  api = await gateway.client();
  templateId = (await createTemplate(api)).id;
});
afterAll(() => gateway.close());
afterEach(async () => {
  live.close();
  await proxy.close();
});

async function open(network: TcpProxyOptions = {}, options: Partial<LiveClientOptions> = {}): Promise<void> {
  proxy = await startTcpProxy(() => gateway.url, network);
  live = openLive(proxy.url, { token: () => gateway.token(), ...options });
}

type LoggedEvent = documents.EventPageQuery['events']['nodes'][number];

async function loggedAfter(after: string): Promise<LoggedEvent[]> {
  const { events } = await api.run(documents.EventPageDocument, { first: 100, after });
  if (!events.pageInfo.hasNextPage) return events.nodes;
  return [...events.nodes, ...(await loggedAfter(present(events.pageInfo.endCursor)))];
}

async function provision() {
  const created = await createCustomer(api, { templateId });
  await untilEnded(api, created.operation.id);
  return created;
}

async function head(): Promise<string> {
  const { events } = await api.run(documents.EventPageDocument, { first: 1, filter: { types: [] } });
  return present(events.pageInfo.endCursor);
}

describe('while connections are cut in the middle of messages, refused and fall silent', () => {
  it('nothing is lost, nothing comes twice, and everything is in order', async () => {
    const random = seededRandom(7);
    let connections = 0;
    await open(
      {
        limit() {
          connections++;
          if (connections % 6 === 0) proxy.refuse(true);
          return { bytes: 400 + Math.floor(random() * 12_000), then: connections % 5 === 0 ? 'SILENCE' : 'CUT' };
        },
      },
      { pingAfterMs: 100, pongTimeoutMs: 500, random },
    );
    // Not for ever: three attempts are refused each time.
    let refusedUntil = 0;
    live.onState(({ nextAttemptAt }) => {
      if (nextAttemptAt !== null && ++refusedUntil % 3 === 0) proxy.refuse(false);
    });

    const start = await head();
    const { customer } = await provision();
    const operation = await setUpCustomer(
      api,
      customer.id,
      [place('Branch')],
      someUsers(20, `${customer.id.slice(-8)}.example`, ['Headquarters', 'Branch'], 1),
    );
    const byOperation = live.follow({
      document: documents.OperationUpdatedDocument,
      variables: { operationId: operation.id, after: start },
    });
    const byCustomer = live.follow({
      document: documents.CustomerUpdatedDocument,
      variables: { customerId: customer.id, after: start },
    });
    const everything = live.follow({ document: documents.EventsDocument, variables: { after: start } });

    const ofOperation = await readUntil(byOperation);
    const logged = await loggedAfter(start);
    const last = present(logged.at(-1)).id;
    const [ofCustomer, ofAll] = await Promise.all([
      readUntil(byCustomer, ({ data }) => data?.customerUpdated.event?.id === last),
      readUntil(everything, ({ data }) => data?.events.event.id === last),
    ]);

    const ids = logged.map(({ id }) => id);
    expect(ofAll.map(({ data }) => data?.events.event.id)).toEqual(ids);
    expect(ofCustomer.map(({ data }) => data?.customerUpdated.event?.id)).toEqual(
      logged.filter((event) => event.customerId === customer.id).map(({ id }) => id),
    );
    expect(ofOperation.map(({ data }) => data?.operationUpdated.event?.id)).toEqual(
      logged.filter((event) => event.operationId === operation.id).map(({ id }) => id),
    );
    const versions = updatesOf(ofCustomer).map(({ data }) => data.customerUpdated.event?.customerVersion);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
    expect(live.state).toMatchObject({ duplicatesDropped: 0, gaps: 0, missed: 0, resets: 0 });
    expect(live.state.resumes).toBeGreaterThan(5);
  }, 120_000);
});

describe('a connection that falls silent', () => {
  it('is dropped and resumed', async () => {
    await open({}, { pingAfterMs: 50, pongTimeoutMs: 500 });
    const { customer } = await provision();
    const source = live.follow({
      document: documents.CustomerUpdatedDocument,
      variables: { customerId: customer.id },
    });
    await source.next();
    proxy.silence();
    const { resumes } = await untilState(live, (state) => state.resumes > 0);
    expect(resumes).toBe(1);
    await source.return?.();
  });

  it('is dropped also when it does so before the gateway has admitted it', async () => {
    let isFirst = true;
    await open(
      {
        limit() {
          const bytes = isFirst ? 1 : Infinity;
          isFirst = false;
          return { bytes, then: 'SILENCE' };
        },
      },
      { connectTimeoutMs: 500 },
    );
    const problems: (string | null)[] = [];
    live.onState(({ problem }) => problems.push(problem));
    const { customer } = await provision();
    const source = live.follow({
      document: documents.CustomerUpdatedDocument,
      variables: { customerId: customer.id },
    });
    const { value } = await source.next();
    expect(value).toMatchObject({ kind: 'STATE', data: { customerUpdated: { customer: { id: customer.id } } } });
    expect(problems).toContainEqual(expect.stringContaining('did not admit'));
  });
});

describe('a gateway that is restarted', () => {
  it('is found again, and what happened meanwhile is delivered', async () => {
    await open();
    const states: string[] = [];
    live.onState(({ status }) => {
      if (states.at(-1) !== status) states.push(status);
    });
    const start = await head();
    const source = live.follow({ document: documents.EventsDocument, variables: {} });
    await untilState(live, ({ status }) => status === 'LIVE');
    const first = await createCustomer(api, { templateId });
    const before = await readUntil(source, ({ data }) => data?.events.event.type === 'OPERATION_FINISHED');
    await untilEnded(api, first.operation.id);
    await gateway.restart();
    const second = await createCustomer(api, { templateId });
    const after = await readUntil(source, ({ data }) => data?.events.event.type === 'OPERATION_FINISHED');
    const ids = (await loggedAfter(start)).map(({ id }) => id);
    expect([...before, ...after].map(({ data }) => data?.events.event.id)).toEqual(ids);
    expect(after[0]).toMatchObject({ isFirstAfterResume: true });
    expect(after[1]).toMatchObject({ isFirstAfterResume: false });
    expect(new Set(updatesOf(before).map(({ data }) => data.events.event.operationId))).toContain(first.operation.id);
    expect(new Set(updatesOf(after).map(({ data }) => data.events.event.operationId))).toContain(second.operation.id);
    expect(states.slice(0, 5)).toEqual(['IDLE', 'WAITING_FOR_TOKEN', 'CONNECTING', 'LIVE', 'RESUMING']);
    expect(live.state).toMatchObject({ status: 'LIVE', problem: null, nextAttemptAt: null });
  });
});

describe('a stream without a first state', () => {
  it('loses nothing that happens while it is interrupted before its first event', async () => {
    let heads = 0;
    await open({
      fate(message) {
        if (message.includes('endCursor')) heads++;
        return 'PASS';
      },
    });
    const source = live.follow({ document: documents.EventsDocument, variables: {} });
    const next = source.next();
    await expect.poll(() => heads).toBe(1);
    proxy.refuse(true);
    proxy.cut();
    const { operation } = await provision();
    proxy.refuse(false);
    expect(await next).toMatchObject({ value: { data: { events: { event: { operationId: operation.id } } } } });
    expect(heads).toBe(1);
  });
});

describe('waiting for the next attempt', () => {
  it('can be cut short', async () => {
    await open({}, { firstWaitMs: 3_600_000, longestWaitMs: 3_600_000, random: () => 1 });
    const { customer } = await provision();
    const source = live.follow({
      document: documents.CustomerUpdatedDocument,
      variables: { customerId: customer.id },
    });
    await source.next();
    proxy.cut();
    const { problem, nextAttemptAt } = await untilState(live, (state) => state.nextAttemptAt !== null);
    expect(problem).toMatch(/lost/);
    expect(nextAttemptAt).toBeGreaterThan(Date.now());
    live.resumeNow();
    await untilState(live, ({ status, resumes }) => status === 'LIVE' && resumes === 1);
  });
});
