// Prisma answers all `findUnique`s of one tick together, whoever asks, on a connection checked out for who asked first: two
// partners whose requests meet would see "not found". Here each partner gets a batch of its own. Prisma has no option for
// that; should an update of it change what is replaced here, this throws when the gateway starts.

import { currentPartner } from './partner-pool.ts';
import type { Database } from './client.ts';

interface Loader {
  request(request: unknown): Promise<unknown>;
}

/** Loaders that are kept for partners; one that is dropped still answers what it was asked. */
const mostKept = 1_000;

export function batchByPartner(client: Database): void {
  const handler = memberOf(client, '_requestHandler');
  const shared = memberOf(handler, 'dataloader');
  const loaders = new Map<string, Loader>();

  function loaderOf(partnerId: string): Loader {
    const known = loaders.get(partnerId);
    if (known) return known;
    if (loaders.size >= mostKept) loaders.clear();
    const made: unknown = Reflect.construct(shared.constructor, [memberOf(shared, 'options')]);
    if (!isLoader(made)) throw unknownPrisma();
    loaders.set(partnerId, made);
    return made;
  }
  // Tried at once, not when the first request comes.
  loaderOf('');
  Reflect.set(handler, 'dataloader', {
    request: (request: unknown) => loaderOf(currentPartner() ?? '').request(request),
  });
}

function memberOf(value: object, name: string): object {
  const member: unknown = Reflect.get(value, name);
  if (typeof member !== 'object' || member === null) throw unknownPrisma();
  return member;
}

function isLoader(value: unknown): value is Loader {
  return typeof value === 'object' && value !== null && 'request' in value && typeof value.request === 'function';
}

function unknownPrisma(): Error {
  return new Error('this version of Prisma batches requests in another way than partner-batches.ts knows');
}
