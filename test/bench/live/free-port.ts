// A port that nobody uses.

import { once } from 'node:events';
import type { Server } from 'node:http';

/** Answers the origin, without a slash at the end. */
export async function listenOnFreePort(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  return `http://127.0.0.1:${address.port}`;
}
