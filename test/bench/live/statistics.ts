// Figures out of many: percentiles by the nearest rank, so that each is a value that was measured.

/** Null of nothing. */
export function percentile(values: ArrayLike<number>, share: number): number | null {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export function largest(values: ArrayLike<number>): number | null {
  return percentile(values, 1);
}

/** Milliseconds on a clock that all processes of this machine share and nobody sets. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
