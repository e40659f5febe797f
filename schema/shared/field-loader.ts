// Gathers what one field asks for on all rows of a page into one load. Nothing is remembered between loads: the context of
// a subscription lives as long as its socket, and what was true an event ago need not be true now.

import { createContextCache } from '@pothos/core';
import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';

/** Answers for each key; keys may repeat. */
export type BatchLoad<Key, Value> = (keys: readonly Key[]) => Promise<(key: Key) => Value>;

/** One loader for each place in an operation: there, arguments and selection are the same for every row. */
export function fieldLoaders<Key, Value>() {
  const places = createContextCache(() => new Map<string, Place<Key, Value>>());
  return (context: object, info: GraphQLResolveInfo, load: BatchLoad<Key, Value>): DataLoader<Key, Value> => {
    const name = `${info.parentType.name}@${responsePath(info.path)}`;
    const place = places(context).get(name) ?? createPlace(load);
    places(context).set(name, place);
    // That of this delivery: an earlier one's knows what was selected then.
    place.load = load;
    return place.loader;
  };
}

interface Place<Key, Value> {
  readonly loader: DataLoader<Key, Value>;
  load: BatchLoad<Key, Value>;
}

function createPlace<Key, Value>(load: BatchLoad<Key, Value>): Place<Key, Value> {
  const loader = new DataLoader<Key, Value>(
    async (keys) => {
      const valueOf = await place.load(keys);
      return keys.map((key) => valueOf(key));
    },
    { cache: false },
  );
  const place: Place<Key, Value> = { loader, load };
  return place;
}

/** For counts: what no row was found for is 0. */
export function countOf<Key>(counts: Iterable<readonly [Key, number]>): (key: Key) => number {
  const byKey = new Map(counts);
  return (key) => byKey.get(key) ?? 0;
}

/** Without the places in lists. */
function responsePath(path: GraphQLResolveInfo['path'] | undefined): string {
  if (!path) return '';
  const parent = responsePath(path.prev);
  return typeof path.key === 'number' ? parent : `${parent}.${path.key}`;
}
