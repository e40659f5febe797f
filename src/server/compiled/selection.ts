// Which fields an object of a type is asked for: fragments opened, the same field merged, in the order of the answer.

import { getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, isAbstractType, Kind } from 'graphql';
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { Unfoldable } from './unfoldable.ts';

export interface Selected {
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
}

export interface Source {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

export function selectedFields(
  { schema, fragments }: Source,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Selected[] {
  const found = new Map<string, FieldNode[]>();
  const spread = new Set<string>();

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!isIncluded(selection)) continue;
      switch (selection.kind) {
        case Kind.FIELD: {
          const key = selection.alias?.value ?? selection.name.value;
          const nodes = found.get(key) ?? [];
          nodes.push(selection);
          found.set(key, nodes);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (fits(selection.typeCondition?.name.value)) collect(selection.selectionSet);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(selection.name.value);
          if (!fragment || spread.has(fragment.name.value)) break;
          spread.add(fragment.name.value);
          if (fits(fragment.typeCondition.name.value)) collect(fragment.selectionSet);
          break;
        }
      }
    }
  }

  function fits(condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditional = schema.getType(condition);
    return isAbstractType(conditional) && schema.isSubType(conditional, type);
  }

  for (const set of sets) collect(set);
  return [...found].map(([key, nodes]) => ({ key, name: nodes[0]?.name.value ?? key, nodes }));
}

function isIncluded(node: SelectionNode): boolean {
  if (!node.directives || node.directives.length === 0) return true;
  for (const directive of node.directives) {
    if (directive.arguments?.some(({ value }) => value.kind === Kind.VARIABLE) ?? false) {
      throw new Unfoldable('a selection that depends on a variable');
    }
  }
  return (
    getDirectiveValues(GraphQLSkipDirective, node)?.['if'] !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node)?.['if'] !== false
  );
}
