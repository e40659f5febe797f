// The live board as a partner looks at it: in a browser, while customers come up, also over a bad line.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import {
  buildBoard,
  expectConnection,
  expectTimeline,
  launchChromium,
  openBoardPage,
  patienceMs,
  recordProgress,
  timelineOf,
} from '../support/board.ts';
import { findChromium } from '../support/chromium.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { judgeLegibility } from '../support/legibility.ts';
import { createCustomer, createTemplate, setUpCustomer, someUsers, untilEnded } from '../support/story.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const executablePath = findChromium();
const title = executablePath
  ? 'the live board'
  : 'the live board (skipped: no Chromium here; install one or set CHROMIUM_PATH)';

describe.skipIf(executablePath === null)(title, () => {
  let gateway: Gateway;
  let browser: Browser;
  let api: ApiClient;
  let templateId: string;
  /** An operation that ended with errors. */
  let troubled: Promise<{ readonly operation: { readonly id: string } }>;

  beforeAll(async () => {
    await buildBoard();
    gateway = await startGateway({ stageMs: 300 });
    browser = await launchChromium(executablePath ?? '');
    api = await gateway.client();
    templateId = (await createTemplate(api)).id;
    const companyName = 'Denied Party Trading';
    troubled = createCustomer(api, { templateId, companyName }).then(async (created) => {
      await untilEnded(api, created.operation.id);
      return created;
    });
  }, patienceMs);

  afterAll(async () => {
    await browser.close();
    await gateway.close();
  });

  test(
    'shows a set-up from its first percent to its last, and then its whole timeline in order',
    async () => {
      const { page, complaints, foreignRequests } = await openBoardPage(browser, gateway.url);
      await expectConnection(page, 'Live');
      const { customer, operation: creation } = await createCustomer(api, { templateId, companyName: 'Blue Harbour' });
      await page.getByRole('heading', { name: 'Blue Harbour' }).first().waitFor();
      await untilEnded(api, creation.id);
      const progress = await recordProgress(page, 'Set up customer, Blue Harbour');
      const operation = await setUpCustomer(api, customer.id, [], someUsers(90, 'blue.example', ['Headquarters'], 1));
      await untilEnded(api, operation.id);

      const ended = page.getByRole('region', { name: /^Ended/ });
      const item = ended.getByRole('listitem').filter({ hasText: 'Set up customer' });
      await item.getByText('Succeeded').waitFor();
      const values = await progress.read();
      expect(values.length).toBeGreaterThan(5);
      expect(values).toEqual(values.toSorted((a, b) => a - b));

      await item.getByRole('link', { name: 'Set up customer' }).click();
      await page.getByText('90 of 90 provisioned').waitFor();
      expect(await page.getByRole('progressbar', { name: 'Users', exact: true }).getAttribute('value')).toBe('90');
      await expectTimeline(page, async () => (await logged({ operationIds: [operation.id] })).slice(-100));

      await page.getByRole('region', { name: 'Details' }).getByRole('link', { name: 'Blue Harbour' }).first().click();
      await page.getByRole('button', { name: /^Show older events/ }).click();
      await expectTimeline(page, () => logged({ customerIds: [customer.id] }));
      expect(complaints).toEqual([]);
      expect(foreignRequests).toEqual([]);
    },
    3 * patienceMs,
  );

  test(
    'goes on where it was each time the line is cut, and shows every event once',
    async () => {
      const proxy = await startTcpProxy(() => gateway.url);
      try {
        const { customer, operation: creation } = await createCustomer(api, { templateId, companyName: 'Bad Line' });
        const { page } = await openBoardPage(browser, proxy.url, { hash: `#/customers/${customer.id}` });
        await expectConnection(page, 'Live');
        await untilEnded(api, creation.id);
        for (const [round, words] of ['resumed, 0', 'resumed 2 times, 0', 'resumed 3 times, 0'].entries()) {
          const shown = (await timelineOf(page)).length;
          const users = someUsers(10, `bad-${round}.example`, ['Headquarters'], round + 2).map((user, index) => ({
            ...user,
            extension: String(4000 + 100 * round + index),
          }));
          const operation = await setUpCustomer(api, customer.id, [], users);
          await expect
            .poll(async () => (await timelineOf(page)).length, { timeout: patienceMs })
            .toBeGreaterThan(shown);
          proxy.refuse(true);
          proxy.cut();
          await expectConnection(page, 'Reconnecting…');
          await untilEnded(api, operation.id);
          proxy.refuse(false);
          await expectConnection(page, `${words} missed`);
        }
        await expectTimeline(page, () => logged({ customerIds: [customer.id] }));
        await expectConnection(page, 'Live · resumed 3 times, 0 missed');
      } finally {
        await proxy.close();
      }
    },
    3 * patienceMs,
  );

  test(
    'a partner without operations is told how to get the first, and sees it come',
    async () => {
      const { page, complaints } = await openBoardPage(browser, gateway.url);
      await useToken(page, await gateway.token('nordic'));
      await page.getByRole('heading', { name: 'Nothing has been provisioned yet' }).waitFor();
      await page.getByText('npm run demo').waitFor();
      const nordic = await gateway.client('nordic');
      const template = await createTemplate(nordic);
      await createCustomer(nordic, { templateId: template.id, companyName: 'Fjord Foods' });
      await page.getByRole('heading', { name: 'Fjord Foods' }).waitFor();
      expect(await page.getByRole('heading', { name: 'Blue Harbour' }).count()).toBe(0);
      expect(complaints).toEqual([]);
    },
    patienceMs,
  );

  test(
    'asks for a token when the one in use expires while somebody looks, and goes on with the next',
    async () => {
      const { page } = await openBoardPage(browser, gateway.url);
      await useToken(page, await gateway.token('acme', 'READ_ONLY_ADMIN', 10));
      await expectConnection(page, 'Live');
      await expectConnection(page, 'Waiting for a token');
      await page.getByRole('alert').getByText('npm run token -- --partner acme --role FULL_ADMIN').waitFor();
      await useToken(page, await gateway.token());
      await expectConnection(page, 'Live');
    },
    patienceMs,
  );

  test(
    'asks for another token when the gateway does not take the one it was given',
    async () => {
      const { page } = await openBoardPage(browser, gateway.url);
      await expectConnection(page, 'Live');
      const [header, payload] = (await gateway.token()).split('.');
      await useToken(page, `${String(header)}.${String(payload)}.c2lnbmF0dXJl`);
      await expectConnection(page, 'Waiting for a token');
      await page.getByRole('button', { name: 'Back to the sandbox’s' }).click();
      await expectConnection(page, 'Live');
    },
    patienceMs,
  );

  test(
    'finds customers by name, and opens what a link says',
    async () => {
      const { customer, operation } = await createCustomer(api, { templateId, companyName: 'Quiet Quay' });
      const { page } = await openBoardPage(browser, gateway.url, { hash: `#/operations/${operation.id}` });
      await page.getByRole('heading', { name: 'Create customer' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { name: 'Happening now' }).waitFor();
      await page.getByRole('searchbox', { name: 'Find a customer' }).fill('quiet qu');
      const found = page.getByRole('region', { name: 'Customers' });
      await found.getByRole('link', { name: 'Quiet Quay' }).press('Enter');
      await page.getByRole('heading', { name: 'Quiet Quay', level: 2 }).waitFor();
      expect(decodeURIComponent(page.url())).toBe(`${gateway.url}/board/#/customers/${customer.id}`);
    },
    patienceMs,
  );

  test.each([
    ['phone', 390, 'light'],
    ['phone', 390, 'dark'],
    ['tablet', 820, 'light'],
    ['tablet', 820, 'dark'],
    ['desktop', 1280, 'light'],
    ['desktop', 1280, 'dark'],
  ] as const)(
    'can be read on a %s of %i pixels in %s colours, with errors and all',
    async (_device, width, colorScheme) => {
      const { operation } = await troubled;
      const viewport = { width, height: 900 };
      const look = { viewport, colorScheme, hash: `#/operations/${operation.id}` };
      const { page } = await openBoardPage(browser, gateway.url, look);
      await page.getByRole('heading', { name: 'Timeline' }).waitFor();
      await page.getByRole('list', { name: 'Errors' }).first().waitFor();
      expect(await judgeLegibility(page)).toEqual({ faint: [], overflowPx: 0 });
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { name: /^Ended/ }).waitFor();
      expect(await judgeLegibility(page)).toEqual({ faint: [], overflowPx: 0 });
    },
    patienceMs,
  );

  /** Ids of what the log holds, in its order. */
  async function logged(filter: documents.EventFilter): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const { events }: documents.EventPageQuery = await api.run(documents.EventPageDocument, {
        first: 100,
        after,
        filter,
      });
      ids.push(...events.nodes.map(({ id }) => id));
      if (!events.pageInfo.hasNextPage) return ids;
      after = events.pageInfo.endCursor;
    }
  }
});

async function useToken(page: Page, token: string): Promise<void> {
  const other = page.getByText('Other token', { exact: true });
  const box = page.getByLabel('Another token');
  await other.or(box).first().waitFor();
  if (!(await box.isVisible())) await other.click();
  await box.fill(token);
  await page.getByRole('button', { name: 'Use', exact: true }).click();
}
