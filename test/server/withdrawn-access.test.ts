// Access that ends before its socket does, with a stream running on it: closed by 4403, not one event more, and who comes back
// with a fresh token has missed nothing. Other subjects and other partners do not notice.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { schema } from '../../schema/index.ts';
import { appendEvents } from '../../src/database/event-log.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { resumePartner, revokeTokens, suspendPartner } from '../../src/domain/access/change-access.ts';
import type { Revocation } from '../../src/domain/access/change-access.ts';
import type { PartnerRole } from '../../src/domain/viewer.ts';
import { issueLocalToken } from '../../src/server/auth/local-issuer.ts';
import { decodeJwt } from 'jose';
import { waitFor } from '../support/wait-for.ts';
import { post } from './support/post.ts';
import { openSmallGateway } from './support/small-gateway.ts';
import type { SmallGateway } from './support/small-gateway.ts';
import { openAdmittedSocket, openSocket } from './support/socket.ts';
import type { TestSocket } from './support/socket.ts';

const hourMs = 3_600_000;
const document = 'subscription ($after: EventCursor) { events(after: $after) { cursor event { message } } }';
const delivery = z.object({
  data: z.object({ events: z.object({ cursor: z.string(), event: z.object({ message: z.string() }) }) }),
});

let gateway: SmallGateway;
let otherPartnerId: string;
const open = async (accessPollMs = 50): Promise<void> => {
  gateway = await openSmallGateway({ schema, accessPollMs });
  const { id } = await gateway.database.partner.create({
    data: { slug: 'nordic', name: 'Nordic', dataRegion: 'EU' },
  });
  otherPartnerId = id;
};
afterEach(() => gateway.close());

const tokenOf = (partner: string, role: PartnerRole = 'FULL_ADMIN', ttlSeconds = 600): Promise<string> =>
  issueLocalToken({ dataDir: gateway.dataDir, partner, roles: [role], ttlSeconds });

interface Follower {
  readonly socket: TestSocket;
  readonly messages: string[];
  /** Of the last delivery. */
  cursor(): string | null;
}

async function follow(socket: TestSocket, after: string | null): Promise<Follower> {
  const messages: string[] = [];
  let cursor = after;
  socket.raw.on('message', (data: Buffer) => {
    const { type, payload } = z
      .looseObject({ type: z.string(), payload: z.unknown() })
      .parse(JSON.parse(data.toString()));
    if (type !== 'next') return;
    const { events } = delivery.parse(payload).data;
    messages.push(events.event.message);
    cursor = events.cursor;
  });
  socket.send({ id: 'events', type: 'subscribe', payload: { query: document, variables: { after } } });
  return { socket, messages, cursor: () => cursor };
}

/** Appends event after event to both partners' logs, known by their numbers, until it is stopped. */
function keepWriting() {
  const stopping = new AbortController();
  let written = 0;
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      const message = String(written + 1);
      for (const partnerId of [gateway.partnerId, otherPartnerId]) {
        await inTransaction(gateway.database, (transaction) =>
          appendEvents(transaction, partnerId, new Date(), [{ type: 'STEP_PROGRESSED', message }]),
        );
      }
      written++;
    }
  })();
  return {
    written: () => written,
    /** Until so many more have been written. */
    async more(count: number): Promise<void> {
      const target = written + count;
      await waitFor(async () => written >= target);
    },
    async stop(): Promise<number> {
      stopping.abort();
      await ended;
      return written;
    },
  };
}

const upTo = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 1));

