// Who calls: partners by bearer token, the person at the keyboard by being on this machine.
// Tokens are `sandbox-<partner>`, or `sandbox-<partner>-<expiry>` when /access_token gave them; nothing here protects anything.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callOf } from './call.ts';
import { refusal } from './errors.ts';
import { isPartner } from './fixtures.ts';
import type { PartnerSlug } from './fixtures.ts';
import { parseInput, text } from './input.ts';
import type { Sandbox } from './sandbox.ts';

/** As long as Webex's. */
const accessTokenLifetimeSeconds = 1_209_599;
const refreshTokenLifetimeSeconds = 7_776_000;

/** @throws 401 without a valid token. */
export function authenticate(request: FastifyRequest, now: number): void {
  const partner = partnerOfToken(/^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '', now);
  if (partner === null) {
    throw refusal('unauthorized', 'The request requires a valid access token set in the Authorization request header.');
  }
  callOf(request).partner = partner;
}

/** Where a token is welcome but not needed. */
export function recognize(request: FastifyRequest, now: number): void {
  if (request.headers.authorization !== undefined) authenticate(request, now);
}

/** @throws 401 where authenticate has not run. */
export function partnerOf(request: FastifyRequest): PartnerSlug {
  const { partner } = callOf(request);
  if (partner === null) throw refusal('unauthorized', 'The request requires a valid access token.');
  return partner;
}

/** @throws 403 unless the request comes from this machine. */
export function requireLoopback(request: FastifyRequest): void {
  if (/^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '')) return;
  throw refusal('forbidden', 'This is served to the machine that the sandbox runs on, and to nobody else.');
}

function partnerOfToken(token: string, now: number): PartnerSlug | null {
  const [, slug = '', expiresAt] = /^sandbox-([a-z]+)(?:-(\d+))?$/.exec(token) ?? [];
  const isExpired = expiresAt !== undefined && Number(expiresAt) <= now;
  return isPartner(slug) && !isExpired ? slug : null;
}

const grant = z.object({
  grant_type: z.literal('refresh_token'),
  client_id: text,
  client_secret: text,
  refresh_token: text,
});

export function accessTokenRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body.toString())));
  });

  app.post('/access_token', (request) => {
    const asked = parseInput(grant, request.body);
    const partner = partnerOfToken(asked.refresh_token, Number.NEGATIVE_INFINITY);
    if (partner === null) throw refusal('unauthorized', 'Expected a refresh token of the form sandbox-<partner>.');
    callOf(request).partner = partner;
    const expiresAt = sandbox.clock.now() + accessTokenLifetimeSeconds * 1000;
    return {
      access_token: `sandbox-${partner}-${expiresAt}`,
      expires_in: accessTokenLifetimeSeconds,
      refresh_token: asked.refresh_token,
      refresh_token_expires_in: refreshTokenLifetimeSeconds,
      token_type: 'Bearer',
    };
  });
}
