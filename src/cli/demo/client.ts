// A plain client of the gateway: HTTP for queries and mutations, the client for live status for subscriptions. Uses nothing of the server.

import { z } from 'zod';
import { createLiveClient } from '../../client/live-client.ts';

export interface DemoClient {
  request<T>(query: string, variables: object, shape: z.ZodType<T>): Promise<T>;
  subscribe(query: string, variables: Record<string, unknown>): AsyncIterableIterator<unknown>;
  close(): void;
}

const answer = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** @param say is told when the live connection is lost: it is resumed, and until then nothing moves */
export function createDemoClient(url: string, token: string, say: (line: string) => void): DemoClient {
  const authorization = `Bearer ${token}`;
  const live = createLiveClient({ url: `${url}/graphql`, token: () => token });
  let told: string | null = null;
  live.onState(({ problem }) => {
    if (problem !== null && problem !== told) say(`${problem}. Trying again.`);
    told = problem;
  });
  return {
    async request(query, variables, shape) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = answer.parse(await response.json());
      if (errors?.[0]) throw new Error(`${errors[0].message}\n${query}`);
      return shape.parse(data);
    },
    async *subscribe(query, variables) {
      for await (const delivery of live.follow({ document: query, variables })) {
        // After a reset the state follows by itself.
        if (delivery.kind !== 'RESET') yield delivery.data;
      }
    },
    close: () => live.close(),
  };
}

const userErrors = z.array(z.object({ code: z.string(), message: z.string(), path: z.array(z.string()) }));

/** The one mutation of the document, with its userErrors turned into a thrown error. */
export async function mutate<T>(client: DemoClient, query: string, input: object, shape: z.ZodType<T>): Promise<T> {
  const data = await client.request(query, { input }, z.record(z.string(), z.looseObject({ userErrors })));
  const [payload] = Object.values(data);
  const problems = payload?.userErrors ?? [];
  if (problems.length > 0) {
    throw new Error(problems.map(({ code, message, path }) => `${code} at ${path.join('.')}: ${message}`).join('\n'));
  }
  return shape.parse(payload);
}
