// A sandbox in a process of its own, for a test that kills it. Prints its origin.

import { startSandbox } from '../../../src/sandbox/server.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const [, , databaseUrl = ''] = process.argv;
const { origin } = await startSandbox({ databaseUrl, port: 0, stageMs: 0, log: silent });
process.stdout.write(`${origin}\n`);
