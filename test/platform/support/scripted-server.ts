// A platform that plays recorded answers and writes down what it was asked.

import fastify from 'fastify';
import type { FastifyReply } from 'fastify';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON, text as it is. */
  readonly body?: unknown;
}
/** hang: never answered. reset: the connection is cut. half: cut in the middle of a 200. */
export type Script = (request: RecordedRequest) => ScriptedAnswer | 'hang' | 'reset' | 'half';

export interface ScriptedServer {
  readonly origin: string;
  readonly requests: RecordedRequest[];
  /** Fulfilled on the first arrival, for tests that act while a call is under way. */
  readonly firstRequest: Promise<unknown>;
  script: Script;
  close(): Promise<void>;
}

export async function startScriptedServer(script: Script = () => ({ status: 404, body: {} })): Promise<ScriptedServer> {
  const app = fastify({ forceCloseConnections: true });
  const requests: RecordedRequest[] = [];
  const arrival = Promise.withResolvers<null>();
  const server: ScriptedServer = {
    origin: '',
    requests,
    firstRequest: arrival.promise,
    script,
    close: () => app.close(),
  };

  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.all('/*', (request, reply) => {
    const url = new URL(request.url, 'http://scripted');
    const recorded: RecordedRequest = {
      method: request.method,
      // Still encoded, as it came over the wire.
      path: request.url.replace(/\?.*/, ''),
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: request.body,
    };
    requests.push(recorded);
    arrival.resolve(null);
    play(server.script(recorded), reply);
    return reply;
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return Object.assign(server, { origin });
}

function play(answer: ReturnType<Script>, reply: FastifyReply): void {
  if (typeof answer === 'string') {
    reply.hijack();
    if (answer === 'half') {
      reply.raw.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      reply.raw.write('{"items":', () => reply.raw.destroy());
    }
    if (answer === 'reset') reply.raw.destroy();
    return;
  }
  const { status = 200, headers = {}, body } = answer;
  reply.code(status);
  if (typeof body !== 'string' && body !== undefined) reply.type('application/json');
  reply.headers({ ...headers });
  void reply.send(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
}
