// A field's value, as its resolver has it, and the few things to know about a field before it is asked.

import { BREAK, visit } from 'graphql';
import type { FieldNode } from 'graphql';
import { exposedName, ownResolve } from './extensions.ts';
import { isPromise, isRecord } from './records.ts';
import type { Place, Run } from './run.ts';
import type { Selected } from './selection.ts';
import { Unfoldable } from './unfoldable.ts';
import type { Write, Written } from './write.ts';

export function resolving(place: Place, write: Write, isRoot: boolean): Write {
  const { field } = place;
  const exposed = isRoot ? undefined : exposedName(field);
  if (exposed !== undefined)
    return (parent, run) => written(isRecord(parent) ? parent[exposed] : undefined, write, run);
  const resolve = isRoot ? field.resolve : ownResolve(field);
  if (!resolve) throw new Unfoldable(`${field.name} has no resolver`);
  const readsContext = isRoot || resolve.length > 2;
  return (parent, run) =>
    written(
      resolve(parent, run.argsOf(place), readsContext ? run.contextOf(place) : run.context, run.infoOf(place)),
      write,
      run,
    );
}

function written(value: unknown, write: Write, run: Run): Written {
  return isPromise(value) ? value.then((found) => write(found, run)) : write(value, run);
}

export function dependsOnVariables(node: FieldNode): boolean {
  let depends = false;
  for (const argument of node.arguments ?? []) {
    visit(argument, {
      Variable() {
        depends = true;
        return BREAK;
      },
    });
  }
  return depends;
}

/** What stands before the value of the nth field. */
export function beforeOf({ key }: Selected, n: number): string {
  return `${n === 0 ? '' : ','}${JSON.stringify(key)}:`;
}
