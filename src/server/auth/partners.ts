// Looks up the partner a token names. Answers are kept for a few seconds: each request asks, and what it asks for does not
// change. Whether the partner is suspended is access.ts's business.

import type { Database } from '../../database/client.ts';

export interface KnownPartner {
  readonly id: string;
  readonly slug: string;
}

export type FindPartner = (slug: string) => Promise<KnownPartner | null>;

const keptForMs = 5_000;
/** Only slugs from tokens with a good signature are asked for; the bound is for an issuer that lets people invent them. */
const mostKept = 1_000;

export function createPartnerLookup(database: Database, now: () => number = Date.now): FindPartner {
  const kept = new Map<string, { readonly partner: KnownPartner | null; readonly until: number }>();

  return async (slug) => {
    const known = kept.get(slug);
    if (known && known.until > now()) return known.partner;
    const partner = await database.partner.findUnique({ where: { slug }, select: { id: true, slug: true } });
    if (kept.size >= mostKept) kept.clear();
    kept.set(slug, { partner, until: now() + keptForMs });
    return partner;
  };
}
