// Carries out what faults.ts and flaky.ts decided about a request: refuse, delay, cut the connection or let it hang, before the
// effect; what happens after it is answering.ts's to do.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callOf } from './call.ts';
import { refusal } from './errors.ts';
import type { FaultRule } from './faults.ts';
import { recordCall } from './journal.ts';
import type { Sandbox } from './sandbox.ts';

type Trouble = Pick<FaultRule, 'kind'> & {
  readonly retryAfterSeconds?: number | undefined;
  readonly latencyMs?: number;
};

/** Before the body is read: the faults that were switched on. */
export async function sufferFaults(sandbox: Sandbox, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const [path = '/'] = request.url.split('?');
  for (const { rule } of await sandbox.faults.strike({ method: request.method, path })) {
    await suffer(sandbox, rule, request, reply);
    // Nothing else can happen to a request without a connection.
    if (reply.sent) return;
  }
}

/** After the body is read, which may name the customer: the trouble that comes with a flaky one. */
export async function sufferFlakyCustomer(
  sandbox: Sandbox,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { partner } = callOf(request);
  const kind = partner === null ? null : await sandbox.flaky.strike(partner, request);
  if (kind !== null) await suffer(sandbox, { kind }, request, reply);
}

async function suffer(sandbox: Sandbox, trouble: Trouble, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const call = callOf(request);
  call.fault = trouble.kind;
  const retryAfter = trouble.retryAfterSeconds ?? null;
  switch (trouble.kind) {
    case 'unauthorized':
      throw refusal(
        'unauthorized',
        'The request requires a valid access token set in the Authorization request header.',
      );
    case 'forbidden':
      throw refusal('forbidden', 'The access token lacks a scope or a role that is needed for this.');
    case 'locked':
      throw refusal('locked', 'The resource is locked for the time being.', retryAfter);
    case 'too-many-requests':
      throw refusal('tooManyRequests', 'Too many requests have been sent in a given amount of time.', retryAfter ?? 1);
    case 'unavailable':
      throw refusal('unavailable', 'The server is overloaded with requests. Try again later.', retryAfter);
    case 'server-error':
      throw refusal('internal', 'Something went wrong on the server.');
    case 'reset-before':
      recordCall(sandbox, request, null);
      reply.hijack();
      request.raw.socket.destroy();
      return;
    case 'reset-after':
      call.answer = 'lost';
      return;
    case 'hang-before':
      recordCall(sandbox, request, null);
      reply.hijack();
      await once(request.raw.socket, 'close');
      return;
    case 'hang-after':
      call.answer = 'withheld';
      return;
    case 'double-answer':
      call.answer = 'doubled';
      return;
    case 'latency':
      await sleep(trouble.latencyMs, undefined, { ref: false });
      return;
    case 'stuck':
      return;
  }
}
