// What an operator of the gateway can get wrong about the platform: each shows as an operation that waits or failed, with a code and
// a sentence, and nothing crashes or tells a secret. Once it is mended the work goes on.

import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import type { Platform } from '../../src/platform/port.ts';
import { createWebexPlatform } from '../../src/platform/webex/adapter.ts';
import { createOAuthTokens } from '../../src/platform/webex/oauth.ts';
import type { PlatformCredentials } from '../../src/platform/webex/oauth.ts';
import { selfSigned } from '../support/self-signed.ts';
import { openWorkbench } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';
import { customersOf } from './support/customers.ts';
import type { Customers } from './support/customers.ts';

/** Takes the sandbox's place while it is set. */
let broken: Platform | null = null;
let bench: Workbench;
let customers: Customers;
beforeAll(async () => {
  bench = await openWorkbench({
    behind: (sandbox) => ({ ...sandbox, forPartner: (partner) => (broken ?? sandbox).forPartner(partner) }),
  });
  customers = await customersOf(bench);
});
afterAll(() => bench.close());

const oauth = (refreshToken: string): PlatformCredentials => ({
  kind: 'OAUTH',
  clientId: 'client',
  clientSecret: 'hunter2-client-secret',
  refreshToken,
});
const html: Record<string, string> = { 'content-type': 'text/html' };
const json: Record<string, string> = { 'content-type': 'application/json' };
const megabyte = Buffer.alloc(1024 * 1024, 120);

interface Mistake {
  readonly what: string;
  readonly credentials?: PlatformCredentials;
  /** Who answers at the configured address; absent: the sandbox. */
  readonly server?: () => Server;
  /** Of the address; absent: http. */
  readonly scheme?: 'https';
  readonly expected: { readonly code: string; readonly says: RegExp; readonly fails?: true };
}

const served = (listener: RequestListener) => () => createServer(listener);

const mistakes: readonly Mistake[] = [
  {
    what: 'wrong credentials',
    credentials: oauth('hunter2-refresh'),
    expected: { code: 'PLATFORM_CREDENTIALS_REFUSED', says: /refuses the client ID, client secret or refresh token/ },
  },
  {
    what: 'a revoked token',
    credentials: { kind: 'TOKEN', accessToken: 'hunter2-token' },
    expected: { code: 'PLATFORM_CREDENTIALS_REFUSED', says: /missing, expired, revoked or lacks a scope/ },
  },
  {
    what: 'a missing scope',
    server: served((request, response) => {
      const message = `no scope for ${request.headers.authorization ?? ''}`;
      response.writeHead(403, json).end(JSON.stringify({ message, trackingId: 'T1' }));
    }),
    expected: { code: 'PLATFORM_REJECTED', says: /every scope that the gateway uses/, fails: true },
  },
  {
    what: 'an address at which nothing of Webex is',
    server: served((_request, response) => response.writeHead(404, html).end('<html>hunter2-page</html>')),
    expected: { code: 'PLATFORM_ADDRESS_WRONG', says: /a page with status 404 was found; check .*WEBEX_BASE_URL/ },
  },
  {
    what: 'a web page in the place of an answer',
    server: served((_request, response) => response.writeHead(200, html).end('<html>hunter2-page</html>')),
    expected: { code: 'PLATFORM_UNAVAILABLE', says: /not of the expected form: no JSON/ },
  },
  {
    what: 'a web page in the place of an access token',
    credentials: oauth('hunter2-refresh'),
    server: served((_request, response) => response.writeHead(200, html).end('<html>hunter2-page</html>')),
    expected: { code: 'PLATFORM_ADDRESS_WRONG', says: /Expected an access token from .*check WEBEX_BASE_URL/ },
  },
  {
    what: 'redirects without an end',
    server: served((request, response) => response.writeHead(302, { location: request.url ?? '/' }).end()),
    expected: { code: 'PLATFORM_ADDRESS_WRONG', says: /a redirect was found/ },
  },
  {
    what: 'a certificate that nobody trusts',
    scheme: 'https',
    server: () => createTlsServer(selfSigned, (_request, response) => response.writeHead(200, json).end('{}')),
    expected: { code: 'PLATFORM_ADDRESS_WRONG', says: /not trusted .*SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/ },
  },
  {
    what: 'a server that does not speak TLS',
    scheme: 'https',
    server: served((_request, response) => response.end()),
    expected: { code: 'PLATFORM_ADDRESS_WRONG', says: /not trusted .*ERR_SSL/ },
  },
  {
    what: 'ten megabytes of JSON',
    server: served((_request, response) => response.writeHead(200, json).end(JSON.stringify('x'.repeat(10_000_000)))),
    expected: { code: 'PLATFORM_UNAVAILABLE', says: /more than 4194304 bytes/ },
  },
  {
    what: 'a body without an end',
    server: served((_request, response) => {
      response.writeHead(200, json);
      const send = (): void => {
        while (!response.destroyed && response.write(megabyte));
        if (!response.destroyed) response.once('drain', send);
      };
      send();
    }),
    expected: { code: 'PLATFORM_UNAVAILABLE', says: /more than 4194304 bytes/ },
  },
];

