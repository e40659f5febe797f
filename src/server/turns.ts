// Spreads the work of a crowd over the event loop: a few pieces a turn, in the order in which they came. Thousands of sockets
// that come back at once would otherwise be dealt with in one go, while everybody else waits.

export interface Turns {
  /** At once while the turn has room for it, later otherwise. `work` must not throw. */
  run(work: () => void): void;
}

/** `inNextTurn` calls back once other events have been dealt with. */
export function createTurns(perTurn: number, inNextTurn: (callback: () => void) => void = setImmediate): Turns {
  const waiting: (() => void)[] = [];
  let room = perTurn;
  let isAwaited = false;

  function awaitNextTurn(): void {
    if (isAwaited) return;
    isAwaited = true;
    inNextTurn(begin);
  }

  function begin(): void {
    isAwaited = false;
    room = perTurn;
    for (const work of waiting.splice(0, perTurn)) {
      room--;
      work();
    }
    if (waiting.length > 0) awaitNextTurn();
  }

  return {
    run(work) {
      awaitNextTurn();
      if (room > 0 && waiting.length === 0) {
        room--;
        work();
      } else {
        waiting.push(work);
      }
    },
  };
}
