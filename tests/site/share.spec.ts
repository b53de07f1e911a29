// A run as a link: made by one reader, opened by another in a fresh profile, who sees what it would run, runs it by a
// click and gets the same run to the byte. Bad links are explained, and packets can be saved as a capture.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { linkOf, type SharedRun } from '../../src/islands/share/link.ts';
import {
  chapter,
  editor,
  machineRow,
  openCode,
  original,
  pause,
  replaceText,
  startRun,
  untilSecond,
  virtualSeconds,
} from './lab-page.ts';

const hash = (page: Page) => page.locator('[data-hash]');
const notice = (page: Page) => page.getByRole('status', { name: "The link's run" });
const turn = 'apps[turn++ % apps.length]';

test('a shared outage is the same run in a fresh profile, and runs only when asked', async ({
  page,
  browser,
}) => {
  test.slow();
  await startRun(page, chapter);
  await openCode(page);
  const text = await original(page, 'load-balancer/pick.ts');
  await replaceText(page, text.replace(turn, 'apps[0]'));
  await page.getByRole('button', { name: 'Run with my version' }).click();
  await untilSecond(page, 2);
  await machineRow(page, 'app1').getByRole('button', { name: 'Kill' }).click();
  await expect(machineRow(page, 'app1')).toContainText('killed');
  await untilSecond(page, (await virtualSeconds(page)) + 1);
  await pause(page);
  const seen = { hash: await hash(page).textContent(), at: await virtualSeconds(page) };
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Make and copy the link' }).click();
  const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  expect((await new AxeBuilder({ page }).include('#lab').analyze()).violations).toEqual([]);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Record and save' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('load-balancer-seed-4711.pcapng');
  const bytes = readFileSync(await file.path());
  expect(bytes.readUInt32LE(0), 'begins as pcapng does').toBe(0x0a0d0d0a);
  expect(bytes.length).toBeGreaterThan(50_000);

  const zip = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the zip' }).click();
  expect((await zip).suggestedFilename()).toBe('brownout-load-balancer.zip');
  const taken = readFileSync(await (await zip).path());
  expect(taken.readUInt32LE(0), 'begins as a zip does').toBe(0x04034b50);
  await expect(page.getByText('load-balancer/pick.ts as you have it')).toBeVisible();

  const fresh = await browser.newContext();
  const other = await fresh.newPage();
  const asked: string[] = [];
  other.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await other.goto(link);
  await expect(notice(other)).toContainText('Nothing of it has been run yet');
  await expect(notice(other)).toContainText('Kill app1');
  await expect(notice(other)).toContainText('load-balancer/pick.ts');
  await other.waitForLoadState('networkidle');
  expect(asked.filter((path) => path.includes('/engine/'))).toEqual([]);
  expect((await new AxeBuilder({ page: other }).include('#lab').analyze()).violations).toEqual([]);

  await notice(other).getByRole('button', { name: 'Run it to that moment' }).click();
  await expect(other.locator('[data-status]')).toHaveText('paused', { timeout: 30_000 });
  expect(await virtualSeconds(other)).toBe(seen.at);
  await expect(hash(other)).toHaveText(seen.hash ?? '');
  await notice(other).getByRole('button', { name: 'Look at its code' }).click();
  await expect(editor(other)).toContainText('=> apps[0]');
  await notice(other).getByRole('button', { name: 'Take it over as my version' }).click();
  await expect(notice(other)).toHaveCount(0);
  await expect(other.getByRole('tab', { name: /pick\.ts changed/ })).toBeVisible();
  expect(new URL(other.url()).hash).toBe('');
  await fresh.close();
});

test('a link that cannot be read is explained, and the lab works', async ({ page }) => {
  const hostile: SharedRun = {
    sandbox: 'load-balancer',
    seed: 1,
    files: { 'load-balancer/<img src=x onerror=alert(1)>.ts': '' },
    actions: [],
    atNs: 0,
  };
  for (const [fragment, says] of [
    ['#run=9.AAAA', 'version 9'],
    ['#run=1.AAAA', 'cut short'],
    [`#run=1.${'x'.repeat(1_000_000)}`, '1,000,007'],
    [await linkOf(hostile), '<img src=x onerror=alert(1)>'],
    [
      await linkOf({ ...hostile, files: {}, actions: [{ atNs: 0, do: 'kill', machine: 'nobody' }] }),
      "'nobody'",
    ],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(chapter + fragment);
    await expect(notice(page)).toContainText(says);
    await expect(notice(page)).toContainText('Nothing of it was run');
  }
  await notice(page).getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await untilSecond(page, 1);
});

test('the embed code puts the lab into a page of another site, where a link runs, in its colors', async ({
  page,
}) => {
  const run: SharedRun = { sandbox: 'load-balancer', seed: 5, files: {}, actions: [], atNs: 1e9 };
  const asked = `/embed/load-balancer/?theme=dark${await linkOf(run)}`;
  const other = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<iframe title="lab" src="http://localhost:4322${asked}" width="900" height="900"></iframe>`,
    );
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  const lab = page.frameLocator('iframe[title="lab"]');
  await expect(lab.locator('html')).toHaveAttribute('data-theme', 'dark');
  await lab.getByRole('button', { name: 'Run it to that moment' }).click();
  await expect(lab.locator('[data-time]')).toHaveText(/^1\.00/, { timeout: 30_000 });
  await expect(lab.getByRole('link', { name: 'Load balancing' })).toHaveAttribute('target', '_blank');
  await lab.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(lab.getByRole('textbox', { name: 'The embed code' })).toHaveValue(
    /^<iframe src="http:\/\/localhost:4322\/embed\/load-balancer\/" title="/,
  );
  other.close();
  await page.goto('/embed/load-balancer/');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
