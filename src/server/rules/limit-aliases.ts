// Refuses operations with too many aliases: each asks for the same field once more.

import { GraphQLError } from 'graphql';
import type { ValidationRule } from 'graphql';
import { measure } from './measure.ts';

export function limitAliases(most: number): ValidationRule {
  return (context) => ({
    OperationDefinition(operation) {
      const aliases = measure(context, operation.selectionSet, {
        field: (field, below) => below + (field.alias ? 1 : 0),
        combine: (one, other) => one + other,
      });
      if (aliases <= most) return;
      context.reportError(
        new GraphQLError(`The operation has ${aliases} aliases; at most ${most} are allowed.`, {
          nodes: operation,
          extensions: { code: 'LIMIT_EXCEEDED' },
        }),
      );
    },
  });
}
