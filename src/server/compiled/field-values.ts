// A field's value, as its resolver has it, and the few things to know about a field before it is asked.

import { BREAK, visit } from 'graphql';
import type { FieldNode } from 'graphql';
import { isAllowed } from '../../domain/viewer.ts';
import { exposedName, ownResolve, rootResolve } from './extensions.ts';
import type { Resolve } from './extensions.ts';
import { isPromise, isRecord } from './records.ts';
import type { Place, Run } from './run.ts';
import type { Selected } from './selection.ts';
import { Unfoldable } from './unfoldable.ts';
import type { Write, Written } from './write.ts';

/** Below the root: what stands around a resolver is for rows that are loaded field by field. */
export function resolving(place: Place, write: Write): Write {
  const { field } = place;
  const exposed = exposedName(field);
  if (exposed !== undefined) {
    return (parent, run) => written(isRecord(parent) ? parent[exposed] : undefined, write, run);
  }
  const resolve = ownResolve(field);
  if (!resolve) throw new Unfoldable(`${field.name} has no resolver`);
  return calling(place, resolve, write);
}

export function resolvingRoot(place: Place, write: Write): Write {
  const known = rootResolve(place.parentType, place.field);
  const resolve = known?.resolve ?? place.field.resolve;
  if (!resolve) throw new Unfoldable(`${place.field.name} has no resolver`);
  const call = calling(place, resolve, write);
  return (root, run) => {
    const { viewer } = run.context;
    const isRefused =
      known?.permissions.some((permission) => viewer === null || !isAllowed(viewer, permission)) ?? false;
    // Who is refused is told so by the ordinary execution.
    if (isRefused) throw new Error('refused');
    return call(root, run);
  };
}

function calling(place: Place, resolve: Resolve, write: Write): Write {
  const readsContext = resolve.length > 2;
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
