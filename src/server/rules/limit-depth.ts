// Refuses operations whose fields are nested too deep. What lies below __schema and __type is GraphQL.js's own rule to limit.

import { GraphQLError } from 'graphql';
import type { ValidationRule } from 'graphql';
import { measure } from './measure.ts';

export function limitDepth(most: number): ValidationRule {
  return (context) => ({
    OperationDefinition(operation) {
      const depth = measure(context, operation.selectionSet, {
        field: (field, below) => (field.name.value.startsWith('__') ? 0 : below + 1),
        combine: Math.max,
      });
      if (depth <= most) return;
      context.reportError(
        new GraphQLError(`The operation is nested ${depth} fields deep; at most ${most} are allowed.`, {
          nodes: operation,
          extensions: { code: 'LIMIT_EXCEEDED' },
        }),
      );
    },
  });
}
