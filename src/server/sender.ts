// Sends to one socket, and notices a peer that does not take what it is sent.

import type { WebSocket } from 'ws';

export interface Sender {
  /** Resolves when the system has taken the text: that is how a slow peer slows its own subscriptions, and nobody else's. */
  send(text: string): Promise<void>;
  /** For how long the peer has taken nothing although something waits for it; 0 when nothing waits. */
  stalledMs(now: number): number;
  /** What waits for the peer in our memory. */
  pendingBytes(): number;
}

export function createSender(socket: WebSocket): Sender {
  let pending = 0;
  let lastProgressAt = 0;

  return {
    send(text) {
      if (pending++ === 0) lastProgressAt = performance.now();
      return new Promise((resolve, reject) => {
        socket.send(text, (error) => {
          pending--;
          lastProgressAt = performance.now();
          // A peer that has gone is no failure: its session ends by itself.
          if (error && socket.readyState === socket.OPEN) reject(error);
          else resolve();
        });
      });
    },
    stalledMs: (now) => (pending === 0 ? 0 : now - lastProgressAt),
    pendingBytes: () => socket.bufferedAmount,
  };
}
