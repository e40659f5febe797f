// Questions over HTTP, with typed documents. What a person can do something about is answered as a problem, never thrown.

import { isRecord } from '../../pages/browser/is-record.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

export interface Problem {
  /** TOKEN: it is missing, wrong or expired. UNREACHABLE: no answer, try again. REFUSED: trying again would end the same. */
  readonly kind: 'TOKEN' | 'UNREACHABLE' | 'REFUSED';
  readonly message: string;
}

export type Answer<TData> =
  { readonly data: TData; readonly problem: null } | { readonly data: null; readonly problem: Problem };

export type Ask = <TData, TVariables>(
  document: TypedDocumentString<TData, TVariables>,
  variables: TVariables,
) => Promise<Answer<TData>>;

export interface AskOptions {
  readonly graphqlUrl: string;
  readonly token: () => Promise<string>;
}

export function createAsk({ graphqlUrl, token }: AskOptions): Ask {
  return async (document, variables) => {
    try {
      const response = await fetch(graphqlUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json;q=0.9',
          authorization: `Bearer ${await token()}`,
        },
        body: JSON.stringify({ query: document.toString(), variables }),
      });
      const body: unknown = await response.json();
      return isDataFor(document, body) ? { data: body.data, problem: null } : failed(problemIn(body));
    } catch (error) {
      // No connection, or an answer from something that is not the gateway.
      return failed({ kind: 'UNREACHABLE', message: error instanceof Error ? error.message : String(error) });
    }
  };
}

/** The gateway answers as its schema says, and the documents were generated from that schema. */
function isDataFor<TData, TVariables>(
  _document: TypedDocumentString<TData, TVariables>,
  body: unknown,
): body is { readonly data: TData } {
  return isRecord(body) && isRecord(body['data']) && body['errors'] === undefined;
}

function problemIn(body: unknown): Problem {
  const errors: readonly unknown[] = isRecord(body) && Array.isArray(body['errors']) ? body['errors'] : [];
  const [error] = errors;
  const code = isRecord(error) && isRecord(error['extensions']) ? error['extensions']['code'] : null;
  const message = isRecord(error) ? String(error['message']) : 'The gateway gave no answer that can be read.';
  return { kind: kinds[String(code)] ?? 'REFUSED', message };
}

const kinds: Readonly<Record<string, Problem['kind']>> = {
  UNAUTHENTICATED: 'TOKEN',
  UNAVAILABLE: 'UNREACHABLE',
  RATE_LIMITED: 'UNREACHABLE',
  INTERNAL: 'UNREACHABLE',
};

function failed(problem: Problem) {
  return { data: null, problem };
}
