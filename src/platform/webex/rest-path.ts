// Paths with ids in them. Ids are opaque: they are encoded, never parsed. Pure.

import { refusal } from './failures.ts';

/** restPath`/wholesale/customers/${id}`: every id becomes exactly one path segment. */
export function restPath(literals: TemplateStringsArray, ...ids: readonly string[]): string {
  return literals.reduce((path, literal, index) => path + encodeSegment(ids[index - 1] ?? '') + literal);
}

/** The id in the URL of a resource: its last segment. Null where the URL has none. */
export function lastSegment(url: string | null | undefined, base: string): string | null {
  if (url == null || !URL.canParse(url, base)) return null;
  const segment = new URL(url, base).pathname.split('/').findLast((part) => part !== '');
  try {
    return segment === undefined ? null : decodeURIComponent(segment);
  } catch {
    return null;
  }
}

function encodeSegment(id: string): string {
  // '', '.' and '..' would address another resource than the one meant.
  if (/^\.{0,2}$/.test(id)) throw refusal(`Expected an id of Webex, found "${id}".`);
  return encodeURIComponent(id);
}
