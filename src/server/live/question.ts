// What makes two subscriptions the same question: the document, the operation in it, the variables, and what the viewer may
// see. Where each of them goes on from is not part of the question; so who comes back with a cursor joins the others.

import { Kind, getOperationAST, visit } from 'graphql';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Viewer } from '../../domain/viewer.ts';

export interface Question {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly viewer: Viewer;
}

/** The same text for the same question. */
export function nameOfQuestion({ document, operationName, variables, viewer }: Question): string {
  const operation = getOperationAST(document, operationName);
  const cursors = operation ? cursorVariables(document, operation) : new Set<string>();
  const asked = Object.entries(variables).filter(([name]) => !cursors.has(name));
  return JSON.stringify([
    viewer.partnerId,
    [...viewer.roles].sort(),
    [...viewer.scopes].sort(),
    document.loc?.source.body ?? '',
    operation?.name?.value ?? '',
    inOrder(Object.fromEntries(asked)),
  ]);
}

const known = new WeakMap<OperationDefinitionNode, ReadonlySet<string>>();

/** Variables that serve as the root field's `after` and for nothing else. */
function cursorVariables(document: DocumentNode, operation: OperationDefinitionNode): ReadonlySet<string> {
  const kept = known.get(operation);
  if (kept) return kept;
  const names = new Set<string>();
  for (const selection of operation.selectionSet.selections) {
    if (selection.kind !== Kind.FIELD) continue;
    const after = selection.arguments?.find(({ name }) => name.value === 'after');
    if (after?.value.kind === Kind.VARIABLE) names.add(after.value.name.value);
  }
  const uses = new Map<string, number>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
  });
  const cursors = new Set([...names].filter((name) => uses.get(name) === 1));
  known.set(operation, cursors);
  return cursors;
}

/** The order in which a client writes the fields of an object says nothing. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, part]) => [name, inOrder(part)]);
}
