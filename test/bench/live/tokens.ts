// A token issuer of the bench's own, so that its clients can be many people: the servers fetch its key like that of any other.

import { createServer } from 'node:http';
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { listenOnFreePort } from './free-port.ts';

export interface TokenSource {
  /** The gateway's settings that make it take these tokens. */
  readonly settings: Readonly<Record<string, string>>;
  readonly jwksUrl: string;
  issue(partner: string, subject: string): Promise<string>;
  close(): Promise<void>;
}

const issuer = 'urn:bench';
const audience = 'urn:webex-wholesale-gateway';
const algorithm = 'ES256';

export async function openTokenSource(): Promise<TokenSource> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const keys = JSON.stringify({ keys: [{ ...jwk, kid, alg: algorithm, use: 'sig' }] });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(keys);
  });
  const jwksUrl = `${await listenOnFreePort(server)}/keys`;
  return {
    jwksUrl,
    settings: { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_JWKS_URL: jwksUrl },
    issue: (partner, subject) =>
      new SignJWT({ partner, roles: ['FULL_ADMIN'] })
        .setProtectedHeader({ alg: algorithm, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(privateKey),
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
