// GraphQL.js's subscribe with two differences. Each event is executed with a context of its own: loaders keep what they
// have loaded for the life of a context, and would show the state of the first event for ever. And return() does not wait.

import { createSourceEventStream, execute } from 'graphql';
import type { ExecutionArgs, ExecutionResult } from 'graphql';
import { pullIterator } from '../events/pull-iterator.ts';

export async function subscribe(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const stream = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in stream)) return stream;
  const source = stream[Symbol.asyncIterator]();

  return pullIterator({
    async produce() {
      const event = await source.next();
      if (event.done) return undefined;
      return execute({ ...args, rootValue: event.value, contextValue: Object.assign({}, args.contextValue) });
    },
    release() {
      // A source that fails to end has nobody left to tell.
      source.return?.().catch(() => undefined);
    },
  });
}
