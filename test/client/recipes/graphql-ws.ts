// Live status that loses nothing with graphql-ws alone, for whoever wants nothing of ours: the variables are read anew at each (re)subscription, and `after` is
// the cursor of the last delivery. Left out here, and done by the client for live status: falling back to the state when a cursor has expired,
// noticing silent connections and gaps, a slow reader's pause, and a first cursor for `events`, which has no first state.

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';

export function createResumingClient(url: string, token: () => Promise<string>, longestWaitMs = 30_000): Client {
  return createClient({
    url,
    webSocketImpl: WebSocket,
    // Called for each connection: after 4403 (expired, revoked) it must answer a fresh token.
    connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
    retryAttempts: Infinity,
    // A connection that cannot be opened is no reason to give up either.
    shouldRetry: () => true,
    // A random part of a window that doubles: clients that were dropped together must not come back together.
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(longestWaitMs, 2_000 * 2 ** retries))),
  });
}

/** @param cursorOf where the cursor stands in a delivery */
export async function* followResuming<
  TData extends Record<string, unknown>,
  TVariables extends Record<string, unknown>,
>(
  client: Client,
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
  cursorOf: (data: TData) => string,
): AsyncGenerator<TData, undefined> {
  let after: unknown = variables['after'];
  const source = client.iterate<TData>({
    query: print(document),
    get variables() {
      return { ...variables, after };
    },
  });
  for await (const { data, errors } of source) {
    if (!data) throw new Error(errors?.[0]?.message ?? 'an answer without data');
    after = cursorOf(data);
    yield data;
  }
}
