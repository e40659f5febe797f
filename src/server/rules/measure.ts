// Adds up an operation's fields, following its fragments. A fragment is measured once however often it is spread, so that
// fragments nested in fragments cost us no more than they cost the client to write.

import { Kind } from 'graphql';
import type { FieldNode, SelectionSetNode, ValidationContext } from 'graphql';

export interface Measure {
  /** Of one field, given what lies below it. */
  readonly field: (field: FieldNode, below: number) => number;
  readonly combine: (one: number, other: number) => number;
}

export function measure(context: ValidationContext, selectionSet: SelectionSetNode, how: Measure): number {
  const fragments = new Map<string, number>();

  function measureFragment(name: string): number {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    // Fragments that contain themselves are another rule's finding; here they only must come to an end.
    fragments.set(name, 0);
    const fragment = context.getFragment(name);
    const result = fragment ? measureSelections(fragment.selectionSet) : 0;
    fragments.set(name, result);
    return result;
  }

  function measureSelections({ selections }: SelectionSetNode): number {
    return selections
      .map((selection) => {
        switch (selection.kind) {
          case Kind.FIELD:
            return how.field(selection, selection.selectionSet ? measureSelections(selection.selectionSet) : 0);
          case Kind.INLINE_FRAGMENT:
            return measureSelections(selection.selectionSet);
          case Kind.FRAGMENT_SPREAD:
            return measureFragment(selection.name.value);
        }
      })
      .reduce((one, other) => how.combine(one, other), 0);
  }

  return measureSelections(selectionSet);
}
