// The GraphiQL page as a person meets it: in a browser, against a running gateway, pressing nothing but Play.

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chromiumArguments, findChromium } from '../support/chromium.ts';
import { startGateway } from '../support/gateway.ts';

const executablePath = findChromium();
const title = executablePath
  ? 'the GraphiQL page'
  : 'the GraphiQL page (skipped: no Chromium here; install one or set CHROMIUM_PATH)';

const patienceMs = 60_000;
const titles = ['First look', 'Template wizard', 'Customer wizard', 'Set-up wizard', 'Live status'];

describe.skipIf(executablePath === null)(title, () => {
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let browser: Browser;

  beforeAll(async () => {
    await build({
      configFile: fileURLToPath(new URL('../../src/server/graphiql/vite.config.ts', import.meta.url)),
      logLevel: 'error',
    });
    gateway = await startGateway();
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: chromiumArguments });
  }, patienceMs);

  afterAll(async () => {
    await browser.close();
    await gateway.close();
  });

  test('playing the tabs in order provisions a customer, without a request to any other host', async () => {
    const { page, complaints, foreignRequests } = await openPage();
    for (const tab of titles) await page.getByRole('button', { name: tab, exact: true }).waitFor();

    await pressPlay(page, 'First look');
    await expect.poll(() => answerOf(page), { timeout: patienceMs }).toMatchObject({ data: { platform: {} } });

    await pressPlay(page, 'Template wizard');
    const template = await lastEntry(page, '8 of 8 OpenTemplate', { data: {} });
    expect(template).toMatchObject({ data: { template: { status: 'ACTIVE', provisioningId: expect.any(String) } } });

    await pressPlay(page, 'Customer wizard');
    const created = await lastEntry(page, '6 of 6 SubmitCustomerDraft', { data: {} });
    expect(created).toMatchObject({ data: { submitCustomerDraft: { userErrors: [] } } });

    await pressPlay(page, 'Set-up wizard');
    const submitted = await lastEntry(page, '6 of 6 SubmitSetupDraft', { data: {} });
    expect(submitted).toMatchObject({ data: { submitSetupDraft: { userErrors: [] } } });

    await pressPlay(page, 'Live status');
    const live = z
      .object({ updates: z.array(z.object({ customerUpdated: z.object({ customer: z.unknown() }) })) })
      .parse(await lastEntry(page, '2 of 2 CustomerStatus', { updates: expect.arrayContaining([expect.anything()]) }));
    expect(live.updates[0]?.customerUpdated.customer).toMatchObject({
      status: 'PROVISIONED',
      users: { nodes: expect.arrayContaining([expect.objectContaining({ status: 'PROVISIONED' })]) },
    });
    await page.getByRole('button', { name: /^Stop query/ }).click();
    await page.getByRole('button', { name: /^Execute query/ }).waitFor();

    expect(complaints).toEqual([]);
    expect(foreignRequests).toEqual([]);
  }, 180_000);

  test(
    'a step whose value no answer has left yet is not sent, and the answer says which tab to play',
    async () => {
      const { page } = await openPage();
      await pressPlay(page, 'Set-up wizard');
      await expect
        .poll(() => answerOf(page), { timeout: patienceMs })
        .toMatchObject({ stopped: expect.stringContaining('press Play in the tab “Customer wizard” first') });
    },
    patienceMs,
  );

  test(
    'a token that is not accepted is answered with how to get one',
    async () => {
      const { page } = await openPage();
      const claims = Buffer.from(JSON.stringify({ partner: 'acme', roles: ['FULL_ADMIN'], exp: 1 })).toString(
        'base64url',
      );
      await page.getByLabel('Another token').fill(`e30.${claims}.c2lnbmF0dXJl`);
      await page.getByRole('button', { name: 'Use', exact: true }).click();
      await page.getByRole('alert').getByText('npm run token -- --partner acme --role FULL_ADMIN').waitFor();
      await page.getByLabel('Token in use').getByText('expired').waitFor();
    },
    patienceMs,
  );

  async function openPage() {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const complaints: string[] = [];
    const foreignRequests: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.host !== new URL(gateway.url).host)
        foreignRequests.push(request.url());
    });
    await page.goto(gateway.url);
    await page.getByLabel('Token in use').getByText('acme').waitFor();
    await page.getByRole('button', { name: /^Execute query/ }).waitFor();
    return { page, complaints, foreignRequests };
  }
});

async function pressPlay(page: Page, tab: string) {
  await page.getByRole('button', { name: tab, exact: true }).click();
  await page.getByRole('button', { name: /^Execute query/ }).click();
}

const answers = z.record(z.string(), z.unknown());

/** What stands in the answer pane; GraphiQL keeps its editors' models where this finds them. */
async function answerOf(page: Page) {
  const text = await page.evaluate(
    `__MONACO.editor.getModels().find(({ uri }) => uri.path.endsWith('response.json')).getValue()`,
  );
  return answers.parse(JSON.parse(z.string().parse(text) || '{}'));
}

/** The answer to the last operation of a tab, as soon as it looks as expected; fails at once where the tab has stopped. */
async function lastEntry(page: Page, label: string, expected: object) {
  await expect
    .poll(() => answerOf(page), { timeout: patienceMs })
    .toSatisfy((answer) => 'stopped' in answers.parse(answer) || label in answers.parse(answer));
  await expect.poll(() => answerOf(page), { timeout: patienceMs }).toMatchObject({ [label]: expected });
  return (await answerOf(page))[label];
}
