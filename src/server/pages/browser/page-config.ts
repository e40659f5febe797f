// The settings a page starts with, as the gateway gives them.

import { isRecord } from './is-record.ts';

export interface PageConfig {
  /** Filled in on the sandbox only. */
  readonly token: string | null;
  readonly platform: string;
  readonly graphqlUrl: string;
  readonly webSocketUrl: string;
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
