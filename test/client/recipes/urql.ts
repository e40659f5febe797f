// urql with live status that loses nothing: queries and mutations over HTTP, subscriptions over the client for live status. urql sees one subscription
// that never breaks; what happened while the connection was gone is delivered when it is back.

import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';
import type { Exchange } from '@urql/core';
import type { LiveClient } from '../../../src/client/live-client.ts';

/** @param onReset a stream began anew at the present: what was built from earlier events has to be asked for again */
export function liveExchange(live: LiveClient, onReset: () => void): Exchange {
  return subscriptionExchange({
    forwardSubscription: ({ query = '', variables = {} }) => ({
      subscribe: (observer) => ({
        unsubscribe: live.listen<Record<string, unknown>, object>(
          { document: query, variables },
          {
            delivery(delivery) {
              if (delivery.kind === 'RESET') onReset();
              else observer.next({ data: delivery.data, errors: [...delivery.errors] });
            },
            complete: () => observer.complete(),
            error: (error) => observer.error(error),
          },
        ),
      }),
    }),
  });
}

/** @param onReset with the framework bindings of urql, refetch what is on the screen: executeQuery({ requestPolicy: 'network-only' }) */
export function createUrqlClient(
  url: string,
  token: () => Promise<string>,
  live: LiveClient,
  onReset: () => void,
): Client {
  const withToken: typeof fetch = async (address, options) => {
    const headers = new Headers(options?.headers);
    headers.set('authorization', `Bearer ${await token()}`);
    return fetch(address, { ...options, headers });
  };
  return new Client({
    url,
    preferGetMethod: false,
    fetch: withToken,
    exchanges: [cacheExchange, fetchExchange, liveExchange(live, onReset)],
  });
}
