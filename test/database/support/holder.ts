// A gateway in miniature, for tests that kill it: starts the embedded PostgreSQL in the folder it is told, says where, waits.

import { startEmbedded } from '../../../src/database/embedded.ts';

const [, , dataDir = ''] = process.argv;
const { url, attached } = await startEmbedded({ dataDir, log: { info: () => undefined } });
process.stdout.write(`${JSON.stringify({ url, attached })}\n`);
setInterval(() => undefined, 60_000);
