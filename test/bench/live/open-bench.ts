// Sets the bench up: an embedded PostgreSQL in a temporary folder, migrated, with partners and customers, the writer, a token
// source. Closing takes everything away again; so does Ctrl-C.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createDatabase } from '../../../src/database/client.ts';
import { startEmbedded } from '../../../src/database/embedded.ts';
import { migrate } from '../../../src/database/migrate.ts';
import type { Bench } from './bench.ts';
import { startCallee } from './calls.ts';
import { openWriter } from './contract.ts';
import type { Sizes } from './sizes.ts';
import { openTokenSource } from './tokens.ts';
import { createWorld } from './world.ts';

const log = { info: () => undefined };

export async function openBench(sizes: Sizes): Promise<Bench & { close(): Promise<void> }> {
  const closers: (() => Promise<void>)[] = [];
  async function close(): Promise<void> {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  }
  const end = (code: number): void => void close().finally(() => process.exit(code));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(130));
  process.once('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    end(1);
  });
  try {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'gateway-bench-'));
    closers.push(async () => rmSync(folder, { recursive: true, force: true }));
    const server = await startEmbedded({ dataDir: folder, log });
    closers.push(() => server.stop());
    await migrate(server.url, log);
    const database = createDatabase({ url: server.url, poolSize: 4 });
    closers.push(() => database.close());
    const world = await createWorld(database, sizes.partners, sizes.customersPerPartner);
    const tokens = await openTokenSource();
    closers.push(() => tokens.close());
    const writer = startCallee('writer.ts');
    closers.push(() => writer.stop());
    await writer.call(openWriter, { databaseUrl: server.url });
    return {
      sizes,
      databaseUrl: server.url,
      database,
      world,
      tokens,
      writer,
      async with(open, work) {
        const opened = await open;
        const closer = (): Promise<void> => opened.stop();
        closers.push(closer);
        try {
          return await work(opened);
        } finally {
          // Ctrl-C may have closed it already.
          const place = closers.lastIndexOf(closer);
          if (place >= 0) {
            closers.splice(place, 1);
            await closer();
          }
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
