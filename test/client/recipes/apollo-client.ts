// Apollo Client with live status that loses nothing: queries and mutations over HTTP, subscriptions over the client for live status. Apollo sees one
// subscription that never breaks; what happened while the connection was gone is delivered when it is back.

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { Observable } from 'rxjs';
import type { LiveClient } from '../../../src/client/live-client.ts';

/** @param onReset a stream began anew at the present: what was built from earlier events has to be asked for again */
export function createLiveLink(live: LiveClient, onReset: () => void): ApolloLink {
  return new ApolloLink(
    ({ query, variables }) =>
      new Observable((observer) =>
        live.listen<Record<string, unknown>, object>(
          { document: query, variables },
          {
            delivery(delivery) {
              if (delivery.kind === 'RESET') onReset();
              else if (delivery.errors.length > 0) observer.next({ data: delivery.data, errors: delivery.errors });
              else observer.next({ data: delivery.data });
            },
            complete: () => observer.complete(),
            error: (error) => observer.error(error),
          },
        ),
      ),
  );
}

export function createApolloClient(url: string, token: () => Promise<string>, live: LiveClient): ApolloClient {
  const withToken: typeof fetch = async (address, options) => {
    const headers = new Headers(options?.headers);
    headers.set('authorization', `Bearer ${await token()}`);
    return fetch(address, { ...options, headers });
  };
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      createLiveLink(live, () => void client.refetchQueries({ include: 'active' })),
      new HttpLink({ uri: url, fetch: withToken }),
    ),
  });
  return client;
}
