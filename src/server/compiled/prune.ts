// A field as resolvers see it: cut off at the first rows, so that nobody works out once more what they are asked for.

import { getNamedType, isLeafType, isObjectType, Kind } from 'graphql';
import type { FieldNode, GraphQLNamedType, SelectionSetNode } from 'graphql';
import { modelNameOf } from './extensions.ts';
import { selectedFields } from './selection.ts';
import type { Source } from './selection.ts';

const typenameOnly: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

export function prune(source: Source, type: GraphQLNamedType, node: FieldNode): FieldNode {
  if (isLeafType(type) || !node.selectionSet) return node;
  if (!isObjectType(type) || modelNameOf(type) !== undefined) return { ...node, selectionSet: typenameOnly };
  const selections = selectedFields(source, type, [node.selectionSet]).map(({ name, nodes: [below] }) => {
    const field = type.getFields()[name];
    return field && below ? prune(source, getNamedType(field.type), below) : null;
  });
  return {
    ...node,
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [...selections.filter((one) => one !== null), ...typenameOnly.selections],
    },
  };
}
