// An update is executed and written out once for all who ask the same question at about the same time. Kept for a moment
// only: an update also shows the state of things, which must not be much older than its delivery.

export interface Renderings {
  /** The answer's JSON. `make` runs only when nobody has asked for the same a moment ago. */
  get(name: string, make: () => Promise<string>): Promise<string>;
}

const keptForMs = 1_000;
const mostKept = 2_000;

interface Rendering {
  readonly text: Promise<string>;
  readonly madeAt: number;
}

export function createRenderings(now: () => number = () => performance.now()): Renderings {
  /** The oldest first. */
  const kept = new Map<string, Rendering>();

  function dropOld(): void {
    for (const [name, { madeAt }] of kept) {
      if (kept.size <= mostKept && madeAt > now() - keptForMs) return;
      kept.delete(name);
    }
  }

  return {
    get(name, make) {
      dropOld();
      const same = kept.get(name);
      if (same) return same.text;
      const text = make();
      kept.set(name, { text, madeAt: now() });
      // What failed is not worth keeping; those who wait for it are told.
      text.catch(() => kept.delete(name));
      return text;
    },
  };
}
