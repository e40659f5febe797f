// Calls from the bench to the processes it starts, over the channel that fork() opens. Both ends read what comes in with the
// same schema.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface Call<P, R> {
  readonly name: string;
  readonly params: z.ZodType<P>;
  readonly result: z.ZodType<R>;
}

export function defineCall<P, R>(name: string, params: z.ZodType<P>, result: z.ZodType<R>): Call<P, R> {
  return { name, params, result };
}

/** Many numbers at once, cheaper on the way than a list. */
export const numbers: z.ZodType<Float64Array> = z.instanceof(Float64Array);
export const nothing: z.ZodType<undefined> = z.undefined();

const question = z.object({ id: z.number(), name: z.string(), params: z.unknown() });
const answer = z.object({ id: z.number(), result: z.unknown().optional(), failure: z.string().optional() });

/** In the process that was started. It ends when the bench does. */
export function createCallee(): { on<P, R>(call: Call<P, R>, work: (params: P) => Promise<R> | R): void } {
  const handlers = new Map<string, (params: unknown) => Promise<unknown>>();

  async function reply(message: unknown): Promise<void> {
    const { id, name, params } = question.parse(message);
    try {
      const handler = handlers.get(name);
      if (!handler) throw new Error(`nobody here does ${name}`);
      process.send?.({ id, result: await handler(params) });
    } catch (error) {
      process.send?.({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }

  process.on('message', (message) => void reply(message));
  process.on('disconnect', () => process.exit());
  // Ctrl-C reaches the whole group; the bench ends its processes itself.
  process.on('SIGINT', () => undefined);
  return {
    on(call, work) {
      handlers.set(call.name, async (params) => work(call.params.parse(params)));
    },
  };
}

export interface Callee {
  readonly pid: number;
  call<P, R>(call: Call<P, R>, params: P): Promise<R>;
  stop(): Promise<void>;
}

/** @param program a file beside this one */
export function startCallee(program: string): Callee {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = fork(file, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  child.on('message', (message) => {
    const { id, result, failure } = answer.parse(message);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (failure === undefined) asked?.resolve(result);
    else asked?.reject(new Error(`${program}: ${failure}`));
  });
  child.on('exit', (code, signal) => {
    const why = new Error(`${program} ended (${signal ?? code ?? 'unknown'}) before it answered`);
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
  });
  return {
    pid: pidOf(child),
    async call({ name, params: paramsShape, result }, params) {
      const id = ++lastId;
      const asked = Promise.withResolvers<unknown>();
      waiting.set(id, asked);
      child.send({ id, name, params: paramsShape.parse(params) }, (error) => {
        if (error) asked.reject(error);
      });
      return result.parse(await asked.promise);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the process did not start');
  return pid;
}
