// The documents that can be followed.

import type { DocumentNode } from 'graphql';

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
