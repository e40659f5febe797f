// Tokens that expire, are refused, or cannot be had: a fresh one is asked for, and nobody is left waiting for what will not come.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LiveError } from '../../src/client/live-client.ts';
import type { LiveClient, LiveClientOptions } from '../../src/client/live-client.ts';
import * as documents from '../generated/graphql.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { addPartner } from './support/customers.ts';
import type { TestCustomer, TestPartner } from './support/customers.ts';
import { openLive, untilState } from './support/live.ts';

let gateway: Gateway;
let partner: TestPartner;
let customer: TestCustomer;
let live: LiveClient;

beforeAll(async () => {
  gateway = await startGateway();
  partner = await addPartner(gateway);
});
afterAll(() => gateway.close());
beforeEach(async () => {
  customer = await partner.addCustomer();
});
afterEach(() => live.close());

function follow(token: LiveClientOptions['token'], options: Partial<LiveClientOptions> = {}) {
  live = openLive(gateway.url, { token, ...options });
  return live.follow({ document: documents.CustomerUpdatedDocument, variables: { customerId: customer.id } });
}

describe('a token that expires', () => {
  it('is replaced by a fresh one, as often as it takes, and nothing is lost', async () => {
    const problems = new Set<string | null>();
    const source = follow(() => partner.token(1));
    live.onState(({ problem }) => problems.add(problem));
    await source.next();
    const versions = [];
    for (const resumes of [1, 2]) {
      await customer.happen();
      await untilState(live, (state) => state.resumes >= resumes);
      await customer.happen();
    }
    for (let count = 0; count < 4; count++) {
      const { value } = await source.next();
      versions.push(value?.data?.customerUpdated.event?.customerVersion);
    }
    expect(versions).toEqual([1, 2, 3, 4]);
    expect(problems).toContainEqual(expect.stringContaining('(4403)'));
    expect(live.state).toMatchObject({ gaps: 0, resets: 0 });
  });
});

describe('a token that the gateway does not take', () => {
  it('is reported, and the gateway is not asked again and again', async () => {
    let asked = 0;
    const source = follow(() => {
      asked++;
      return 'nonsense';
    });
    const error = await source.next().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LiveError);
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', closeCode: 4401 });
    expect(asked).toBe(2);
    expect(await source.next()).toEqual({ done: true, value: undefined });
    await untilState(live, ({ status, streams }) => status === 'IDLE' && streams === 0);
  });

  it('is reported after a second one was not taken either', async () => {
    let asked = 0;
    const source = follow(() => `nonsense ${++asked}`);
    await expect(source.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(asked).toBe(2);
  });

  it('is forgotten when the next one is taken', async () => {
    let asked = 0;
    const source = follow(() => (++asked === 1 ? 'nonsense' : partner.token()));
    expect(await source.next()).toMatchObject({ value: { kind: 'STATE' } });
  });

  it('does not keep a stream that is followed later from trying', async () => {
    let token: string | null = null;
    const source = follow(() => token ?? 'nonsense');
    await expect(source.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    token = await partner.token();
    const again = live.follow({
      document: documents.CustomerUpdatedDocument,
      variables: { customerId: customer.id },
    });
    expect(await again.next()).toMatchObject({ value: { kind: 'STATE' } });
  });
});

describe('a token that cannot be had', () => {
  it('is asked for until it can, and the state says so meanwhile', async () => {
    let asked = 0;
    const source = follow(() => (++asked < 4 ? Promise.reject(new Error('the issuer is away')) : partner.token()));
    const { problem } = await untilState(live, (state) => state.problem !== null);
    expect(problem).toMatch(/the issuer is away/);
    expect(await source.next()).toMatchObject({ value: { kind: 'STATE' } });
    expect(live.state).toMatchObject({ status: 'LIVE', problem: null });
  });

  it('is asked for anew when the answer does not come', async () => {
    let asked = 0;
    const never = new Promise<string>(() => undefined);
    const source = follow(() => (++asked === 1 ? never : partner.token()), { tokenTimeoutMs: 50 });
    expect(await source.next()).toMatchObject({ value: { kind: 'STATE' } });
  });

  it('keeps nobody from giving up', async () => {
    const source = follow(() => new Promise(() => undefined));
    const next = source.next();
    expect(live.state.status).toBe('WAITING_FOR_TOKEN');
    await source.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});
