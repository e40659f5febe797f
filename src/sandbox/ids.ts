// Ids as Webex writes them: opaque to everybody else. Fixed things get the same id on every machine.

import { createHash, randomUUID } from 'node:crypto';

export type IdType =
  'ENTERPRISE' | 'ORGANIZATION' | 'SUBSCRIBER' | 'PEOPLE' | 'LOCATION' | 'ROLE' | 'LICENSE' | 'PSTN_CONNECTION';

export function newId(type: IdType): string {
  return encodeId(type, randomUUID());
}

/** The same name gives the same id. */
export function fixedId(type: IdType, name: string): string {
  return encodeId(type, fixedUuid(`${type}:${name}`));
}

/** A provisioning ID is the base64 of a bare uuid. */
export function fixedProvisioningId(name: string): string {
  return Buffer.from(fixedUuid(`TEMPLATE:${name}`)).toString('base64url');
}

function encodeId(type: IdType, uuid: string): string {
  return Buffer.from(`ciscospark://us/${type}/${uuid}`).toString('base64url');
}

function fixedUuid(name: string): string {
  const hex = createHash('sha256').update(`sandbox:${name}`).digest('hex');
  // Version 8 (RFC 9562): "made in a way of our own".
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
