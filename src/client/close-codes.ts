// What the client makes of the codes that a gateway closes sockets with.

/** The token has expired or was revoked: a fresh one is asked for. */
export const tokenExpired = 4403;
/** The token is not good, and will not become so. */
export const tokenRefused = 4401;
/** Too many messages: come back, but late. */
export const slowDown = 1008;

/** Doing the same again would end the same: the protocol was broken, or what is asked for is not to be had here. */
const final: ReadonlySet<number> = new Set([1003, 1007, 1009, 1010, 4400, 4406, 4409, 4429]);

/** All others are interruptions, codes of tomorrow and of proxies on the way included. */
export function isFinal(code: number): boolean {
  return final.has(code);
}
