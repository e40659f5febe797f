// What a subscriber received against what the log says it should have: lost, told twice, told in another order.

export interface Verdict {
  readonly expected: number;
  /** Of the expected ones, each counted once. */
  readonly delivered: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Came after one that stands behind it in the log. */
  readonly outOfOrder: number;
}

/**
 * @param logged numbers of the events, in the log's order
 * @param received numbers in the order of arrival; those that are not in the log's list are not looked at
 */
export function judge(logged: readonly number[], received: ArrayLike<number>): Verdict {
  const places = new Map(logged.map((number, place) => [number, place]));
  const seen = new Set<number>();
  let furthest = -1;
  let duplicated = 0;
  let outOfOrder = 0;
  for (const number of Array.from(received)) {
    const place = places.get(number);
    if (place === undefined) continue;
    if (seen.has(number)) {
      duplicated++;
      continue;
    }
    seen.add(number);
    if (place < furthest) outOfOrder++;
    else furthest = place;
  }
  const delivered = seen.size;
  return { expected: logged.length, delivered, lost: logged.length - delivered, duplicated, outOfOrder };
}

export function addUp(verdicts: readonly Verdict[]): Verdict {
  const sum = (figure: keyof Verdict): number => verdicts.reduce((total, verdict) => total + verdict[figure], 0);
  return {
    expected: sum('expected'),
    delivered: sum('delivered'),
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    outOfOrder: sum('outOfOrder'),
  };
}

export function isFlawless({ lost, duplicated, outOfOrder }: Verdict): boolean {
  return lost === 0 && duplicated === 0 && outOfOrder === 0;
}
