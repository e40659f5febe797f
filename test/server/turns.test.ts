// How the gate of sockets shares out the turns of the event loop.

import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/server/turns.ts';

/** Turns that pass when the test says so. */
function startTurns(perTurn: number) {
  const next: (() => void)[] = [];
  const done: string[] = [];
  const turns = createTurns(perTurn, (callback) => next.push(callback));
  return {
    done,
    add(...names: string[]) {
      for (const name of names) turns.run(() => done.push(name));
    },
    turns,
    pass: () => next.splice(0).forEach((callback) => callback()),
    isAwaited: () => next.length > 0,
  };
}

describe('the work of a crowd', () => {
  it('is done at once while the turn has room, and the rest in later turns, in the order it came', () => {
    const crowd = startTurns(2);
    crowd.add('a', 'b', 'c', 'd', 'e');
    expect(crowd.done).toEqual(['a', 'b']);
    crowd.pass();
    expect(crowd.done).toEqual(['a', 'b', 'c', 'd']);
    crowd.pass();
    expect(crowd.done).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('never overtakes what waits already', () => {
    const crowd = startTurns(2);
    crowd.add('a', 'b', 'c');
    crowd.pass();
    crowd.add('d', 'e');
    expect(crowd.done).toEqual(['a', 'b', 'c', 'd']);
    crowd.pass();
    expect(crowd.done).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('may bring more work, which waits for its turn', () => {
    const crowd = startTurns(1);
    crowd.turns.run(() => crowd.add('follows'));
    crowd.add('came before');
    expect(crowd.done).toEqual([]);
    crowd.pass();
    expect(crowd.done).toEqual(['follows']);
    crowd.pass();
    expect(crowd.done).toEqual(['follows', 'came before']);
  });

  it('leaves nothing to call back when it is all done', () => {
    const crowd = startTurns(1);
    crowd.add('a');
    crowd.pass();
    expect(crowd.isAwaited()).toBe(false);
  });

  it('lets other events of the event loop in between', async () => {
    const turns = createTurns(1);
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      turns.run(() => order.push('first'));
      turns.run(() => {
        order.push('second');
        resolve();
      });
      queueMicrotask(() => order.push('other'));
    });
    expect(order).toEqual(['first', 'other', 'second']);
  });
});
