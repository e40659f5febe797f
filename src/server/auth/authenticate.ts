// From an Authorization value to a viewer, the same for HTTP and for the socket: verifies the token, finds the partner.
// What a refusal looks like on the wire is the transports' business.

import { errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import { partnerRoles } from '../../domain/viewer.ts';
import type { PartnerRole, Viewer } from '../../domain/viewer.ts';
import { limits } from '../limits.ts';
import { withDeadline } from '../with-deadline.ts';
import type { AccessView, Grant } from './access.ts';
import { createKeptTokens } from './kept-tokens.ts';
import type { FindPartner } from './partners.ts';
import type { TokenIssuer } from './token-issuer.ts';

export interface Admission {
  readonly viewer: Viewer;
  readonly acceptedUntil: Date;
  readonly grant: Grant;
}

export type Authentication =
  | Admission
  /** EXPIRED: a fresh token would do. INVALID: this caller has to change something else first. */
  | { readonly refusal: 'MISSING' | 'INVALID' | 'EXPIRED'; readonly message: string };

/** Throws when it cannot be told now whether the token is good: the key server or the database does not answer. */
export type Authenticate = (authorization: unknown) => Promise<Authentication>;

export interface AuthenticateOptions {
  readonly issuer: TokenIssuer;
  readonly findPartner: FindPartner;
  readonly access: Pick<AccessView, 'check'>;
  readonly now?: () => Date;
}

export function createAuthenticate({
  issuer,
  findPartner,
  access,
  now = () => new Date(),
}: AuthenticateOptions): Authenticate {
  const kept = createKeptTokens<Claims>();

  async function authenticate(authorization: unknown): Promise<Authentication> {
    if (authorization === undefined || authorization === null || authorization === '') {
      return refuse(
        'MISSING',
        'Send a token: authorization "Bearer <token>", as an HTTP header or in the connection_init payload.',
      );
    }
    const token = readBearer(authorization);
    if (token === null) return refuse('INVALID', 'The authorization does not have the form "Bearer <token>".');
    if (token.length > limits.tokenBytes) {
      return refuse('INVALID', `The token is longer than ${limits.tokenBytes} bytes.`);
    }
    const claims = await claimsOf(token);
    if ('refusal' in claims) return claims;
    const { sub, exp, iat, jti, email, scope, roles } = claims;
    const partner = await findPartner(claims.partner);
    if (!partner) return refuse('INVALID', 'The token names a partner that this gateway does not serve.');
    const issuedAt = iat === null ? null : new Date(iat * 1_000);
    const grant: Grant = { partnerId: partner.id, subject: sub, tokenId: jti, issuedAt };
    const withdrawal = await access.check(grant);
    if (withdrawal === 'SUSPENDED') return refuse('INVALID', 'The partner is suspended.');
    if (withdrawal === 'REVOKED') return refuse('EXPIRED', 'The token has been revoked. Send a fresh one.');
    return {
      grant,
      viewer: {
        partnerId: partner.id,
        partnerSlug: partner.slug,
        subject: sub,
        email,
        roles,
        scopes: scope,
      },
      acceptedUntil: new Date((exp + issuer.clockToleranceSeconds) * 1_000),
    };
  }

  async function claimsOf(token: string): Promise<Claims | Refusal> {
    const known = kept.get(token);
    if (known && now().getTime() < (known.exp + issuer.clockToleranceSeconds) * 1_000) return known;
    const verified = await verify(token);
    if ('refusal' in verified) return verified;
    const { payload } = verified;
    const claims = claimsOfToken.safeParse({
      ...payload,
      partner: payload[issuer.partnerClaim],
      roles: payload[issuer.rolesClaim],
    });
    if (!claims.success) {
      const called: Readonly<Record<string, string>> = { partner: issuer.partnerClaim, roles: issuer.rolesClaim };
      const odd = new Set(
        claims.error.issues.map(({ path: [claim] }) => `"${called[String(claim)] ?? String(claim)}"`),
      );
      return refuse('INVALID', `The token does not say who you are: missing or malformed ${[...odd].join(', ')}.`);
    }
    const roles = partnerRoles.filter((role) => claims.data.roles.includes(role));
    if (roles.length === 0)
      return refuse('INVALID', `The token gives you no role; one of ${partnerRoles.join(', ')} is needed.`);
    const found = { ...claims.data, roles };
    kept.keep(token, found);
    return found;
  }

  async function verify(token: string): Promise<{ readonly payload: JWTPayload } | Refusal> {
    try {
      const { payload } = await jwtVerify(token, issuer.key, {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms: [...issuer.algorithms],
        clockTolerance: issuer.clockToleranceSeconds,
        currentDate: now(),
        requiredClaims: ['exp', 'sub'],
      });
      return { payload };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse('EXPIRED', 'The token has expired. Send a fresh one.');
      if (error instanceof errors.JWTClaimValidationFailed) {
        return refuse('INVALID', `The token is not for this gateway: its claim "${error.claim}" does not fit.`);
      }
      if (isAboutToken(error))
        return refuse('INVALID', 'The token is malformed, or was not signed by the expected issuer.');
      throw error;
    }
  }

  return (authorization) => withDeadline(authenticate(authorization), limits.authenticationMs, 'the authentication');
}

type Refusal = Extract<Authentication, { refusal: string }>;

function refuse(refusal: Refusal['refusal'], message: string): Refusal {
  return { refusal, message };
}

/** A list, or one text with the names between spaces or commas: issuers write either. */
const names = z.union([
  z.array(z.string()),
  z.string().transform((text) => text.split(/[\s,]+/).filter((name) => name !== '')),
]);

const claimsOfToken = z.object({
  sub: z.string().min(1).max(255),
  exp: z.number(),
  iat: z.number().nullable().catch(null),
  jti: z.string().nullable().catch(null),
  email: z.string().max(320).nullable().catch(null),
  scope: names.catch([]),
  partner: z.string().min(1).max(255),
  roles: names,
});

interface Claims extends Omit<z.infer<typeof claimsOfToken>, 'roles'> {
  readonly roles: readonly PartnerRole[];
}

function readBearer(authorization: unknown): string | null {
  if (typeof authorization !== 'string') return null;
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
}

/** Jose's other errors tell of the key server, not of the token. */
function isAboutToken(error: unknown): boolean {
  return [
    errors.JWSInvalid,
    errors.JWTInvalid,
    errors.JWSSignatureVerificationFailed,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys,
  ].some((kind) => error instanceof kind);
}
