// The page's one connection to the gateway: its settings, the token in use, and the values answers have left.

import { createCell } from './cell.ts';
import type { Cell } from './cell.ts';
import type { Player } from './player.ts';
import { isRecord } from './script.ts';
import type { KeptValues } from './script.ts';
import { titleOfGiver } from './tabs.ts';
import { readToken } from './token.ts';
import { createTransport } from './transport.ts';

export interface PageConfig {
  /** Filled in on the sandbox only. */
  readonly token: string | null;
  readonly platform: string;
  readonly graphqlUrl: string;
  readonly webSocketUrl: string;
}

export interface Gateway {
  readonly config: PageConfig;
  readonly token: Cell<string | null>;
  /** Whether the gateway refused the last request for want of a valid token. */
  readonly isRefused: Cell<boolean>;
  readonly player: Player;
  useToken(token: string): void;
  /** Back to the token the gateway itself offers, a fresh one. */
  useOfferedToken(): Promise<void>;
  forgetValues(): void;
}

export async function loadConfig(): Promise<PageConfig> {
  const response = await fetch('config.json');
  const config: unknown = await response.json();
  if (!isRecord(config)) throw new Error('config.json is not an object');
  const { token, platform, graphqlUrl, webSocketUrl } = config;
  return {
    token: typeof token === 'string' ? token : null,
    platform: String(platform),
    graphqlUrl: String(graphqlUrl),
    webSocketUrl: String(webSocketUrl),
  };
}

// Per browser tab, gone with it: a token is a secret, and ids are of no use to another partner.
const tokenKey = 'gateway:token';
const valuesKey = 'gateway:values';

export function openGateway(config: PageConfig): Gateway {
  const token = createCell(savedToken() ?? config.token);
  const isRefused = createCell(token.read() === null);
  const kept = createCell<KeptValues>(savedValues());
  kept.subscribe(() => sessionStorage.setItem(valuesKey, JSON.stringify(kept.read())));
  const transport = createTransport({
    graphqlUrl: config.graphqlUrl,
    webSocketUrl: config.webSocketUrl,
    token: token.read,
    // Without a token some questions are answered all the same; the hint stays.
    onVerdict: (verdict) => isRefused.write(verdict === 'refused' || token.read() === null),
  });

  const changeToken = (next: string | null) => {
    if (partnerOf(next) !== partnerOf(token.read())) kept.write({});
    isRefused.write(next === null);
    token.write(next);
    transport.reconnect();
  };

  return {
    config,
    token,
    isRefused,
    player: {
      transport,
      kept,
      progress: createCell({}),
      onlyStep: createCell<string | null>(null),
      newStamp,
      titleOfGiver,
    },
    useToken(next) {
      sessionStorage.setItem(tokenKey, next);
      changeToken(next);
    },
    async useOfferedToken() {
      sessionStorage.removeItem(tokenKey);
      changeToken((await loadConfig()).token);
    },
    forgetValues: () => kept.write({}),
  };
}

function partnerOf(token: string | null): string | null {
  return token === null ? null : (readToken(token)?.partner ?? null);
}

function savedToken(): string | null {
  const saved = sessionStorage.getItem(tokenKey);
  const expiresAt = saved === null ? null : readToken(saved)?.expiresAt;
  return expiresAt && expiresAt < new Date() ? null : saved;
}

function savedValues(): KeptValues {
  const saved: unknown = JSON.parse(sessionStorage.getItem(valuesKey) ?? '{}');
  if (!isRecord(saved)) return {};
  return Object.fromEntries(Object.entries(saved).map(([name, value]) => [name, String(value)]));
}

/** Seven digits that also make a subscriber number in the North American plan: 2 to 9 first, no N11, not 0000 last. */
function newStamp(): string {
  const stamp = String(2_000_000 + Math.floor(Math.random() * 8_000_000));
  return /^.11|0000$/.test(stamp) ? newStamp() : stamp;
}
