// Reads an update out of what came over the wire, with the names that the document gives the fields.

import type { GraphQLFormattedError } from 'graphql';
import type { FormattedResult } from './connection.ts';
import type { LiveDocument, ReadDocument } from './document.ts';
import { isRecord } from './record.ts';

export interface ReadUpdate<TData> {
  readonly data: TData;
  readonly errors: readonly GraphQLFormattedError[];
  readonly cursor: string;
  /** UNKNOWN: the document does not select it. */
  readonly event: 'SOME' | 'NONE' | 'UNKNOWN';
  /** Null: it does not tell. */
  readonly version: { readonly customer: string; readonly number: number } | null;
}

/** Null: there is no update in it, only errors. */
export function readUpdate<TData>(
  document: LiveDocument<TData, never>,
  { keys, beginsWithState }: ReadDocument,
  { data, errors = [] }: FormattedResult,
): ReadUpdate<TData> | null {
  if (!isDataOf(document, data)) return null;
  const root = at(data, keys.root);
  const cursor = at(root, keys.cursor);
  if (typeof cursor !== 'string') return null;
  const event = at(root, keys.event);
  const version = at(event, keys.customerVersion);
  const customer = at(event, keys.customerId);
  return {
    data,
    errors,
    cursor,
    event: keys.event === null ? 'UNKNOWN' : isRecord(event) ? 'SOME' : 'NONE',
    version:
      typeof version === 'number' && (typeof customer === 'string' || beginsWithState)
        ? { customer: typeof customer === 'string' ? customer : '', number: version }
        : null,
  };
}

/** Where the document's types are trusted: the gateway has validated it against its schema, and lets nothing else through. */
function isDataOf<TData>(_document: LiveDocument<TData, never>, data: unknown): data is TData {
  return isRecord(data);
}

function at(value: unknown, key: string | null): unknown {
  return key !== null && isRecord(value) ? value[key] : undefined;
}
