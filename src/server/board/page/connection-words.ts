// How the connection is, in words for whoever looks at the board.

import type { LiveState } from '../../../client/live-client.ts';
import type { Problem } from './ask.ts';
import type { Tone } from './words.ts';

export interface ConnectionWords {
  readonly words: string;
  readonly tone: Tone;
  /** Seconds until the next attempt; null while none is waited for. */
  readonly nextAttemptInS: number | null;
}

export function describeConnection(
  live: LiveState | null,
  needsToken: boolean,
  problem: Problem | null,
  now: Date,
): ConnectionWords {
  const saying = (tone: Tone, words: string, nextAttemptAt: number | null = null): ConnectionWords => ({
    words,
    tone,
    nextAttemptInS: nextAttemptAt === null ? null : Math.max(0, Math.ceil((nextAttemptAt - now.getTime()) / 1_000)),
  });
  if (needsToken) return saying('bad', 'Waiting for a token');
  if (problem?.kind === 'REFUSED') return saying('bad', 'Stopped');
  if (problem) return saying('waiting', 'Reconnecting…');
  if (live === null) return saying('calm', 'Connecting…');
  switch (live.status) {
    case 'WAITING_FOR_TOKEN':
    case 'IDLE':
    case 'CONNECTING':
      return saying('calm', 'Connecting…', live.nextAttemptAt);
    case 'RESUMING':
      return saying('waiting', 'Reconnecting…', live.nextAttemptAt);
    case 'LIVE':
      return saying(live.missed === 0 ? 'good' : 'mixed', liveWords(live));
    case 'CLOSED':
      return saying('off', 'Closed');
  }
}

function liveWords({ resumes, missed, resets }: LiveState): string {
  const anew = resets === 0 ? '' : ', read anew once the log had moved on';
  if (resumes === 0) return `Live${anew}`;
  const times = resumes === 1 ? '' : ` ${resumes} times`;
  return `Live · resumed${times}, ${missed} missed${anew}`;
}
