// Every expected failure through the front door: its code, the type that carries it, what that type tells, and where it stands.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemTypes } from '../../../src/domain/problem.ts';
import type { ProblemType } from '../../../src/domain/problem.ts';
import { everyCode } from './every-code.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world.gateway.close();
});

const someText: unknown = expect.stringMatching(/\S/);

/** What each type tells besides code, message and path. */
const details: Record<ProblemType, object> = {
  InvalidInputError: {},
  NotFoundError: {},
  RuleViolationError: {},
  StepOutOfOrderError: { expectedStep: 'PRIMARY_SETTINGS' },
  VersionConflictError: { currentVersion: 2 },
  IdempotencyMismatchError: {},
  PlatformRejectedError: { trackingId: someText, platformCode: someText },
};

const refusals = new Map(Object.entries(everyCode));

describe('a mutation answers', () => {
  it.each(Object.entries(problemTypes))('%s, as a %s', async (code, type) => {
    const refusal = refusals.get(code);
    const payload = await refusal?.ask(world);
    const path = refusal?.path.split('.').filter((part) => part !== '');
    expect(payload?.userErrors).toContainEqual({ __typename: type, code, path, message: someText, ...details[type] });
  });
});
