// The judge of the live benchmark: what it calls lost, duplicated and out of order.

import { describe, expect, it } from 'vitest';
import { addUp, isFlawless, judge } from './judge.ts';

describe('the judge', () => {
  it('finds nothing wrong with the log itself', () => {
    const verdict = judge([1, 3, 2], [1, 3, 2]);
    expect(verdict).toEqual({ expected: 3, delivered: 3, lost: 0, duplicated: 0, outOfOrder: 0 });
    expect(isFlawless(verdict)).toBe(true);
  });

  it('calls lost what never came', () => {
    expect(judge([1, 2, 3], [1, 3])).toMatchObject({ delivered: 2, lost: 1, outOfOrder: 0 });
  });

  it('counts an event that came twice as one delivery and one duplicate', () => {
    expect(judge([1, 2], [1, 2, 1])).toMatchObject({ delivered: 2, lost: 0, duplicated: 1, outOfOrder: 0 });
  });

  it("measures order by the log's order, not by the numbers", () => {
    expect(judge([2, 1, 3], [1, 2, 3])).toMatchObject({ lost: 0, outOfOrder: 1 });
  });

  it('does not look at events of another time', () => {
    expect(judge([5], [4, 5, 6])).toMatchObject({ expected: 1, delivered: 1, duplicated: 0 });
  });

  it('forgives no single flaw in a sum', () => {
    const sum = addUp([judge([1], [1]), judge([1, 2], [1])]);
    expect(sum).toEqual({ expected: 3, delivered: 2, lost: 1, duplicated: 0, outOfOrder: 0 });
    expect(isFlawless(sum)).toBe(false);
  });
});
