// Without a network, in a real Chromium: after one visit the chapter opens again and its lab runs; the whole course can
// be kept and taken off; a newer build is announced and never forced. Also what the home page runs.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { chapter } from './chapter-page.ts';
import { firstAnswer } from './lab-page.ts';

test.describe('offline', () => {
  test.use({ serviceWorkers: 'allow' });

  test('after a visit the chapter opens without a network, its lab runs, the search finds, and all can be taken off', async ({
    page,
    context,
  }) => {
    test.setTimeout(120_000);
    await page.goto(chapter);
    await page.keyboard.press('Shift');
    await expect
      .poll(() => page.evaluate(async () => (await (await caches.open('brownout-files')).keys()).length), {
        timeout: 60_000,
      })
      .toBeGreaterThan(40);
    await page.goto('/offline/');
    const status = page.getByRole('status');
    await expect(status).toHaveText(/^The whole course is on this device: \d+\.\d MB\.$/, {
      timeout: 60_000,
    });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((each) => each.id)).toEqual([]);

    await context.setOffline(true);
    await page.goto(chapter);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await firstAnswer(page);
    await page.goto('/search/?q=idempotent');
    await expect(page.getByRole('status')).toContainText(/page.* for “idempotent”/);
    await page.goto('/never/written/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Offline');

    await page.goto('/offline/');
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Take it off this device' }).click();
    await expect(status).toHaveText('Nothing of the course is kept on this device.');
    await expect(
      page.getByRole('button', { name: /^Keep the whole course on this device: \d/ }),
    ).toBeVisible();
    await page.goto('/contents/');
    await page.goto('/offline/');
    await expect(status, 'and what is read from now on is not kept').toHaveText(/^Nothing/);
  });

  test('a newer build is announced, and comes when the reader says so, also while the course is being kept', async ({
    page,
    context,
  }) => {
    // A network on which the last files never come: keeping the whole course does not end by itself.
    let held = 0;
    await context.route('**/search/', () => {
      held++;
    });
    await page.goto('/licence/');
    await page.keyboard.press('Shift');
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await expect.poll(() => held, { timeout: 60_000 }).toBeGreaterThan(0);
    // The same worker by another address is another worker to the browser, as one of another build would be.
    await page.evaluate(() => navigator.serviceWorker.register('/sw.js?newer'));
    const notice = page.locator('.newer');
    await expect(notice).toContainText('There is a newer version of the course.');
    await notice.getByRole('button', { name: 'Load it' }).click();
    await expect(notice).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Licence');
  });
});

test('the home page runs a data center in place of its picture, and loads nothing of it before', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/', { waitUntil: 'networkidle' });
  expect(asked.filter((path) => /\/labs\/|\/engine\/|mount|sw\.js/.test(path))).toEqual([]);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await firstAnswer(page);
  await expect(page.locator('.lab-recorded')).toBeHidden();
});
