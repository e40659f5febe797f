// A client of the gateway for tests: typed documents over HTTP and over graphql-ws. Failures print operation, variables and answer.

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import type { DocumentNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';

const answerShape = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.string().optional() }).optional() }),
    )
    .optional(),
});

export interface Answer<T> {
  readonly status: number;
  readonly data: T | null;
  readonly errors: readonly { readonly message: string; readonly code: string | undefined }[];
}

export interface ApiClient {
  readonly url: string;
  /** The answer, whatever it is. */
  execute<T, V extends object>(document: TypedDocumentNode<T, V>, variables: V): Promise<Answer<T>>;
  /** The data; throws where there are top-level errors. */
  run<T, V extends object>(document: TypedDocumentNode<T, V>, variables: V): Promise<T>;
  /** Each delivery's data. Ends when the server completes; `return()` unsubscribes. */
  subscribe<T, V extends Record<string, unknown>>(
    document: TypedDocumentNode<T, V>,
    variables: V,
  ): AsyncIterableIterator<T>;
  close(): Promise<void>;
}

export function createApiClient(url: string, token: string | null): ApiClient {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const socket = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: authorization,
    webSocketImpl: WebSocket,
    lazy: true,
    retryAttempts: 0,
  });
  async function execute<T, V extends object>(document: TypedDocumentNode<T, V>, variables: V): Promise<Answer<T>> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ query: print(document), variables }),
    });
    const text = await response.text();
    const parsed = answerShape.safeParse(parseJson(text));
    if (!parsed.success) throw new Error(describe(document, variables, text));
    return {
      status: response.status,
      // The documents are generated from the schema, and the answer is what the schema let through.
      data: (parsed.data.data ?? null) as T | null,
      errors: (parsed.data.errors ?? []).map(({ message, extensions }) => ({ message, code: extensions?.code })),
    };
  }
  return {
    url,
    execute,
    async run(document, variables) {
      const { data, errors } = await execute(document, variables);
      if (errors.length > 0 || data === null)
        throw new Error(describe(document, variables, JSON.stringify({ data, errors })));
      return data;
    },
    subscribe<T, V extends Record<string, unknown>>(document: TypedDocumentNode<T, V>, variables: V) {
      const source = socket.iterate<T>({ query: print(document), variables });
      return mapResults(source, (result) => {
        if (result.errors || !result.data) throw new Error(describe(document, variables, JSON.stringify(result)));
        return result.data;
      });
    },
    async close() {
      await socket.dispose();
    },
  };
}

function mapResults<A, B>(source: AsyncIterableIterator<A>, map: (value: A) => B): AsyncIterableIterator<B> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const { done, value } = await source.next();
      return done ? { done: true, value: undefined } : { done: false, value: map(value) };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
}

function describe(document: DocumentNode, variables: unknown, answer: string): string {
  return [`unexpected answer to`, print(document), `variables: ${JSON.stringify(variables)}`, `answer: ${answer}`].join(
    '\n',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
