// The recipes at work: each follows a customer through a connection that is cut again and again, and misses nothing.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LiveClient } from '../../../src/client/live-client.ts';
import * as documents from '../../generated/graphql.ts';
import { startGateway } from '../../support/gateway.ts';
import type { Gateway } from '../../support/gateway.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import type { TcpProxy } from '../../support/tcp-proxy.ts';
import { addPartner } from '../support/customers.ts';
import type { TestCustomer, TestPartner } from '../support/customers.ts';
import { openLive } from '../support/live.ts';
import { createApolloClient } from './apollo-client.ts';
import { createResumingClient, followResuming } from './graphql-ws.ts';
import { createUrqlClient } from './urql.ts';

let gateway: Gateway;
let partner: TestPartner;
let customer: TestCustomer;
let proxy: TcpProxy;
let live: LiveClient;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  partner = await addPartner(gateway);
  customer = await partner.addCustomer();
  proxy = await startTcpProxy(() => gateway.url);
  live = openLive(proxy.url, { token: partner.token });
});
afterEach(async () => {
  live.close();
  await proxy.close();
});

const token = (): Promise<string> => partner.token();
const variables = () => ({ customerId: customer.id });
const versions = [undefined, 1, 2, 3, 4, 5, 6];

/** Cuts the connection, lets two things happen meanwhile, and waits until they have been seen. */
async function interrupt(seen: readonly unknown[]): Promise<void> {
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(1);
  for (const count of [3, 5, 7]) {
    proxy.refuse(true);
    proxy.cut();
    await customer.happen(2);
    proxy.refuse(false);
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(count);
  }
}

async function awayForTooLong(): Promise<void> {
  proxy.refuse(true);
  proxy.cut();
  await customer.happen();
  await partner.expireLog();
  proxy.refuse(false);
}

const ofCustomer = (id: string) => ({ query: documents.RecipeCustomerDocument, variables: { id } });

describe('Apollo Client', () => {
  it('sees everything once and in order, and has the state in its cache', async () => {
    const client = createApolloClient(`${gateway.url}/graphql`, token, live);
    const seen: (number | null | undefined)[] = [];
    const subscription = client
      .subscribe({ query: documents.CustomerUpdatedDocument, variables: variables() })
      .subscribe(({ data }) => seen.push(data?.customerUpdated.event?.customerVersion));
    await interrupt(seen);
    expect(seen).toEqual(versions);
    expect(client.readQuery(ofCustomer(customer.id))).toBeNull();
    const { data } = await client.query(ofCustomer(customer.id));
    expect(data?.customer?.version).toBe(6);
    await customer.happen();
    await expect.poll(() => client.readQuery(ofCustomer(customer.id))?.customer?.version).toBe(7);
    subscription.unsubscribe();
    expect(live.state.streams).toBe(0);
    client.stop();
  });

  it('asks again for what is on the screen when it was away for too long', async () => {
    const client = createApolloClient(`${gateway.url}/graphql`, token, live);
    const other = await partner.addCustomer();
    const shown: (number | undefined)[] = [];
    const watched = client
      .watchQuery(ofCustomer(other.id))
      .subscribe(({ data }) => shown.push(data?.customer?.version));
    const seen: unknown[] = [];
    const subscription = client
      .subscribe({ query: documents.CustomerUpdatedDocument, variables: variables() })
      .subscribe((result) => seen.push(result));
    await expect.poll(() => [shown.at(-1), seen.length]).toEqual([0, 1]);
    await other.happen();
    await awayForTooLong();
    await expect.poll(() => shown.at(-1), { timeout: 10_000 }).toBe(1);
    subscription.unsubscribe();
    watched.unsubscribe();
    client.stop();
  });

  it('is told of what cannot be mended', async () => {
    const client = createApolloClient(`${gateway.url}/graphql`, token, live);
    const { error } = await new Promise<{ readonly error?: unknown }>((resolve) => {
      client
        .subscribe({ query: documents.CustomerUpdatedDocument, variables: { customerId: 'nobody' } })
        .subscribe(resolve);
    });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
    client.stop();
  });
});

describe('urql', () => {
  it('sees everything once and in order', async () => {
    const client = createUrqlClient(`${gateway.url}/graphql`, token, live, () => undefined);
    const seen: (number | null | undefined)[] = [];
    const subscription = client
      .subscription(documents.CustomerUpdatedDocument, variables())
      .subscribe(({ data }) => seen.push(data?.customerUpdated.event?.customerVersion));
    await interrupt(seen);
    expect(seen).toEqual(versions);
    const { data } = await client.query(documents.RecipeCustomerDocument, { id: customer.id }).toPromise();
    expect(data?.customer?.version).toBe(6);
    subscription.unsubscribe();
    await expect.poll(() => live.state.streams).toBe(0);
  });

  it('is told when it was away for too long', async () => {
    let resets = 0;
    const client = createUrqlClient(`${gateway.url}/graphql`, token, live, () => resets++);
    const seen: unknown[] = [];
    const subscription = client
      .subscription(documents.CustomerUpdatedDocument, variables())
      .subscribe((result) => seen.push(result));
    await expect.poll(() => seen.length).toBe(1);
    await awayForTooLong();
    await expect.poll(() => [resets, seen.length], { timeout: 10_000 }).toEqual([1, 2]);
    subscription.unsubscribe();
  });
});

describe('graphql-ws alone', () => {
  it('sees everything once and in order', async () => {
    const client = createResumingClient(`${proxy.url.replace('http', 'ws')}/graphql`, token, 100);
    const source = followResuming(
      client,
      documents.CustomerUpdatedDocument,
      variables(),
      ({ customerUpdated }) => customerUpdated.cursor,
    );
    const seen: (number | null | undefined)[] = [];
    const reading = (async () => {
      for await (const { customerUpdated } of source) {
        seen.push(customerUpdated.event?.customerVersion);
        if (seen.length === versions.length) break;
      }
    })();
    await interrupt(seen);
    await reading;
    expect(seen).toEqual(versions);
    await client.dispose();
  });
});
