// What a client asks of /graphql/stream: the same as of /graphql, in the query string or in a JSON body.

import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

const record = z.record(z.string(), z.unknown());

const bodyShape = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: record.nullish(),
});

const jsonRecord = z.string().transform((text, context) => {
  try {
    return record.parse(JSON.parse(text));
  } catch {
    context.addIssue('not a JSON object');
    return z.NEVER;
  }
});

const queryShape = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: jsonRecord.nullish(),
});

export interface StreamRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Asked by GET: nothing may be changed. */
  readonly isReadOnly: boolean;
}

/** A text says what is wrong with the request. */
export function readStreamRequest(request: FastifyRequest): StreamRequest | string {
  const isReadOnly = request.method === 'GET';
  const parsed = isReadOnly ? queryShape.safeParse(request.query) : bodyShape.safeParse(request.body);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the request'}: ${message}`);
    return `Expected query, and optionally operationName and variables. ${issues.join('; ')}.`;
  }
  const { query, operationName, variables } = parsed.data;
  return { query, operationName: operationName ?? null, variables: variables ?? {}, isReadOnly };
}
