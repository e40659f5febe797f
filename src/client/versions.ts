// Watches the versions of customers, which rise by one with each event: what was seen already, and what is missing.

export type VersionVerdict =
  { readonly is: 'NEXT' } | { readonly is: 'SEEN' } | { readonly is: 'GAP'; readonly missing: number };

export interface Versions {
  /** Whatever version of a customer comes first is right. Remembers nothing by itself: call `passed` for what was taken. */
  judge(customer: string, version: number): VersionVerdict;
  passed(customer: string, version: number): void;
  /** Begins anew. */
  forget(): void;
}

/** A customer that nothing was heard of for so many others is not watched any longer; its next event is a first one again. */
const customersKept = 10_000;

export function createVersions(): Versions {
  const last = new Map<string, number>();
  return {
    judge(customer, version) {
      const known = last.get(customer);
      if (known === undefined || version === known + 1) return { is: 'NEXT' };
      return version <= known ? { is: 'SEEN' } : { is: 'GAP', missing: version - known - 1 };
    },
    passed(customer, version) {
      last.delete(customer);
      last.set(customer, version);
      const [oldest] = last.keys();
      if (last.size > customersKept && oldest !== undefined) last.delete(oldest);
    },
    forget: () => last.clear(),
  };
}
