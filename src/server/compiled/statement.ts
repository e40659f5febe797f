// One SQL statement while it is put together: its parameters, and names for its tables.

import type { Model } from './models.ts';
import { Unfoldable } from './unfoldable.ts';

export interface Statement {
  readonly values: readonly (string | null)[];
  /** The place of a value; PostgreSQL finds its type from what it is compared with. */
  bind(value: unknown): string;
  alias(): string;
  model(name: string): Model;
}

export function createStatement(models: ReadonlyMap<string, Model>): Statement {
  const values: (string | null)[] = [];
  let aliases = 0;
  return {
    values,
    bind(value) {
      values.push(written(value));
      return `$${values.length}`;
    },
    alias: () => `t${aliases++}`,
    model(name) {
      const model = models.get(name);
      if (!model) throw new Unfoldable(`there is no model ${name}`);
      return model;
    },
  };
}

/** As PostgreSQL reads it. */
function written(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `{${value.map((item) => quoted(written(item))).join(',')}}`;
  throw new Unfoldable(`a value of type ${typeof value}`);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
