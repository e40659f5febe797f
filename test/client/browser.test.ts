// The client in a browser, against a running gateway.

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../support/chromium.ts';
import { startGateway } from '../support/gateway.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { addPartner } from './support/customers.ts';

const executablePath = findChromium();
const title = executablePath
  ? 'the client in a browser'
  : 'the client in a browser (skipped: no Chromium here; install one or set CHROMIUM_PATH)';

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: fileURLToPath(new URL('../../src/client/live-client.ts', import.meta.url)),
        formats: ['iife'],
        name: 'gatewayClient',
      },
    },
  });
  const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : [];
  return outputs.flatMap(({ output }) => output).flatMap((item) => (item.type === 'chunk' ? [item.code] : []))[0] ?? '';
}

/** The versions of the customer that the page has seen; STATE for the first delivery. */
const follow = (url: string, token: string, customerId: string): string => `
  const seen = [];
  const live = gatewayClient.createLiveClient({
    url: ${JSON.stringify(url)}, token: () => ${JSON.stringify(token)},
    firstWaitMs: 20, longestWaitMs: 200, pingAfterMs: 100, pongTimeoutMs: 1_000,
  });
  (async () => {
    const document = \`subscription ($id: ID!, $after: EventCursor) {
      customerUpdated(customerId: $id, after: $after) { cursor event { customerVersion } }
    }\`;
    for await (const { kind, data } of live.follow({ document, variables: { id: ${JSON.stringify(customerId)} } })) {
      seen.push(data?.customerUpdated.event?.customerVersion ?? kind);
    }
    seen.push('END');
  })();`;

describe.skipIf(executablePath === null)(title, () => {
  it('goes on through cuts and silence, and ends when it is told to', async () => {
    const gateway = await startGateway();
    const partner = await addPartner(gateway);
    const customer = await partner.addCustomer();
    const proxy = await startTcpProxy(() => gateway.url);
    const browser = await chromium.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: await bundle() });
      await page.addScriptTag({ content: follow(`${proxy.url}/graphql`, await partner.token(), customer.id) });
      const seen = (): Promise<unknown> => page.evaluate('seen');
      const patience = { timeout: 20_000 };
      await expect.poll(seen, patience).toEqual(['STATE']);
      proxy.cut();
      await customer.happen(2);
      await expect.poll(seen, patience).toEqual(['STATE', 1, 2]);
      proxy.silence();
      await customer.happen(2);
      await expect.poll(seen, patience).toEqual(['STATE', 1, 2, 3, 4]);
      await page.evaluate('live.close()');
      await expect.poll(seen, patience).toEqual(['STATE', 1, 2, 3, 4, 'END']);
    } finally {
      await browser.close();
      await proxy.close();
      await gateway.close();
    }
  }, 120_000);
});
