// What a client may see of an error, the same on both transports: mistakes in its request and our ApiErrors as they are,
// everything else as one sentence with the id under which our log knows the rest.

import { GraphQLError, Kind } from 'graphql';
import type { ASTNode, GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { ApiError, apiErrorCodes } from '../../schema/shared/api-error.ts';
import type { ApiErrorCode } from '../../schema/shared/api-error.ts';
import { CursorError } from '../events/cursor.ts';

export type Mask = (error: unknown, requestId: string) => GraphQLFormattedError;

export function createMask(log: Logger): Mask {
  return (error, requestId) => {
    const chain = causesOf(error);
    const told = chain.find((cause) => cause instanceof ApiError || cause instanceof CursorError);
    if (told) return format(error, told.message, told.code, requestId);
    if (error instanceof GraphQLError && isAboutRequest(error, chain)) {
      return format(error, withoutSuggestion(error.message), codeOfRequestError(chain), requestId);
    }
    log.error({ requestId, path: pathOf(error), err: describe(chain.at(-1)) }, 'an operation failed unexpectedly');
    const message = `Something went wrong on our side. Quote request ${requestId} to your operator.`;
    return format(error, message, 'INTERNAL', requestId);
  };
}

/** The error first, what it was made of after it, its origin last. */
function causesOf(error: unknown): readonly unknown[] {
  const chain = [error];
  for (let cause = error; cause instanceof GraphQLError && cause.originalError;) {
    cause = cause.originalError;
    chain.push(cause);
  }
  return chain;
}

/**
 * Errors without a path come from reading the request: syntax, validation, variables. GraphQL's own errors while it runs are
 * about the request only where they are about an argument's value; the others tell of our data ("cannot represent value: …").
 */
function isAboutRequest(error: GraphQLError, chain: readonly unknown[]): boolean {
  const isAboutVariable = error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION;
  const isGraphqlsOwn = chain.every((cause) => cause instanceof GraphQLError);
  if (error.path === undefined) return isGraphqlsOwn || isAboutVariable;
  return isGraphqlsOwn && chain.slice(1).some((cause) => cause instanceof GraphQLError && isValue(cause.nodes?.[0]));
}

const valueKinds: readonly Kind[] = [
  Kind.VARIABLE,
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
];

function isValue(node: ASTNode | undefined): boolean {
  return node !== undefined && valueKinds.includes(node.kind);
}

const isClosedCode = (code: unknown): code is ApiErrorCode => apiErrorCodes.some((known) => known === code);

/** GraphQL.js gives its own limits no code. */
const limitMessages = [
  /(Document|Source) contains more tha[nt] .* Parsing aborted\.$/,
  /^Maximum introspection depth exceeded/,
];

function codeOfRequestError(chain: readonly unknown[]): ApiErrorCode {
  // The first one is Apollo's, with a code of Apollo's; the one below it is what the rule reported.
  for (const cause of chain) {
    if (!(cause instanceof GraphQLError)) continue;
    const code = cause.extensions['code'];
    if (isClosedCode(code)) return code;
    if (limitMessages.some((limit) => limit.test(cause.message))) return 'LIMIT_EXCEEDED';
  }
  return 'BAD_USER_INPUT';
}

/** Names of fields and values that a client has not asked for are the introspection's to tell, where it is on. */
function withoutSuggestion(message: string): string {
  return message.replace(/ Did you mean [^]*\?$/, '');
}

function format(error: unknown, message: string, code: ApiErrorCode, requestId: string): GraphQLFormattedError {
  const place =
    error instanceof GraphQLError
      ? {
          ...(error.locations ? { locations: error.locations } : {}),
          ...(error.path ? { path: error.path } : {}),
        }
      : {};
  return { message, ...place, extensions: { code, requestId } };
}

function pathOf(error: unknown): string | undefined {
  return error instanceof GraphQLError ? error.path?.join('.') : undefined;
}

/** A GraphQLError carries the whole document, with the values in it: only what it says and where it was thrown is kept. */
function describe(cause: unknown): unknown {
  if (cause instanceof GraphQLError) return { type: cause.name, message: cause.message, stack: cause.stack };
  return cause instanceof Error ? cause : { type: typeof cause, message: String(cause) };
}

/** For what GraphQL.js did not catch by itself; to be masked like everything else. */
export function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError('The operation could not be carried out.', { originalError });
}
