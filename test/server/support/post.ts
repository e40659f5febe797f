// One GraphQL request over HTTP, and what came back.

import { z } from 'zod';

const answerShape = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.string(), requestId: z.string() }) }),
    )
    .optional(),
});

export interface PostOptions {
  readonly token?: string | undefined;
  readonly variables?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function post(url: string, query: string, { token, variables, headers = {} }: PostOptions = {}) {
  return postBody(url, JSON.stringify({ query, variables }), {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...headers,
  });
}

/** Every answer of /graphql, refusals included, must have the shape of a GraphQL answer. */
export async function postBody(url: string, body: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  const text = await response.text();
  const { data, errors = [] } = answerShape.parse(JSON.parse(text));
  return { status: response.status, headers: response.headers, text, data, errors };
}
