// How a document is read: parsed and validated under the same rules on both transports. Apollo does the reading for HTTP
// with the options from here; the socket reads with readDocument.

import { NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate } from 'graphql';
import type { DocumentNode, GraphQLError, GraphQLSchema, ParseOptions, ValidationRule } from 'graphql';
import { limits } from './limits.ts';
import { limitAliases } from './rules/limit-aliases.ts';
import { limitDepth } from './rules/limit-depth.ts';

export const parseOptions: ParseOptions = {
  maxLexicalTokens: limits.documentTokens,
  maxSourceLength: limits.documentLength,
  maxComments: limits.documentTokens,
};
export const validationOptions = { maxErrors: limits.validationErrors, hideSuggestions: true };

/** Besides those of the GraphQL specification. */
export function ourRules(allowsIntrospection: boolean): readonly ValidationRule[] {
  return [
    limitDepth(limits.documentDepth),
    limitAliases(limits.documentAliases),
    ...(allowsIntrospection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
}

export type ReadDocument = (source: string) => DocumentNode | readonly GraphQLError[];

/** Keeps the documents read last: a socket's clients send the same few. Throws GraphQLError for a syntax error. */
export function createDocumentReader(schema: GraphQLSchema, allowsIntrospection: boolean): ReadDocument {
  const rules = [...specifiedRules, ...ourRules(allowsIntrospection)];
  const kept = new Map<string, DocumentNode>();

  return (source) => {
    const known = kept.get(source);
    const document = known ?? parse(source, parseOptions);
    if (!known) {
      const errors = validate(schema, document, rules, validationOptions);
      if (errors.length > 0) return errors;
    }
    kept.delete(source);
    kept.set(source, document);
    const [oldest] = kept.keys();
    if (kept.size > limits.documentsKept && oldest !== undefined) kept.delete(oldest);
    return document;
  };
}
