// The live board in a browser, for tests: what it shows, read as a person would read it.

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import { z } from 'zod';
import { chromiumArguments } from './chromium.ts';

export const patienceMs = 60_000;

export async function buildBoard(): Promise<void> {
  await build({
    configFile: fileURLToPath(new URL('../../src/server/board/vite.config.ts', import.meta.url)),
    logLevel: 'error',
  });
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: chromiumArguments });
}

export interface OpenedBoard {
  readonly page: Page;
  /** What the browser's console said is wrong. */
  readonly complaints: readonly string[];
  /** Addresses of other hosts that were asked for something. */
  readonly foreignRequests: readonly string[];
}

export async function openBoardPage(
  browser: Browser,
  url: string,
  { hash = '', ...context }: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<OpenedBoard> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...context });
  page.setDefaultTimeout(patienceMs);
  const complaints: string[] = [];
  const foreignRequests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.host !== new URL(url).host) foreignRequests.push(request.url());
  });
  await page.goto(`${url}/board/${hash}`);
  return { page, complaints, foreignRequests };
}

export async function expectConnection(page: Page, words: string | RegExp): Promise<void> {
  await page.getByRole('status', { name: 'Connection' }).getByText(words).waitFor();
}

/** Ids of the events in the open timeline, the oldest first. */
export async function timelineOf(page: Page): Promise<readonly string[]> {
  const shown = await page.evaluate(
    `[...document.querySelectorAll('.detail [data-event]')].map((item) => item.dataset.event)`,
  );
  return z.array(z.string()).parse(shown).reverse();
}

export async function expectTimeline(page: Page, expected: () => Promise<readonly string[]>): Promise<void> {
  await expect
    .poll(async () => (await timelineOf(page)).length, { timeout: patienceMs })
    .toBe((await expected()).length);
  expect(await timelineOf(page)).toEqual(await expected());
}

/** From now on every value that a progress bar of this name takes; read them with `read`. */
export async function recordProgress(page: Page, name: string): Promise<{ read(): Promise<readonly number[]> }> {
  const watch = `(() => {
    const values = (globalThis.recordedProgress = []);
    const look = () => {
      const bar = [...document.querySelectorAll('.overview progress')].find((bar) => bar.ariaLabel === ${JSON.stringify(name)});
      if (bar && bar.value !== values.at(-1)) values.push(bar.value);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    look();
  })()`;
  await page.evaluate(watch);
  return { read: async () => z.array(z.number()).parse(await page.evaluate('recordedProgress')) };
}
