// GraphQL over server-sent events: every event carries its cursor, and whoever comes back with the last one misses nothing.

import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logOfPartner } from '../events/support/partner-log.ts';
import type { PartnerLog } from '../events/support/partner-log.ts';
import { waitFor } from '../support/wait-for.ts';
import { openEventStream } from './support/event-stream.ts';
import type { EventStreamOptions } from './support/event-stream.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';
import { secret } from './support/small-schema.ts';

let gateway: SmallGateway;
let log: PartnerLog;
beforeAll(async () => {
  gateway = await openSmallGateway({ pace: { beatMs: 20, stallMs: 300 } });
  log = logOfPartner(gateway.database, gateway.partnerId);
});
afterAll(() => gateway.close());

const follow = 'subscription ($after: String) { follow(after: $after) { cursor message } }';

async function open(query: string, options: Partial<EventStreamOptions> = {}) {
  return openEventStream(gateway.url, { query, token: await gateway.token(), ...options });
}

describe('a subscription', () => {
  it('delivers the present state, then every event, each with its cursor as id', async () => {
    const stream = await open(follow);
    expect(await stream.next()).toMatchObject({ name: 'next', data: { data: { follow: { message: null } } } });
    await log.append(['one', 'two']);
    for (const message of ['one', 'two']) {
      const { name, id, data } = await stream.next();
      expect({ name, data }).toEqual({ name: 'next', data: { data: { follow: { cursor: id, message } } } });
    }
    stream.cancel();
  });

  it('goes on behind Last-Event-ID, whatever its variables say', async () => {
    const stream = await open(follow);
    const { id } = await stream.next();
    stream.cancel();
    await log.append(['missed one', 'missed two']);
    const back = await open(follow, { lastEventId: id });
    for (const message of ['missed one', 'missed two']) {
      expect(await back.next()).toMatchObject({ data: { data: { follow: { message } } } });
    }
    back.cancel();
  });

  it('is given signs of life that move its cursor on although no event is for it', async () => {
    const query = 'subscription { follow(customerIds: []) { cursor message } }';
    const stream = await open(query);
    const { id: start } = await stream.next();
    await log.append(['for somebody else']);
    const moved = await waitFor(async () => stream.lastId() !== start && stream.lastId());
    expect(moved).toBe(await gateway.feed.head(gateway.partnerId));
    const customerId = await log.addCustomer();
    stream.cancel();
    const back = await open(`subscription { follow(customerIds: ["${customerId}"]) { message } }`, {
      lastEventId: moved,
    });
    await log.append(['for it'], { customerId });
    expect(await back.next()).toMatchObject({ data: { data: { follow: { message: 'for it' } } } });
    back.cancel();
  });

  it('shares its updates with the sockets', async () => {
    gateway.told.splice(0);
    const streams = await Promise.all([open(follow), open(follow), open(follow)]);
    for (const stream of streams) await stream.next();
    await log.append(['told to all']);
    for (const stream of streams) await stream.next();
    expect(gateway.told.filter((told) => told === 'told to all')).toHaveLength(1);
    for (const stream of streams) stream.cancel();
  });

  it('lets go of its source when the reader goes', async () => {
    const stream = await open('subscription { silence(name: "by SSE") }');
    stream.cancel();
    await waitFor(async () => gateway.endedSources.includes('by SSE'));
  });

  it('is cut off when its token expires, and completes nothing', async () => {
    const stream = await open(follow, { token: await gateway.token(1) });
    await stream.next();
    await expect(stream.next()).rejects.toThrow();
  });

  it('of a reader that stalls is cut off', async () => {
    const query = 'subscription { follow { cursor message padding(length: 200000) } }';
    const stream = await open(query);
    await stream.next();
    stream.pause();
    const isCut = (): boolean => gateway.logged.some((line) => line.includes('TOO_SLOW'));
    for (let number = 0; !isCut(); number++) await log.append([`event ${number}`]);
    stream.cancel();
  });

  it('works with the client of graphql-sse', async () => {
    const authorization = `Bearer ${await gateway.token()}`;
    const client = createClient({ url: `${gateway.url}/graphql/stream`, headers: { authorization } });
    const updates = client.iterate<{ follow: { message: string } }>({ query: follow });
    expect((await updates.next()).value).toMatchObject({ data: { follow: { message: null } } });
    const next = updates.next();
    await log.append(['to a client of the shelf']);
    expect((await next).value).toMatchObject({ data: { follow: { message: 'to a client of the shelf' } } });
    await updates.return?.();
    client.dispose();
  });
});

describe('what goes wrong', () => {
  it.each([
    ['a syntax error', '{ whoAmI', 'BAD_USER_INPUT'],
    ['an unknown field', '{ whoAmY }', 'BAD_USER_INPUT'],
    ['a cursor that does not hold', 'subscription { follow(after: "nonsense") { message } }', 'CURSOR_INVALID'],
    ['a resolver that throws', '{ throws }', 'INTERNAL'],
    ['a source that breaks', 'subscription { breaks }', 'INTERNAL'],
  ])('in the operation is an event and the end of the stream: %s', async (_what, query, code) => {
    const stream = await open(query);
    const told = await stream.next();
    expect(told).toMatchObject({ name: 'next', data: { errors: [{ extensions: { code } }] } });
    expect(JSON.stringify(told)).not.toContain(secret);
    expect(await stream.next()).toMatchObject({ name: 'complete' });
  });

  it('with the request is told by a status and in JSON', async () => {
    const authorization = `Bearer ${await gateway.token()}`;
    const ask = (init: { method?: string; headers?: Record<string, string>; body?: string }, search = '') =>
      fetch(`${gateway.url}/graphql/stream${search}`, {
        ...init,
        headers: { accept: 'text/event-stream', authorization, ...init.headers },
      });
    const json = { 'content-type': 'application/json' };
    expect((await ask({ headers: { authorization: '' } })).status).toBe(401);
    expect((await ask({ headers: { accept: 'application/json' } })).status).toBe(406);
    expect((await ask({ method: 'POST', headers: json, body: '{"variables": []}' })).status).toBe(400);
    expect((await ask({}, '?query=%7BwhoAmI%7D&variables=%7B')).status).toBe(400);
    expect(await (await ask({}, '?variables=1')).json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

it('a query is answered by one event, by GET and by POST', async () => {
  for (const method of ['GET', 'POST'] as const) {
    const stream = await open('query ($value: Int!) { echo(value: $value) }', { method, variables: { value: 7 } });
    expect(await stream.next()).toMatchObject({ name: 'next', data: { data: { echo: 7 } } });
    expect(await stream.next()).toMatchObject({ name: 'complete' });
  }
});

it('a gateway that stops sends its readers away at once', async () => {
  const other = await openSmallGateway();
  const stream = await openEventStream(other.url, { query: follow, token: await other.token() });
  await stream.next();
  const next = stream.next();
  next.catch(() => undefined);
  await other.close();
  await expect(next).rejects.toThrow();
});
