// One connection that listens to a NOTIFY channel for as long as the process lives. A notification is a nudge and may get
// lost: whoever is nudged, or told that the connection is there again, reads from the tables what is new since its cursor.

import pg from 'pg';

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  readonly onNotification: (payload: string) => void;
  /** After every (re)connect, when listening has begun: what was notified before may have been missed. */
  readonly onReady: () => void;
}

export interface Listener {
  /** False while nudges get lost. */
  isListening(): boolean;
  close(): Promise<void>;
}

const firstBackoffMs = 50;
const longestBackoffMs = 2_000;
const checkEveryMs = 10_000;
const answerWithinMs = 5_000;

/** Resolves when it listens for the first time, rejects if it cannot; afterwards it reconnects by itself, for ever. */
export async function listen({ url, channel, onNotification, onReady }: ListenOptions): Promise<Listener> {
  let current: pg.Client | null = null;
  let isClosed = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'gateway-listener',
      keepAlive: true,
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    });
    client.on('error', () => lose(client));
    client.on('end', () => lose(client));
    client.on('notification', ({ payload }) => onNotification(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      discard(client);
      throw error;
    }
    if (isClosed) {
      discard(client);
      return;
    }
    current = client;
    failures = 0;
    onReady();
  }

  function lose(client: pg.Client): void {
    if (client !== current) return;
    current = null;
    discard(client);
    reconnectLater();
  }

  function reconnectLater(): void {
    if (isClosed) return;
    const backoffMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** failures++) * (0.5 + Math.random() / 2);
    retry = setTimeout(() => void connect().catch(reconnectLater), backoffMs);
  }

  // A peer that vanished without closing the connection is noticed only by asking it something.
  const check = setInterval(() => {
    const asked = current;
    asked?.query('SELECT 1').catch(() => lose(asked));
  }, checkEveryMs);
  check.unref();

  try {
    await connect();
  } catch (error) {
    clearInterval(check);
    throw error;
  }
  return {
    isListening: () => current !== null,
    async close() {
      isClosed = true;
      clearInterval(check);
      clearTimeout(retry);
      const last = current;
      current = null;
      await last?.end();
    },
  };
}

/** Not waited for: a peer that has vanished does not say goodbye. */
function discard(client: pg.Client): void {
  client.end().catch(() => undefined);
}
