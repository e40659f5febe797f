// The port's contract, against the sandbox in each of its fault modes: every method fails in the way that tells its caller what to do
// next, has had its effect exactly where it may have had it, and does the work once the weather is better.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PlatformFailure } from '../../src/platform/failure.ts';
import type { PlatformFailureKind } from '../../src/platform/failure.ts';
import type { PartnerPlatform } from '../../src/platform/port.ts';
import { createWebexPlatform } from '../../src/platform/webex/adapter.ts';
import { fixedTokens } from '../../src/platform/webex/tokens.ts';
import { openWorld } from '../sandbox/support/world.ts';
import type { World } from '../sandbox/support/world.ts';
import { cases, userOf } from './support/port-cases.ts';
import type { Stage } from './support/port-cases.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** What a mode makes of a read and of a write; null: they succeed. And whether a write that failed has had its effect. */
interface Mode {
  readonly kind: string;
  readonly read: PlatformFailureKind | null;
  readonly write: PlatformFailureKind | null;
  readonly hasEffect: boolean;
}

const modes: readonly Mode[] = [
  { kind: 'unauthorized', read: 'busy', write: 'busy', hasEffect: false },
  { kind: 'forbidden', read: 'rejected', write: 'rejected', hasEffect: false },
  { kind: 'locked', read: 'busy', write: 'busy', hasEffect: false },
  { kind: 'too-many-requests', read: 'busy', write: 'busy', hasEffect: false },
  { kind: 'unavailable', read: 'busy', write: 'busy', hasEffect: false },
  { kind: 'server-error', read: 'busy', write: 'unknown', hasEffect: false },
  { kind: 'reset-before', read: 'busy', write: 'unknown', hasEffect: false },
  { kind: 'reset-after', read: 'busy', write: 'unknown', hasEffect: true },
  { kind: 'hang-before', read: 'busy', write: 'unknown', hasEffect: false },
  { kind: 'hang-after', read: 'busy', write: 'unknown', hasEffect: true },
  { kind: 'double-answer', read: null, write: null, hasEffect: true },
  { kind: 'latency', read: null, write: null, hasEffect: true },
  { kind: 'stuck', read: null, write: null, hasEffect: true },
];

/** A new port each time: what one call has learnt of the platform is nothing to the next. */
async function withPort<T>(use: (port: PartnerPlatform) => Promise<T>): Promise<T> {
  const platform = createWebexPlatform({
    baseUrl: `${world.origin()}/v1`,
    sandboxOrigin: world.origin(),
    tokens: fixedTokens(async () => 'sandbox-acme'),
    log: { debug: () => undefined, warn: () => undefined },
    timeoutMs: 150,
  });
  try {
    return await use(platform.forPartner({ slug: 'acme' }));
  } finally {
    await platform.close();
  }
}

let marks = 0;
const newMark = (): string => `${marks++}-${randomUUID()}`;

async function openStage(): Promise<Stage> {
  const externalId = randomUUID();
  const customerId = await world.createCustomer({ externalId });
  const otherCustomerId = await world.createCustomer();
  await world.advance(1_000);
  return withPort(async (port) => {
    const organizationId = (await port.getCustomer(customerId))?.organizationId ?? '';
    const [location] = await port.listLocations(organizationId);
    const before = {
      customerId,
      organizationId,
      externalId,
      locationId: location?.platformId ?? '',
      provisioningId: world.provisioningId,
      otherCustomerId,
    };
    const user = await port.createUser(userOf({ ...before, userId: '', personId: '' }, newMark()));
    return { ...before, userId: user.platformId, personId: user.personId ?? '' };
  });
}

const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (failure: unknown) => (failure instanceof PlatformFailure ? failure.kind : `a throw: ${String(failure)}`),
  );

it.each(modes)('$kind', { timeout: 120_000 }, async ({ kind, read, write, hasEffect }) => {
  await world.faults([]);
  const stage = await openStage();
  const found: string[] = [];
  const expected: string[] = [];
  for (const { method, hits, call, isDone } of cases) {
    const mark = newMark();
    await world.faults([{ ...hits, kind, retryAfterSeconds: 0, latencyMs: 50 }]);
    const under = await withPort((port) => outcome(call(port, stage, mark)));
    await world.faults(kind === 'stuck' ? [{ kind }] : []);
    const effect = isDone ? await withPort((port) => isDone(port, stage, mark)) : null;
    const after = effect === true ? 'done' : await withPort((port) => outcome(call(port, stage, mark)));
    found.push(`${method}: ${under}, effect ${effect}, then ${after}`);
    expected.push(`${method}: ${(isDone ? write : read) ?? 'done'}, effect ${isDone ? hasEffect : null}, then done`);
  }
  expect(found).toEqual(expected);
});
