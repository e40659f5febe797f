// One connection that listens to a NOTIFY channel, for as long as the process lives. A notification is a nudge: whoever is
// nudged reads what is new from the tables. After every (re)connect onReady says that nudges may have been missed.

import pg from 'pg';

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  readonly onNotification: (payload: string) => void;
  readonly onReady: () => void;
}

export interface Listener {
  /** False while nudges may get lost. */
  isListening(): boolean;
  close(): Promise<void>;
}

const longestBackoffMs = 2_000;
const checkEveryMs = 10_000;

/** Resolves when it listens for the first time; afterwards it reconnects by itself. */
export async function listen({ url, channel, onNotification, onReady }: ListenOptions): Promise<Listener> {
  let client: pg.Client | null = null;
  let isClosed = false;
  let retry: NodeJS.Timeout | null = null;
  let failures = 0;

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'gateway-listener' });
    fresh.on('error', () => lose(fresh));
    fresh.on('end', () => lose(fresh));
    fresh.on('notification', ({ payload }) => onNotification(payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`);
    } catch (error) {
      await fresh.end().catch(() => undefined);
      throw error;
    }
    if (isClosed) return fresh.end();
    client = fresh;
    failures = 0;
    onReady();
  }

  function lose(lost: pg.Client): void {
    if (lost !== client) return;
    client = null;
    lost.end().catch(() => undefined);
    reconnectLater();
  }

  function reconnectLater(): void {
    if (isClosed || retry) return;
    const backoffMs = Math.min(longestBackoffMs, 50 * 2 ** failures++) * (0.5 + Math.random() / 2);
    retry = setTimeout(() => {
      retry = null;
      connect().catch(reconnectLater);
    }, backoffMs);
  }

  // A connection that died without a word is noticed by asking it something.
  const check = setInterval(() => {
    const asked = client;
    if (!asked) return;
    const timeout = setTimeout(() => lose(asked), checkEveryMs / 2);
    asked.query('SELECT 1').then(
      () => clearTimeout(timeout),
      () => {
        clearTimeout(timeout);
        lose(asked);
      },
    );
  }, checkEveryMs);
  check.unref();

  await connect();
  return {
    isListening: () => client !== null,
    async close() {
      isClosed = true;
      clearInterval(check);
      if (retry) clearTimeout(retry);
      const last = client;
      client = null;
      await last?.end();
    },
  };
}
