// What the address says is open, so that a link to it can be sent to a colleague: #/customers/ID or #/operations/ID.

import { useSyncExternalStore } from 'react';

export type Route =
  | { readonly kind: 'OVERVIEW' }
  | { readonly kind: 'CUSTOMER'; readonly id: string }
  | { readonly kind: 'OPERATION'; readonly id: string };

export const overviewHash = '#/';

export function customerHash(id: string): string {
  return `#/customers/${encodeURIComponent(id)}`;
}

export function operationHash(id: string): string {
  return `#/operations/${encodeURIComponent(id)}`;
}

export function readHash(hash: string): Route {
  const [, noun, id] = /^#\/(customers|operations)\/([^/]+)$/.exec(hash) ?? [];
  if (id === undefined) return { kind: 'OVERVIEW' };
  return { kind: noun === 'customers' ? 'CUSTOMER' : 'OPERATION', id: decodeURIComponent(id) };
}

export function useHash(): string {
  return useSyncExternalStore(watchHash, () => location.hash);
}

function watchHash(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}
