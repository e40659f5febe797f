// The local Webex as one HTTP server: the REST API of the real one under /v1, what the public API lacks under /sandbox.
// State lives in the PostgreSQL schema "sandbox"; the gateway reaches it over HTTP only.

import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { accessTokenRoutes, authenticate } from './auth.ts';
import { finishAnswer } from './answering.ts';
import { callOf } from './call.ts';
import { openClock } from './clock.ts';
import { consentRoutes } from './consents.ts';
import { settleDue } from './customer-settle.ts';
import { customerRoutes } from './customers.ts';
import { openFaultSwitchboard } from './fault-switchboard.ts';
import { addFixtures } from './fixtures.ts';
import { openFlakyCustomers } from './flaky.ts';
import { openJournal, recordCall } from './journal.ts';
import { locationRoutes } from './locations.ts';
import type { SandboxLog } from './log.ts';
import { mailboxRoutes } from './mailbox.ts';
import { numberRoutes } from './numbers.ts';
import { operatorRoutes } from './operator.ts';
import { organizationLookupRoutes, organizationRoutes } from './organizations.ts';
import { peopleRoutes } from './people.ts';
import { pstnRoutes } from './pstn.ts';
import { answerError, answerUnknownPath, rememberRoutes } from './replies.ts';
import { createRetryWindows } from './retry-windows.ts';
import type { Sandbox } from './sandbox.ts';
import { openState } from './state.ts';
import { subPartnerRoutes } from './sub-partners.ts';
import { subscriberRoutes } from './subscribers.ts';
import { templateRoutes } from './templates.ts';
import { createTurns } from './turns.ts';
import { sufferFaults, sufferFlakyCustomer } from './trouble.ts';

export interface SandboxOptions {
  /** The schema "sandbox" is made in it where it is missing. */
  readonly databaseUrl: string;
  /** 0: any free one. */
  readonly port: number;
  /** Default 127.0.0.1. Faults, clock and log are served to this machine only, whatever stands here. */
  readonly host?: string;
  /** Middle length of a provisioning stage; 0: no artificial delays. Default 700, so that a person can watch. */
  readonly stageMs?: number;
  readonly log: SandboxLog;
}

export interface RunningSandbox {
  /** Base of the REST API, for example http://127.0.0.1:4001/v1. */
  readonly url: string;
  /** Base of what only the sandbox has: origin + /sandbox. */
  readonly origin: string;
  /** Ends connections, writes the rest of the request log, lets go of the database. */
  close(): Promise<void>;
}

const defaultStageMs = 700;

export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { log } = options;
  const pool = await openState(options.databaseUrl, log);
  try {
    await addFixtures(pool);
    const clock = await openClock(pool, Date.now);
    const sandbox: Sandbox = {
      pool,
      clock,
      faults: await openFaultSwitchboard(pool, clock),
      flaky: await openFlakyCustomers(pool),
      journal: openJournal(pool, log),
      assignments: createTurns(),
      retryWindows: createRetryWindows(),
      stageMs: options.stageMs ?? defaultStageMs,
      log,
    };
    const app = buildServer(sandbox);
    const origin = await app.listen({ port: options.port, host: options.host ?? '127.0.0.1' });
    log.info({ origin }, 'sandbox listening');
    return {
      origin,
      url: `${origin}/v1`,
      async close() {
        await app.close();
        await sandbox.journal.flush();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

function buildServer(sandbox: Sandbox): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
  readJsonOnly(app);
  rememberRoutes(app);
  app.setErrorHandler((error, request, reply) => answerError(sandbox.log, error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    answerUnknownPath(request, reply);
    recordCall(sandbox, request, reply.statusCode);
    return reply;
  });
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('trackingid', callOf(request).trackingId);
  });

  app.get('/sandbox/healthz', async () => {
    await sandbox.pool.query('select 1');
    return { status: 'ok' };
  });
  app.register(async (scope) => operatorRoutes(scope, sandbox), { prefix: '/sandbox' });

  // Only what a client of Webex asks for is logged and can be made to fail; the operator's own calls are neither.
  app.register(async (platform) => {
    platform.addHook('onRequest', async (request) => sandbox.retryWindows.arrived(request));
    platform.addHook('onSend', (request, reply, payload) => finishAnswer(sandbox, request, reply, payload));
    platform.addHook('onResponse', async (request, reply) => sandbox.retryWindows.answered(request, reply));
    platform.register(
      async (scope) => {
        scope.addHook('onRequest', (request, reply) => sufferFaults(sandbox, request, reply));
        accessTokenRoutes(scope, sandbox);
      },
      { prefix: '/v1' },
    );
    platform.register(async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        authenticate(request, sandbox.clock.now());
        await sufferFaults(sandbox, request, reply);
      });
      scope.addHook('preHandler', async (request) => settleDue(sandbox, callOf(request).partner ?? ''));
      scope.register(async (api) => webexRoutes(api, sandbox), { prefix: '/v1' });
      scope.register(async (extras) => extraRoutes(extras, sandbox), { prefix: '/sandbox' });
    });
  });
  return app;
}

function webexRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.addHook('preHandler', (request, reply) => sufferFlakyCustomer(sandbox, request, reply));
  customerRoutes(app, sandbox);
  subscriberRoutes(app, sandbox);
  subPartnerRoutes(app);
  locationRoutes(app, sandbox);
  numberRoutes(app, sandbox);
  pstnRoutes(app, sandbox);
  organizationRoutes(app, sandbox);
  peopleRoutes(app, sandbox);
}

function extraRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  templateRoutes(app, sandbox);
  organizationLookupRoutes(app, sandbox);
  consentRoutes(app, sandbox);
  mailboxRoutes(app, sandbox);
}

// Webex takes JSON and nothing else; an empty body with the right type is no body.
function readJsonOnly(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parseJson(request, body.toString(), done);
  });
}
