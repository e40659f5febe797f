// One socket with its subscriptions, on raw ws: connects, subscribes, connects again after a cut and goes on behind its
// last cursor where the server knows cursors.

import { WebSocket } from 'ws';
import type { RawData } from 'ws';
import { eventNumber } from '../contract.ts';
import { machineMs } from '../statistics.ts';
import { subscriptionDocument } from './documents.ts';
import type { Ledger } from './ledger.ts';
import { readComplaints, readMessage, readUpdate, searchUpdate } from './messages.ts';
import type { Update } from './messages.ts';

export interface LineOptions {
  readonly url: string;
  readonly token: string;
  readonly ledgers: readonly Ledger[];
  readonly resumes: boolean;
  readonly reconnectMs: readonly [number, number];
  readonly onClose: (code: number, wasStalled: boolean) => void;
  readonly onComplaint: (text: string) => void;
}

export interface Line {
  readonly ledgers: readonly Ledger[];
  /** Resolves at the next connection_ack with the time from the first byte; may take several attempts. */
  acknowledged(): Promise<{ readonly tookMs: number; readonly atMs: number }>;
  /** There is a connection, or one is being made. */
  isThere(): boolean;
  /** The connection is gone without a goodbye; another attempt follows. */
  cut(): void;
  stopReading(): void;
  readOn(): void;
}

const longestWaitMs = 5_000;
const resubscribeMs = 500;

export function openLine(options: LineOptions): Line {
  const { url, token, ledgers, resumes, reconnectMs, onClose, onComplaint } = options;
  let socket: WebSocket | null = null;
  let failures = 0;
  let isStalled = false;
  let isAcknowledged = false;
  let waiting = Promise.withResolvers<{ readonly tookMs: number; readonly atMs: number }>();

  function connect(): void {
    const startedAt = machineMs();
    const current = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false, skipUTF8Validation: true });
    socket = current;
    const isCurrent = (): boolean => socket === current;
    current.on('open', () => {
      current.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    });
    current.on('message', (data) => {
      if (isCurrent()) handle(current, textOf(data), startedAt);
    });
    // Its close follows.
    current.on('error', () => undefined);
    current.on('close', (code) => {
      // After a cut of ours nobody is interested any more.
      if (!isCurrent()) return;
      onClose(code, isStalled);
      connectLater();
    });
  }

  function connectLater(): void {
    socket = null;
    isStalled = false;
    // Whoever waits for the first acknowledgement goes on waiting for it.
    if (isAcknowledged) waiting = Promise.withResolvers();
    isAcknowledged = false;
    const [least, most] = reconnectMs;
    const wait = Math.min(longestWaitMs, (least + Math.random() * (most - least)) * 2 ** failures++);
    setTimeout(connect, wait);
  }

  function subscribe(current: WebSocket, place: number): void {
    const ledger = ledgers[place];
    if (!ledger || socket !== current) return;
    const { kind, nodeId } = ledger.plan;
    const variables = { ...(nodeId === null ? {} : { id: nodeId }), ...(resumes ? { after: ledger.cursor } : {}) };
    const payload = { query: subscriptionDocument(kind, resumes), variables };
    current.send(JSON.stringify({ id: String(place), type: 'subscribe', payload }));
  }

  function handle(current: WebSocket, text: string, startedAt: number): void {
    const atMs = machineMs();
    const found = searchUpdate(text);
    if (found) {
      note(ledgers[Number(found.id)], found.update, atMs);
      return;
    }
    const message = readMessage(text);
    switch (message.type) {
      case 'connection_ack':
        failures = 0;
        isAcknowledged = true;
        for (const place of ledgers.keys()) subscribe(current, place);
        waiting.resolve({ tookMs: atMs - startedAt, atMs });
        return;
      case 'next':
        note(ledgers[Number(message.id)], readUpdate(message.payload), atMs);
        return;
      case 'error':
        for (const complaint of readComplaints(message.payload)) onComplaint(complaint);
        setTimeout(() => subscribe(current, Number(message.id)), resubscribeMs);
        return;
      case 'complete':
        onComplaint('a subscription was completed');
        setTimeout(() => subscribe(current, Number(message.id)), resubscribeMs);
        return;
      default:
        return;
    }
  }

  function note(ledger: Ledger | undefined, { cursor, eventMessage, complaints }: Update, atMs: number): void {
    if (!ledger) return;
    for (const complaint of complaints) onComplaint(complaint);
    if (cursor === null) return;
    ledger.cursor = cursor;
    ledger.isReady = true;
    const number = eventMessage === null ? undefined : eventNumber.exec(eventMessage)?.[1];
    if (number === undefined) return;
    ledger.numbers.push(Number(number));
    ledger.atMs.push(atMs);
  }

  connect();
  return {
    ledgers,
    acknowledged: () => waiting.promise,
    isThere: () => socket !== null,
    cut() {
      const current = socket;
      if (!current) return;
      connectLater();
      current.terminate();
    },
    stopReading() {
      isStalled = true;
      socket?.pause();
    },
    readOn: () => socket?.resume(),
  };
}

function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString();
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)).toString();
}
