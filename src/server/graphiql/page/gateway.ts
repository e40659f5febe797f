// The page's one connection to the gateway: its settings, the token in use, and the values answers have left.

import { createCell } from '../../pages/browser/cell.ts';
import type { Cell } from '../../pages/browser/cell.ts';
import { isRecord } from '../../pages/browser/is-record.ts';
import type { PageConfig } from '../../pages/browser/page-config.ts';
import { openTokenInUse } from '../../pages/browser/token-in-use.ts';
import type { TokenInUse } from '../../pages/browser/token-in-use.ts';
import { readToken } from '../../pages/browser/token.ts';
import type { Player } from './player.ts';
import type { KeptValues } from './script.ts';
import { titleOfGiver } from './tabs.ts';
import { createTransport } from './transport.ts';

export interface Gateway {
  readonly config: PageConfig;
  readonly tokens: TokenInUse;
  /** Whether the gateway refused the last request for want of a valid token. */
  readonly isRefused: Cell<boolean>;
  readonly player: Player;
  forgetValues(): void;
}

// Per browser tab, gone with it: ids are of no use to another partner.
const valuesKey = 'gateway:values';

export function openGateway(config: PageConfig): Gateway {
  const tokens = openTokenInUse(config);
  const { token } = tokens;
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

  let partner = partnerOf(token.read());
  token.subscribe(() => {
    const next = token.read();
    if (partnerOf(next) !== partner) kept.write({});
    partner = partnerOf(next);
    isRefused.write(next === null);
    transport.reconnect();
  });

  return {
    config,
    tokens,
    isRefused,
    player: {
      transport,
      kept,
      progress: createCell({}),
      onlyStep: createCell<string | null>(null),
      newStamp,
      titleOfGiver,
    },
    forgetValues: () => kept.write({}),
  };
}

function partnerOf(token: string | null): string | null {
  return token === null ? null : (readToken(token)?.partner ?? null);
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
