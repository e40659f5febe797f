// The adapter over a scripted platform, with everything it logged at hand.

import { onTestFinished } from 'vitest';
import { PlatformFailure } from '../../../src/platform/failure.ts';
import type { PartnerPlatform, Platform } from '../../../src/platform/port.ts';
import { createWebexPlatform } from '../../../src/platform/webex/adapter.ts';
import type { WebexPlatformOptions } from '../../../src/platform/webex/adapter.ts';
import { fixedTokens } from '../../../src/platform/webex/tokens.ts';
import { startScriptedServer } from './scripted-server.ts';
import type { Script, ScriptedServer } from './scripted-server.ts';

export const token = 'secret-token-of-acme';

export interface AdapterUnderTest {
  readonly server: ScriptedServer;
  readonly platform: Platform;
  readonly acme: PartnerPlatform;
  /** Everything logged, as one text. */
  readonly logged: () => string;
  close(): Promise<void>;
}

export interface AdapterOptions extends Partial<Omit<WebexPlatformOptions, 'baseUrl' | 'sandboxOrigin' | 'log'>> {
  /** Default: the real Webex, no extras. */
  readonly isSandbox?: boolean;
}

export async function startAdapter(
  script: Script,
  { isSandbox = false, ...options }: AdapterOptions = {},
): Promise<AdapterUnderTest> {
  const server = await startScriptedServer(script);
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }));
  const platform = createWebexPlatform({
    baseUrl: `${server.origin}/v1`,
    sandboxOrigin: isSandbox ? server.origin : null,
    tokens: fixedTokens(async () => token),
    log: { debug: write, warn: write },
    ...options,
  });
  return {
    server,
    platform,
    acme: platform.forPartner({ slug: 'acme' }),
    logged: () => lines.join('\n'),
    close: async () => {
      await platform.close();
      await server.close();
    },
  };
}

/** As startAdapter, for one test: closed when the test ends. */
export async function adapter(script: Script, options: AdapterOptions = {}): Promise<AdapterUnderTest> {
  const started = await startAdapter(script, options);
  onTestFinished(() => started.close());
  return started;
}

/** The failure that this call ends with; a call that ends otherwise fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<PlatformFailure> {
  const ending: unknown = await call.then(
    (value) => new Error(`expected a PlatformFailure, got the answer ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (ending instanceof PlatformFailure) return ending;
  throw ending;
}
