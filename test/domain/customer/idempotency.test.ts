// Idempotency keys by themselves: what is kept, what is not, and how calls with one key follow each other.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDatabase } from '../../../src/database/client.ts';
import type { Database, OpenDatabase } from '../../../src/database/client.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { canonicalJson, recallAnswer, withIdempotency } from '../../../src/domain/idempotency.ts';
import type { IdempotentCall } from '../../../src/domain/idempotency.ts';
import { done, refused } from '../../../src/domain/outcome.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { problem } from '../../../src/domain/problem.ts';
import { accepted, openWorld, told } from './support/world.ts';
import type { World } from './support/world.ts';

interface Answer {
  readonly id: string;
}

let world: World;
/** What a second process would have: a pool of its own. */
let elsewhere: OpenDatabase;
beforeAll(async () => {
  world = await openWorld();
  elsewhere = createDatabase({ url: world.url, poolSize: 2 });
});
afterAll(async () => {
  await elsewhere.close();
  await world.close();
});

function callOf(wishes: Partial<IdempotentCall<Answer>> = {}): IdempotentCall<Answer> {
  return {
    mutation: 'doSomething',
    key: randomUUID(),
    input: { a: 1 },
    now: world.context.now(),
    answer: z.object({ id: z.string() }),
    ...wishes,
  };
}

const run = (call: IdempotentCall<Answer>, work: () => Promise<Outcome<Answer>>, database: Database = world.database) =>
  inTransaction(database, (transaction) => withIdempotency(transaction, world.viewer, call, work));
const freshId = () => Promise.resolve(done({ id: randomUUID() }));
const recordOf = ({ key }: IdempotentCall<Answer>) =>
  world.database.idempotencyRecord.findUnique({
    where: { partnerId_key: { partnerId: world.viewer.partnerId, key } },
  });

describe('canonical JSON', () => {
  it('is the same for the same meaning', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
    expect(canonicalJson({ b: 2, a: 1 })).toBe(canonicalJson({ a: 1, b: 2 }));
  });

  it('tells apart what differs', () => {
    expect(canonicalJson({ a: null })).not.toBe(canonicalJson({}));
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson('1')).not.toBe(canonicalJson(1));
  });
});

describe('a key', () => {
  it('keeps the answer of a call that succeeded', async () => {
    const call = callOf();
    expect(await recallAnswer(world.database, world.viewer, call)).toBeNull();
    const first = accepted(await run(call, freshId));
    expect(accepted(await run(call, () => Promise.reject(new Error('must not run again'))))).toEqual(first);
    expect(await recallAnswer(world.database, world.viewer, call)).toEqual(done(first));
    expect((await recordOf(call))?.createdAt).toEqual(call.now);
  });

  it('is refused for another input and for another mutation', async () => {
    const call = callOf();
    accepted(await run(call, freshId));
    const mismatch = ['IDEMPOTENCY_MISMATCH idempotencyKey'];
    expect(told(await run({ ...call, input: { a: 2 } }, freshId))).toEqual(mismatch);
    expect(told(await run({ ...call, mutation: 'doSomethingElse' }, freshId))).toEqual(mismatch);
  });

  it('keeps nothing of a call that was refused', async () => {
    const call = callOf();
    const refusal = refused<Answer>(problem('REQUIRED', ['name'], 'A name is required.'));
    expect(await run(call, () => Promise.resolve(refusal))).toEqual(refusal);
    expect(await recordOf(call)).toBeNull();
    accepted(await run({ ...call, input: { a: 2 } }, freshId));
  });

  it('keeps nothing of a call that broke', async () => {
    const call = callOf();
    await expect(run(call, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await recordOf(call)).toBeNull();
    accepted(await run(call, freshId));
  });
});

describe('two processes with one key', () => {
  /** Starts a call in this process that has its key and waits; answers how to let it go on. */
  async function startCall(call: IdempotentCall<Answer>, outcome: Outcome<Answer>) {
    const reached = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    const answer = run(call, async () => {
      reached.resolve(undefined);
      await gate.promise;
      return outcome;
    });
    await reached.promise;
    return { answer, goOn: () => gate.resolve(undefined) };
  }

  /** Until a session waits for another one's transaction. */
  async function untilSomebodyWaits(): Promise<void> {
    await expect
      .poll(
        async () => {
          const [row] = await world.database.$queryRaw<{ waiting: number }[]>`
            SELECT count(*)::int AS "waiting" FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`;
          return row?.waiting;
        },
        { interval: 10, timeout: 5_000 },
      )
      .toBe(1);
  }

  it('get the same answer; the second does not run', async () => {
    const call = callOf();
    const first = await startCall(call, done({ id: 'first' }));
    const second = run(call, () => Promise.reject(new Error('must not run')), elsewhere);
    await untilSomebodyWaits();
    first.goOn();
    expect([accepted(await first.answer), accepted(await second)]).toEqual([{ id: 'first' }, { id: 'first' }]);
  });

  it('with different inputs: the second is refused when the first has succeeded', async () => {
    const call = callOf();
    const first = await startCall(call, done({ id: 'first' }));
    const second = run({ ...call, input: { a: 2 } }, freshId, elsewhere);
    await untilSomebodyWaits();
    first.goOn();
    accepted(await first.answer);
    expect(told(await second)).toEqual(['IDEMPOTENCY_MISMATCH idempotencyKey']);
  });

  it('the second runs when the first was refused', async () => {
    const call = callOf();
    const first = await startCall(call, refused(problem('REQUIRED', ['name'], 'A name is required.')));
    const second = run(call, () => Promise.resolve(done({ id: 'second' })), elsewhere);
    await untilSomebodyWaits();
    first.goOn();
    expect(told(await first.answer)).toEqual(['REQUIRED name']);
    expect(accepted(await second)).toEqual({ id: 'second' });
  });
});
