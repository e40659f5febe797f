// The documents that can be followed, and what the client has to know of one: where in an answer the cursor stands, and the
// versions. Read from the document itself, so that aliases and fragments are no obstacle.

import { Kind, OperationTypeNode, parse, print } from 'graphql';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { isRecord } from './record.ts';

interface Typed<TData, TVariables> {
  /** Never there; code generators put the types of data and variables here. */
  readonly __apiType?: (variables: TVariables) => TData;
}

/** Text of an operation that a code generator has typed (its `documentMode: 'string'`). */
export interface TypedText<TData, TVariables> extends Typed<TData, TVariables> {
  readonly length: number;
  toString(): string;
}

/** A subscription: parsed (TypedDocumentNode, or what `gql` makes), or as text. */
export type LiveDocument<TData, TVariables> =
  (DocumentNode & Typed<TData, TVariables>) | TypedText<TData, TVariables> | string;

export interface ReadDocument {
  readonly query: string;
  /** Of the variable that is passed as `after`. */
  readonly afterVariable: string;
  /** False: it is silent until something happens. */
  readonly beginsWithState: boolean;
  /** Under which names the fields come in an answer; null: not selected. */
  readonly keys: {
    readonly root: string;
    readonly cursor: string;
    readonly event: string | null;
    readonly customerVersion: string | null;
    readonly customerId: string | null;
  };
  /** Whether all events of each customer it tells of are told, so that versions rise by one. */
  tellsWholeCustomers(variables: object): boolean;
}

/** Throws TypeError for a document that could not be resumed. */
export function readDocument(document: LiveDocument<unknown, never>): ReadDocument {
  const parsed = typeof document === 'object' && 'kind' in document ? document : parse(document.toString());
  const operation = onlySubscription(parsed);
  const find = fieldFinder(parsed);
  const root = onlyField(operation, find);
  const cursor = find(root.selectionSet, 'cursor');
  const name = root.name.value;
  if (!cursor) throw new TypeError(`select "cursor" in ${name}: without it the stream cannot be resumed`);
  const event = find(root.selectionSet, 'event');
  const versions = find(event?.selectionSet, 'customerVersion');
  const customerId = find(event?.selectionSet, 'customerId');
  return {
    query: print(parsed),
    afterVariable: afterVariableOf(operation, root),
    beginsWithState: name !== 'events',
    keys: {
      root: keyOf(root),
      cursor: keyOf(cursor),
      event: event ? keyOf(event) : null,
      customerVersion: versions ? keyOf(versions) : null,
      customerId: customerId ? keyOf(customerId) : null,
    },
    tellsWholeCustomers(variables) {
      if (name === 'customerUpdated') return true;
      return name === 'events' && customerId !== undefined && !narrows(root, variables);
    },
  };
}

function onlySubscription({ definitions }: DocumentNode): OperationDefinitionNode {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operations.length !== 1 || operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
    throw new TypeError('a document to follow holds one operation, a subscription');
  }
  return operation;
}

/** With this name or, if none is given, any field; looks into fragments. */
type FindField = (selections: SelectionSetNode | undefined, name?: string) => FieldNode | undefined;

function fieldFinder({ definitions }: DocumentNode): FindField {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const find = (selections: SelectionSetNode | undefined, name?: string): FieldNode | undefined => {
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        if (name === undefined || selection.name.value === name) return selection;
        continue;
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const found = find(inner?.selectionSet, name);
      if (found) return found;
    }
    return undefined;
  };
  return find;
}

function onlyField({ selectionSet }: OperationDefinitionNode, find: FindField): FieldNode {
  const field = find(selectionSet);
  if (!field) throw new TypeError('a subscription to follow selects one field');
  return field;
}

function afterVariableOf({ variableDefinitions = [] }: OperationDefinitionNode, root: FieldNode): string {
  const value = root.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (value?.kind === Kind.VARIABLE) {
    const name = value.name.value;
    const type = variableDefinitions.find(({ variable }) => variable.name.value === name)?.type;
    if (type?.kind === Kind.NAMED_TYPE) return name;
  }
  throw new TypeError(
    `declare a variable "$after: EventCursor" and pass it to ${root.name.value} as "after": the stream is resumed with it`,
  );
}

/** Whether the filter of `events` leaves out events of a customer that it tells of. */
function narrows(root: FieldNode, variables: object): boolean {
  const value = root.arguments?.find(({ name }) => name.value === 'filter')?.value;
  if (value === undefined || value.kind === Kind.NULL) return false;
  if (value.kind === Kind.OBJECT) return value.fields.some(({ name }) => name.value !== 'customerIds');
  if (value.kind !== Kind.VARIABLE) return true;
  const filter: unknown = Reflect.get(variables, value.name.value);
  if (filter === undefined || filter === null) return false;
  if (!isRecord(filter)) return true;
  return Object.entries(filter).some(([key, condition]) => key !== 'customerIds' && condition != null);
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
