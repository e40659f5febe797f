// Requests over HTTP and subscriptions over one WebSocket (graphql-transport-ws), both with the token of the moment.
// Never throws for what a person can do something about: such failures come as GraphQL errors with a hint.

import { createClient } from 'graphql-ws';
import { isRecord } from '../../pages/browser/is-record.ts';
import type { JsonRecord } from '../../pages/browser/is-record.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: JsonRecord;
}

export interface Transport {
  ask(request: GraphqlRequest, headers: Record<string, string>, signal?: AbortSignal): Promise<JsonRecord>;
  listen(request: GraphqlRequest, signal: AbortSignal): AsyncIterable<JsonRecord>;
  /** Cuts the socket; running subscriptions come back by themselves, with the token of then. */
  reconnect(): void;
}

export interface TransportOptions {
  readonly graphqlUrl: string;
  readonly webSocketUrl: string;
  token(): string | null;
  /** After every answer: whether the gateway took the token. */
  onVerdict(verdict: 'accepted' | 'refused'): void;
}

export const tokenHint =
  'The gateway wants a valid token. Get one with: npm run token -- --partner acme --role FULL_ADMIN, and paste it into the box at the top of this page.';

const closedForToken = new Set([4401, 4403]);

export function createTransport({ graphqlUrl, webSocketUrl, token, onVerdict }: TransportOptions): Transport {
  const authorization = (): Record<string, string> => {
    const current = token();
    return current === null ? {} : { authorization: `Bearer ${current}` };
  };
  const client = createClient({
    url: new URL(webSocketUrl, location.href.replace(/^http/, 'ws')).href,
    connectionParams: authorization,
    on: {
      connected: () => onVerdict('accepted'),
      closed: (event) => {
        if (event instanceof CloseEvent && closedForToken.has(event.code)) onVerdict('refused');
      },
    },
  });

  return {
    async ask(request, headers, signal) {
      try {
        const response = await fetch(graphqlUrl, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/graphql-response+json, application/json;q=0.9',
            ...authorization(),
            ...headers,
          },
          body: JSON.stringify(request),
          signal: signal ?? null,
        });
        const answer = await readAnswer(response);
        const isRefused = response.status === 401 || hasCode(answer, 'UNAUTHENTICATED');
        onVerdict(isRefused ? 'refused' : 'accepted');
        return isRefused ? { hint: tokenHint, ...answer } : answer;
      } catch (error) {
        return { errors: [{ message: `The gateway did not answer: ${messageOf(error)}` }] };
      }
    },

    async *listen(request, signal) {
      const updates = client.iterate({ ...request });
      const stop = () => void updates.return?.();
      signal.addEventListener('abort', stop);
      try {
        for await (const update of updates) yield { ...update };
      } catch (error) {
        yield failure(error);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },

    reconnect: () => client.terminate(),
  };
}

async function readAnswer(response: Response): Promise<JsonRecord> {
  const text = await response.text();
  try {
    const answer: unknown = JSON.parse(text);
    if (isRecord(answer)) return answer;
  } catch {
    // Not JSON: said below.
  }
  return {
    errors: [{ message: `The gateway answered with status ${String(response.status)} and no GraphQL answer.` }],
  };
}

/** What graphql-ws throws: a close event, the GraphQL errors of the operation, or an Error. */
function failure(error: unknown): JsonRecord {
  if (error instanceof CloseEvent) {
    const message = `The socket was closed: ${String(error.code)} ${error.reason}`.trim();
    return { ...(closedForToken.has(error.code) && { hint: tokenHint }), errors: [{ message }] };
  }
  if (Array.isArray(error)) return { errors: error };
  return { errors: [{ message: messageOf(error) }] };
}

function hasCode({ errors }: JsonRecord, code: string): boolean {
  if (!Array.isArray(errors)) return false;
  return errors.some(
    (error) => isRecord(error) && isRecord(error['extensions']) && error['extensions']['code'] === code,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
