// Queries answered by the compiled way where there is one: as the finished text of `data`. Null: the ordinary execution answers,
// and tells the errors.

import { getVariableValues, OperationTypeNode } from 'graphql';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { RequestContext } from '../../../schema/context.ts';
import { compile } from './compile.ts';
import type { Compiled } from './compile.ts';
import { readModels } from './models.ts';
import type { ReadText } from './reader.ts';
import { createRun } from './run.ts';
import { Unfoldable } from './unfoldable.ts';

export interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
}

export type CompiledReads = (asked: Asked) => Promise<string | null>;

/** The document must have been validated against the schema. */
export function createCompiledReads(schema: GraphQLSchema, readText: ReadText): CompiledReads {
  const models = readModels();
  const kept = new WeakMap<OperationDefinitionNode, { readonly compiled: Compiled | null }>();

  function compiledOf({ document, operation }: Asked): Compiled | null {
    const known = kept.get(operation);
    if (known) return known.compiled;
    let compiled: Compiled | null = null;
    try {
      if (operation.operation === OperationTypeNode.QUERY) compiled = compile(schema, models, document, operation);
    } catch (error) {
      if (!(error instanceof Unfoldable)) throw error;
    }
    kept.set(operation, { compiled });
    return compiled;
  }

  return async (asked) => {
    const { operation, variables, context } = asked;
    if (context.viewer === null) return null;
    const compiled = compiledOf(asked);
    if (!compiled) return null;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
    if (!coerced) return null;
    try {
      return await compiled.write(createRun({ context, values: coerced, models, readText }));
    } catch (error) {
      // It would lead off the compiled way the next time as well.
      if (error instanceof Unfoldable) kept.set(operation, { compiled: null });
      return null;
    }
  };
}
