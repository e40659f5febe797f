// Node ids: opaque, and naming their type, so that one noun's id cannot pass for another's. Ids of foreign, missing and
// misspelt things must look alike: what cannot be read becomes an id that no row has, and PostgreSQL only ever sees uuids.

import { z } from 'zod';

/** No row has it: rows are numbered by uuid v7. */
export const unusedUuid = '00000000-0000-0000-0000-000000000000';

const uuidShape = z.uuid();

export interface NodeId {
  readonly typename: string;
  readonly id: string;
}

export function encodeNodeId(typename: string, id: string): string {
  return Buffer.from(`${typename}:${id}`).toString('base64url');
}

/** Null: not spelt the way we spell ids. */
export function decodeNodeId(nodeId: string): NodeId | null {
  const text = Buffer.from(nodeId, 'base64url').toString();
  const colon = text.indexOf(':');
  if (colon < 1 || encodeNodeId(text.slice(0, colon), text.slice(colon + 1)) !== nodeId) return null;
  return { typename: text.slice(0, colon), id: text.slice(colon + 1) };
}

export function isUuid(id: string): boolean {
  return uuidShape.safeParse(id).success;
}

/** The row's uuid; for anything that is no id of this type, one that no row has. */
export function rowId(typename: string, nodeId: string): string {
  const decoded = decodeNodeId(nodeId);
  return decoded?.typename === typename && isUuid(decoded.id) ? decoded.id : unusedUuid;
}

/** As rowId; what was left out stays left out. */
export function optionalRowId<Missing extends null | undefined>(
  typename: string,
  nodeId: string | Missing,
): string | Missing {
  return typeof nodeId === 'string' ? rowId(typename, nodeId) : nodeId;
}
