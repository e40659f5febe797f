// The pure part of the faults: which rule hits which request.

import { describe, expect, it } from 'vitest';
import { faultSetting, faultsHitting } from '../../src/sandbox/faults.ts';

function hits(rule: object, path: string, { method = 'GET', draw = 0, seed = 1 } = {}): boolean {
  const setting = faultSetting.parse({ faults: [{ kind: 'unavailable', ...rule }], seed });
  return faultsHitting(setting, { method, path }, draw).length > 0;
}

describe('a fault rule', () => {
  it('takes its path as a prefix, with or without the version', () => {
    expect(hits({ path: '/v1/wholesale/customers' }, '/v1/wholesale/customers/abc')).toBe(true);
    expect(hits({ path: '/wholesale' }, '/v1/wholesale/customers')).toBe(true);
    expect(hits({ path: '/wholesale' }, '/v1/locations')).toBe(false);
  });

  it('takes a path with asterisks as a pattern for the whole path', () => {
    expect(hits({ path: '/wholesale/*' }, '/v1/wholesale/customers')).toBe(true);
    expect(hits({ path: '/wholesale/*' }, '/v1/wholesale/customers/abc')).toBe(false);
    expect(hits({ path: '/wholesale/**' }, '/v1/wholesale/customers/abc')).toBe(true);
    expect(hits({ path: '/telephony/**/numbers' }, '/v1/telephony/config/locations/a.b/numbers')).toBe(true);
  });

  it('concerns one method where it names one', () => {
    expect(hits({ method: 'post' }, '/v1/locations', { method: 'POST' })).toBe(true);
    expect(hits({ method: 'post' }, '/v1/locations')).toBe(false);
  });

  it('hits about the given share of requests, and with the same seed the same ones', () => {
    const pattern = (seed: number) =>
      Array.from({ length: 2_000 }, (_, draw) => hits({ rate: 0.25 }, '/v1/roles', { draw, seed }));
    const share = pattern(7).filter(Boolean).length / 2_000;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
    expect(pattern(7)).toEqual(pattern(7));
    expect(pattern(7)).not.toEqual(pattern(8));
  });

  it('never hits at rate 0 or with nothing remaining', () => {
    expect(hits({ rate: 0 }, '/v1/roles')).toBe(false);
    expect(hits({ remaining: 0 }, '/v1/roles')).toBe(false);
  });
});
