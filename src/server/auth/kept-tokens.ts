// Tokens whose signature was found good a moment ago: clients send the same one with every request, and checking a signature
// costs more than answering most of them. When a token expires, or is withdrawn, is looked at each time all the same.

export interface KeptTokens<Verified> {
  get(token: string): Verified | undefined;
  keep(token: string, verified: Verified): void;
}

/** So long a key that the issuer has taken back may still let somebody in. */
const keptForMs = 30_000;
const mostKept = 5_000;

export function createKeptTokens<Verified>(now: () => number = () => performance.now()): KeptTokens<Verified> {
  /** The oldest first. */
  const kept = new Map<string, { readonly verified: Verified; readonly until: number }>();
  return {
    get(token) {
      const known = kept.get(token);
      if (!known) return undefined;
      if (known.until > now()) return known.verified;
      kept.delete(token);
      return undefined;
    },
    keep(token, verified) {
      const [oldest] = kept.keys();
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
      kept.set(token, { verified, until: now() + keptForMs });
    },
  };
}
