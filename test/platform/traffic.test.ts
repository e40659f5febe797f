// How fast a partner's requests leave, and that none leaves before the time that the platform named.

import { describe, expect, it } from 'vitest';
import { adapter, failureOf } from './support/adapter.ts';
import type { Script } from './support/scripted-server.ts';

const noCustomers: Script = () => ({ status: 200, body: { items: [] } });
const unlimited = { requestsPerSecond: null, concurrentRequests: 100 };

/** Answers the first request like this, all others well. */
function first(status: number, headers: Readonly<Record<string, string>>): Script {
  let isFirst = true;
  return (request) => {
    if (!isFirst) return noCustomers(request);
    isFirst = false;
    return { status, headers, body: { message: 'later', trackingId: 'T1' } };
  };
}

describe('Retry-After', () => {
  for (const status of [429, 503]) {
    it(`holds everything of the partner after a ${status}, and nothing of another partner`, async () => {
      const { acme, platform, server } = await adapter(first(status, { 'retry-after': '40' }));
      await failureOf(acme.listCustomers());
      const held = await failureOf(acme.listUsers('customer-1'));
      expect(held).toMatchObject({ kind: 'busy', status: null });
      expect(held.retryAfterMs).toBeGreaterThan(30_000);
      expect(server.requests).toHaveLength(1);
      await platform.forPartner({ slug: 'nordic' }).listCustomers();
      expect(server.requests).toHaveLength(2);
    });
  }

  it('holds what is locked after a 423, and nothing else', async () => {
    const { acme, server } = await adapter(first(423, { 'retry-after': '40' }));
    await failureOf(acme.getCustomer('locked'));
    expect((await failureOf(acme.getCustomer('locked'))).retryAfterMs).toBeGreaterThan(30_000);
    await acme.listCustomers();
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/v1/wholesale/customers/locked',
      '/v1/wholesale/customers',
    ]);
  });

  it('is waited out where it is short: the call is made when the time has come', async () => {
    const { acme, server } = await adapter(first(429, { 'retry-after': '1' }));
    const refused = await failureOf(acme.listCustomers());
    const refusedAt = performance.now();
    expect(refused).toMatchObject({ kind: 'busy', retryAfterMs: 1_000 });
    await expect(acme.listCustomers()).resolves.toEqual([]);
    expect(performance.now() - refusedAt).toBeGreaterThan(900);
    expect(server.requests).toHaveLength(2);
  });

  it('is a second where a 429 names no time', async () => {
    let now = 1_000_000;
    const { acme, server } = await adapter(first(429, {}), { now: () => now });
    await failureOf(acme.listCustomers());
    now += 1_001;
    await acme.listCustomers();
    expect(server.requests).toHaveLength(2);
  });
});

describe('limits', () => {
  it('keep to so many requests of a partner at the same time', async () => {
    const { acme, server } = await adapter(() => 'hang', {
      limits: { ...unlimited, concurrentRequests: 2 },
      timeoutMs: 150,
    });
    const calls = Array.from({ length: 4 }, () => failureOf(acme.listCustomers()));
    await Promise.race(calls);
    expect(server.requests).toHaveLength(2);
    await Promise.all(calls);
    expect(server.requests).toHaveLength(4);
  });

  it('keep to so many requests of a partner in any second', async () => {
    const arrivals: number[] = [];
    const { acme } = await adapter(
      (request) => {
        arrivals.push(performance.now());
        return noCustomers(request);
      },
      { limits: { requestsPerSecond: 5, concurrentRequests: 100 } },
    );
    await Promise.all(Array.from({ length: 12 }, () => acme.listCustomers()));
    const spans = arrivals.slice(5).map((at, index) => at - (arrivals[index] ?? 0));
    expect(spans).toHaveLength(7);
    // A request may be a little longer on its way than the one before it.
    for (const span of spans) expect(span).toBeGreaterThan(800);
  });

  it('do not keep a closing gateway waiting: who had no turn yet is refused unsent', async () => {
    const { acme, platform, server } = await adapter(() => 'hang', { limits: { ...unlimited, concurrentRequests: 1 } });
    const calls = [failureOf(acme.listCustomers()), failureOf(acme.listCustomers())];
    await server.firstRequest;
    await platform.close();
    const [, waiting] = await Promise.all(calls);
    expect(waiting).toMatchObject({ kind: 'busy', message: expect.stringContaining('Nothing was sent') });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a platform that is away', () => {
  const away: Script = () => ({ status: 503, body: { message: 'down' } });

  it('is not asked by everybody: after ten calls in vain the others are told when to come again', async () => {
    let now = 1_000_000;
    const { acme, platform, server } = await adapter(away, { now: () => now });
    for (let call = 0; call < 10; call++) await failureOf(acme.listCustomers());
    expect(platform.isAway()).toBe(true);
    expect(await failureOf(acme.listCustomers())).toMatchObject({ kind: 'busy', fault: 'AWAY', retryAfterMs: 1_000 });
    expect(server.requests).toHaveLength(10);

    now += 1_000;
    server.script = noCustomers;
    await acme.listCustomers();
    expect(platform.isAway()).toBe(false);
  });

  it('is not what refusals and limits look like', async () => {
    const statuses = [400, 401, 403, 404, 409, 500];
    let call = 0;
    const { acme, platform } = await adapter(() => ({ status: statuses[call++ % statuses.length] ?? 400, body: {} }));
    for (let count = 0; count < 24; count++) await failureOf(acme.listCustomers());
    expect(platform.isAway()).toBe(false);
  });
});