it.each(mistakes)('$what', { timeout: 60_000 }, async ({ credentials, server: open, scheme = 'http', expected }) => {
  let logged = '';
  const destination = new Writable({
    write(line: Buffer, _encoding, next) {
      logged += line.toString();
      next();
    },
  });
  const log = createLog('debug', destination);
  const server = open?.() ?? null;
  let requests = 0;
  server?.on('request', () => (requests += 1));
  const baseUrl = `${server === null ? bench.sandbox.origin : await listening(server, scheme)}/v1`;
  const own = credentials ?? { kind: 'TOKEN', accessToken: 'hunter2-token' };
  const store = {
    read: async () => own,
    inTurn: <T>(_partner: object, work: () => Promise<T>) => work(),
    rotated: async () => undefined,
  };
  const tokens = createOAuthTokens({ baseUrl, store, log });
  broken = createWebexPlatform({ baseUrl, sandboxOrigin: null, tokens, log, timeoutMs: 5_000 });

  const { operationId, customerId } = await customers.provision();
  await bench.waitForNextAction(operationId, expected.fails === true ? 'CORRECT_AND_RETRY' : 'RETRY_LATER');
  const whole = await bench.database.provisioningOperation.findUniqueOrThrow({
    where: { id: operationId },
    include: { steps: { include: { items: true } } },
  });
  expect(whole.status).toBe(expected.fails === true ? 'FAILED' : 'WAITING');
  expect(whole.errors).toMatchObject([{ code: expected.code, message: expect.stringMatching(expected.says) }]);
  const customer = await customers.load(customerId);
  const told = legible([whole, customer, await eventsOf(customerId)]);
  for (const secret of ['hunter2', '<html>', 'xxxx']) {
    expect(told).not.toContain(secret);
    expect(logged).not.toContain(secret);
  }
  // Nobody runs against a closed door: a few tries at once at most.
  expect(requests).toBeLessThanOrEqual(4);

  await broken.close();
  broken = null;
  server?.closeAllConnections();
  server?.close();
  if (expected.fails === true) return;
  await bench.database.$executeRaw`
    UPDATE pgboss.job SET start_after = now() WHERE "data"->>'operationId' = ${operationId} AND state = 'created'`;
  expect(await bench.ended(operationId)).toMatchObject({ status: 'SUCCEEDED', errors: [] });
});

const eventsOf = (customerId: string) => bench.database.provisioningEvent.findMany({ where: { customerId } });

/** JSON, with the large integers that JSON cannot write. */
const legible = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part));

async function listening(server: Server, scheme: string): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `${scheme}://127.0.0.1:${address.port}`;
}
