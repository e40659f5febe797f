// A PostgreSQL of the gateway's own, for a start without any preparation: a real server out of an npm package, reachable
// on the loopback interface only. Where its programs come from is embedded-binaries.ts's business, its files
// embedded-cluster.ts's.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, serverEnvironment } from './embedded-binaries.ts';
import type { Binaries } from './embedded-binaries.ts';
import {
  clusterIn,
  connectionUrl,
  disownServerFile,
  exists,
  giveTo,
  isAlive,
  locationFor,
  makeCluster,
  readServerFile,
  refuseOtherVersion,
} from './embedded-cluster.ts';
import type { Cluster } from './embedded-cluster.ts';

export interface EmbeddedOptions {
  /** Made if it does not exist. Holds the data, the password and the server's log; delete it to begin anew. */
  readonly dataDir: string;
  readonly log: { info(details: object, message: string): void };
  /** False: faster, and a crash of the machine may cost the data. For tests. */
  readonly durable?: boolean;
  /** Default: any free one. Who was connected finds a server that is started again on the port it had. */
  readonly port?: number;
}

export interface EmbeddedServer {
  /** Database "postgres" as superuser. */
  readonly url: string;
  /** True: it was running already, for another process or left behind by one that was killed. */
  readonly attached: boolean;
  /** Ends all sessions, whosever they are, and waits until the server is gone. */
  readonly stop: () => Promise<void>;
}

const maxAttempts = 5;
const pollMs = 10;
/** Long enough to recover from a crash under load. */
const readyWithinMs = 120_000;
const stopWithinMs = 60_000;

export async function startEmbedded({ dataDir, log, durable = true, port }: EmbeddedOptions): Promise<EmbeddedServer> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  // The running server tells its place by the real path.
  const folder = realpathSync(dataDir);
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const running = await attach(clusterIn(folder));
    if (running) {
      log.info({ dataDir }, 'took over the embedded PostgreSQL that was running already');
      return running;
    }
    const binaries = findBinaries(clusterIn(folder).user);
    if (!exists(clusterIn(folder))) makeCluster(folder, binaries, durable);
    const cluster = clusterIn(folder);
    refuseOtherVersion(cluster, binaries);
    const started = await launch(
      cluster,
      binaries,
      durable,
      port ?? (await freePort()),
      path.join(folder, 'server.log'),
    );
    if (started) {
      log.info({ dataDir }, 'the embedded PostgreSQL is running');
      return started;
    }
  }
  throw new Error(`the embedded PostgreSQL in ${dataDir} did not start in ${maxAttempts} attempts`);
}

async function attach(cluster: Cluster): Promise<EmbeddedServer | null> {
  const file = readServerFile(cluster);
  if (!file || !isAlive(file.pid)) return null;
  if (isSomethingElse(file.pid, cluster)) {
    disownServerFile(cluster);
    return null;
  }
  const ready = await waitUntilReady(cluster, () => isAlive(file.pid));
  if (!ready) return null;
  const url = connectionUrl(cluster, ready.port);
  await login(url);
  return { url, attached: true, stop: () => stop(cluster, ready.pid) };
}

/** Null: it lost a race, for its port or against another process that starts the same server; worth another attempt. */
async function launch(
  cluster: Cluster,
  binaries: Binaries,
  durable: boolean,
  port: number,
  logFile: string,
): Promise<EmbeddedServer | null> {
  // A file, not a pipe: the server may outlive this process and must still have somewhere to write.
  const output = openSync(logFile, 'a', 0o600);
  giveTo(cluster.user, logFile);
  const alreadySaid = statSync(logFile).size;
  const server = spawn(binaries.postgres, serverArguments(cluster, port, durable), {
    ...cluster.user,
    cwd: cluster.data,
    env: serverEnvironment,
    stdio: ['ignore', output, output],
    // Ctrl-C on the terminal must not reach the server before the gateway has finished.
    detached: true,
  });
  closeSync(output);
  const failure = new Promise<Error>((resolve) => server.once('error', resolve));
  server.unref();
  if (server.pid === undefined) throw await failure;
  const ready = await waitUntilReady(cluster, () => server.exitCode === null && server.signalCode === null, server.pid);
  if (ready) {
    const url = connectionUrl(cluster, port);
    await login(url);
    return { url, attached: false, stop: () => stop(cluster, ready.pid) };
  }
  const said = readFileSync(logFile).subarray(alreadySaid).toString();
  if (/could not create any TCP\/IP sockets|lock file "postmaster.pid" already exists/.test(said)) return null;
  throw new Error(`the embedded PostgreSQL did not start: ${said.slice(-4_000)}`);
}

function serverArguments(cluster: Cluster, port: number, durable: boolean): string[] {
  const settings = {
    cluster_name: nameOf(cluster),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A failed statement's text may hold what people have typed; its error message is enough.
    log_min_error_statement: 'panic',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', locationFor(cluster.user, cluster.data), '-p', String(port), ...options];
}

/** Stands on the server's command line, which unlike its working directory everybody may read. */
function nameOf({ data }: Cluster): string {
  return `gateway-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;
}

/** True only if the process is certainly not the server of this data directory. */
function isSomethingElse(pid: number, cluster: Cluster): boolean {
  try {
    const commandLine =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        : spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
    return !commandLine.includes(nameOf(cluster));
  } catch {
    return false;
  }
}

/** The server says in its file when it accepts connections. Null: it ended before. */
async function waitUntilReady(
  cluster: Cluster,
  isRunning: () => boolean,
  pid?: number,
): Promise<{ readonly pid: number; readonly port: number } | null> {
  for (let waitedMs = 0; waitedMs < readyWithinMs; waitedMs += pollMs) {
    const file = readServerFile(cluster);
    if (file?.isReady && (pid === undefined || file.pid === pid)) return file;
    if (!isRunning()) return null;
    await delay(pollMs);
  }
  throw new Error(`the embedded PostgreSQL in ${cluster.data} was not ready within ${readyWithinMs} ms`);
}

async function login(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new Error('the embedded PostgreSQL is running but lets us not in', { cause: error });
  } finally {
    await client.end();
  }
}

async function stop(cluster: Cluster, pid: number): Promise<void> {
  // Its last act is to remove its file. The process may stay visible for a while until its parent has taken note.
  const isRunning = (): boolean => isAlive(pid) && readServerFile(cluster)?.pid === pid;
  if (!isRunning()) return;
  // PostgreSQL's "fast shutdown"; SIGQUIT is the immediate one, which costs a recovery at the next start.
  process.kill(pid, 'SIGINT');
  for (let waitedMs = 0; isRunning(); waitedMs += pollMs) {
    if (waitedMs === stopWithinMs) process.kill(pid, 'SIGQUIT');
    await delay(pollMs);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no free port');
  return address.port;
}
