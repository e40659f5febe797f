// Counts what was created, in the transaction that creates it: a count of 2 proves that something was done twice, whatever was killed.

import { findRows } from './state.ts';
import type { Database } from './state.ts';

type EffectKind = 'customer' | 'subscriber' | 'location' | 'number';

interface Effect {
  readonly partner: string;
  readonly kind: EffectKind;
  /** What the subject is unique in: a customer for subscribers, an organisation for locations and numbers. */
  readonly scope: string;
  readonly subjects: readonly string[];
}

export async function countEffect(db: Database, { partner, kind, scope, subjects }: Effect): Promise<void> {
  const source = 'select $1::text, $2::text, subject from unnest($3::text[]) as subject';
  await db.query(countSql(kind, source), [partner, scope, subjects]);
}

/** @param source a select of partner, scope, subject; each subject once. */
export function countSql(kind: EffectKind, source: string): string {
  return `insert into sandbox.effects (partner, kind, scope, subject, count)
    select source.partner, '${kind}', source.scope, source.subject, 1 from (${source}) as source (partner, scope, subject)
    on conflict (partner, kind, scope, subject) do update set count = effects.count + 1`;
}

interface EffectRow {
  partner: string;
  kind: EffectKind;
  scope: string;
  subject: string;
  count: number;
}

/** @param partner null: of all of them. */
export async function readEffects(db: Database, partner: string | null) {
  const sql = `select partner, kind, scope, subject, count from sandbox.effects
    where $1::text is null or partner = $1 order by partner, scope, subject`;
  const rows = await findRows<EffectRow>(db, sql, [partner]);
  const of = <T>(kind: EffectKind, fields: (row: EffectRow) => T) =>
    rows.filter((row) => row.kind === kind).map((row) => ({ ...fields(row), count: row.count, partner: row.partner }));
  return {
    customersCreated: of('customer', ({ subject }) => ({ externalId: subject })),
    subscribersCreated: of('subscriber', ({ subject, scope }) => ({ email: subject, customerId: scope })),
    locationsCreated: of('location', ({ subject, scope }) => ({ name: subject, organizationId: scope })),
    numbersAdded: of('number', ({ subject, scope }) => ({ number: subject, organizationId: scope })),
  };
}
