// Whose tokens are taken, and what they must look like: either an issuer of the operator's own, or the local one.

import { createRemoteJWKSet } from 'jose';
import type { JWTVerifyGetKey } from 'jose';

export interface TokenIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** What a token's header says is never what decides: nothing else is accepted, `none` and shared secrets least of all. */
  readonly algorithms: readonly string[];
  readonly key: JWTVerifyGetKey;
  /** How far the issuer's clock may be off. */
  readonly clockToleranceSeconds: number;
  readonly partnerClaim: string;
  readonly rolesClaim: string;
}

export interface RemoteIssuerOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  readonly partnerClaim: string;
  readonly rolesClaim: string;
}

export function remoteTokenIssuer({ jwksUrl, ...claims }: RemoteIssuerOptions): TokenIssuer {
  return {
    ...claims,
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
    // Within the deadline of an authentication, so that a key server that hangs is told apart from a bad token.
    key: createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 2_000, cooldownDuration: 30_000 }),
    clockToleranceSeconds: 30,
  };
}