/** Tokens say the second they were issued in, so one that comes right after a revocation may still be among the revoked. */
async function comeBack(partner: string): Promise<TestSocket> {
  return waitFor(async () => {
    const socket = await openSocket(gateway.socketUrl);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${await tokenOf(partner)}` } });
    const isIn = await socket.receive().then(
      ({ type }) => type === 'connection_ack',
      () => false,
    );
    return isIn && socket;
  });
}

const withdrawals: readonly (readonly [string, (token: string) => Promise<unknown>])[] = [
  ['all tokens of its partner are revoked', () => revoke('EVERYBODY')],
  ['the tokens of its subject are revoked', () => revoke({ subject: 'acme-full-admin' })],
  ['its very token is revoked', (token) => revoke({ tokenId: decodeJwt(token).jti ?? '' })],
];

const revoke = (of: Revocation['of']): Promise<unknown> =>
  revokeTokens(gateway.database, { partnerSlug: 'acme', of, keepMs: hourMs });

describe('a socket', () => {
  beforeEach(() => open());

  it.each(withdrawals)(
    'is closed when %s, and its stream goes on without a gap on the next one',
    async (_, withdraw) => {
      const token = await tokenOf('acme');
      const start = await gateway.feed.head(gateway.partnerId);
      const first = await follow(await openAdmittedSocket(gateway.socketUrl, token), start);
      const writer = keepWriting();
      await waitFor(async () => first.messages.length >= 5);
      await withdraw(token);
      expect(await first.socket.closed).toMatchObject({
        code: 4403,
        reason: 'The token has been revoked. Send a fresh one.',
      });
      const { length } = first.messages;
      await writer.more(10);
      expect(first.messages).toHaveLength(length);

      const second = await follow(await comeBack('acme'), first.cursor());
      await writer.more(5);
      const total = await writer.stop();
      await waitFor(async () => first.messages.length + second.messages.length >= total);
      expect([...first.messages, ...second.messages]).toEqual(upTo(total));
      await second.socket.close();
    },
  );

  it('is closed when its partner is suspended; when the partner is resumed the same token goes on without a gap', async () => {
    const token = await tokenOf('acme');
    const start = await gateway.feed.head(gateway.partnerId);
    const first = await follow(await openAdmittedSocket(gateway.socketUrl, token), start);
    const writer = keepWriting();
    await waitFor(async () => first.messages.length >= 5);
    await suspendPartner(gateway.database, 'acme');
    expect(await first.socket.closed).toMatchObject({ code: 4403, reason: 'The partner is suspended.' });
    const { length } = first.messages;
    await writer.more(10);
    expect(first.messages).toHaveLength(length);
    const refused = await openSocket(gateway.socketUrl);
    refused.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    expect(await refused.closed).toMatchObject({ code: 4401 });

    await resumePartner(gateway.database, 'acme');
    const second = await follow(await comeBack('acme'), first.cursor());
    const total = await writer.stop();
    await waitFor(async () => first.messages.length + second.messages.length >= total);
    expect([...first.messages, ...second.messages]).toEqual(upTo(total));
    await second.socket.close();
  });

  it('is closed when its token expires in the middle of a stream', async () => {
    const start = await gateway.feed.head(gateway.partnerId);
    const socket = await openAdmittedSocket(gateway.socketUrl, await tokenOf('acme', 'FULL_ADMIN', 3));
    const first = await follow(socket, start);
    const writer = keepWriting();
    expect(await socket.closed).toMatchObject({ code: 4403, reason: 'The token has expired. Send a fresh one.' });
    const { length } = first.messages;
    await writer.more(10);
    expect(first.messages).toHaveLength(length);
    const second = await follow(await openAdmittedSocket(gateway.socketUrl, await tokenOf('acme')), first.cursor());
    const total = await writer.stop();
    await waitFor(async () => first.messages.length + second.messages.length >= total);
    expect([...first.messages, ...second.messages]).toEqual(upTo(total));
    await second.socket.close();
  });

  it('of somebody else goes on when a subject or another partner loses access', async () => {
    const start = await gateway.feed.head(gateway.partnerId);
    const otherStart = await gateway.feed.head(otherPartnerId);
    const reader = await tokenOf('acme', 'READ_ONLY_ADMIN');
    const colleague = await follow(await openAdmittedSocket(gateway.socketUrl, reader), start);
    const foreign = await follow(await openAdmittedSocket(gateway.socketUrl, await tokenOf('nordic')), otherStart);
    const writer = keepWriting();
    const gone = await openAdmittedSocket(gateway.socketUrl, await tokenOf('acme'));
    await revoke({ subject: 'acme-full-admin' });
    expect(await gone.closed).toMatchObject({ code: 4403 });
    await writer.more(10);
    const soFar = writer.written();
    await waitFor(async () => colleague.messages.length >= soFar);
    expect(colleague.socket.raw.readyState).toBe(colleague.socket.raw.OPEN);

    await suspendPartner(gateway.database, 'acme');
    expect(await colleague.socket.closed).toMatchObject({ code: 4403 });
    const total = await writer.stop();
    await waitFor(async () => foreign.messages.length >= total);
    expect(foreign.messages).toEqual(upTo(total));
    await foreign.socket.close();
  });

  it('is closed though the nudge gets lost', async () => {
    const socket = await openAdmittedSocket(gateway.socketUrl, await tokenOf('acme'));
    await gateway.database.accessRevocation.create({
      data: {
        partnerId: gateway.partnerId,
        issuedBefore: new Date(Date.now() + 1_000),
        expiresAt: new Date(Date.now() + hourMs),
      },
    });
    expect(await socket.closed).toMatchObject({ code: 4403 });
  });
});

it('a socket is closed by the nudge alone', async () => {
  await open(hourMs);
  const socket = await openAdmittedSocket(gateway.socketUrl, await tokenOf('acme'));
  await revoke('EVERYBODY');
  expect(await socket.closed).toMatchObject({ code: 4403 });
});

describe('a request', () => {
  beforeEach(() => open());
  const ask = (token: string) => post(gateway.url, '{ viewer { subject } }', { token });

  it('with a revoked token is refused, one with a later token is served', async () => {
    const token = await tokenOf('acme');
    expect((await ask(token)).errors).toEqual([]);
    await revoke('EVERYBODY');
    await waitFor(async () => (await ask(token)).status === 401);
    expect((await ask(token)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    await waitFor(async () => (await ask(await tokenOf('acme'))).status === 200);
    expect((await ask(token)).status).toBe(401);
    expect((await ask(await tokenOf('nordic'))).status).toBe(200);
  });

  it('of a suspended partner is refused until the partner is resumed', async () => {
    const token = await tokenOf('acme');
    expect((await ask(token)).status).toBe(200);
    await suspendPartner(gateway.database, 'acme');
    await waitFor(async () => (await ask(token)).status === 401);
    expect((await ask(token)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    await resumePartner(gateway.database, 'acme');
    await waitFor(async () => (await ask(token)).status === 200);
  });

  it('is refused with a revocation that is remembered, and served again once that is forgotten', async () => {
    const token = await tokenOf('acme');
    await revoke({ tokenId: decodeJwt(token).jti ?? '' });
    await waitFor(async () => (await ask(token)).status === 401);
    await gateway.database.accessRevocation.updateMany({ data: { expiresAt: new Date() } });
    await waitFor(async () => (await ask(token)).status === 200);
  });

  it('is not answered while nobody can tell whose access was withdrawn', async () => {
    const token = await tokenOf('acme');
    expect((await ask(token)).status).toBe(200);
    await gateway.database.$executeRaw`ALTER TABLE "AccessRevocation" RENAME TO "Away"`;
    const answer = await waitFor(async () => {
      const asked = await ask(token);
      return asked.status !== 200 && asked;
    });
    expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    await gateway.database.$executeRaw`ALTER TABLE "Away" RENAME TO "AccessRevocation"`;
    await waitFor(async () => (await ask(token)).status === 200);
  });
});

describe('the commands', () => {
  beforeEach(() => open());

  it('say when there is no such partner', async () => {
    const { database } = gateway;
    expect(await revokeTokens(database, { partnerSlug: 'nobody', of: 'EVERYBODY', keepMs: hourMs })).toBeNull();
    expect(await suspendPartner(database, 'nobody')).toBe(false);
    expect(await resumePartner(database, 'nobody')).toBe(false);
  });

  it('leave the time of the first suspension as it is', async () => {
    const { database } = gateway;
    const suspendedAt = async () => (await database.partner.findUniqueOrThrow({ where: { slug: 'gone' } })).suspendedAt;
    const before = await suspendedAt();
    expect(await suspendPartner(database, 'gone')).toBe(true);
    expect(await suspendedAt()).toEqual(before);
  });
});
