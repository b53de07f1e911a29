// Reading, in a real Chromium: every page without faults by axe at two widths, in light and dark; nothing wider than a
// phone; a chapter that reads whole without scripts and loads almost none before it is touched.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { chapter } from './chapter-page.ts';

const pages = ['/', '/contents/', '/licence/', '/404.html', '/engine/', chapter];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const path of pages) {
  for (const width of [1280, 390]) {
    test(`${path} at ${width} px is accessible in light and dark and fits`, async ({ page }) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.setViewportSize({ width, height: 844 });
      await page.goto(path);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
        expect(
          violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(', ')}`),
        ).toEqual([]);
      }
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(errors).toEqual([]);
    });
  }
}

test('targets are 44 px at least on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of pages) {
    await page.goto(path);
    const small = await page
      .locator('button:visible, .button:visible, summary:visible, label.option:visible, nav a')
      .evaluateAll((all) =>
        all
          .filter((each) => each.closest('.term') === null)
          .map((each) => ({ name: each.textContent?.trim(), box: each.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 44 || box.height < 44)
          .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`),
      );
    expect(small, path).toEqual([]);
  }
});

test('the theme follows the system, and stays as the reader sets it', async ({ page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/');
  const dark = await paper();
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await paper();
  expect(light).not.toBe(dark);
  const toggle = page.getByRole('button', { name: 'Dark' });
  await toggle.click();
  expect(await paper()).toBe(dark);
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await page.goto('/contents/');
  expect(await paper()).toBe(dark);
});

test('one comes from home to the first chapter, and from the contents', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: /^Start:/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Load balancing');
  await page.getByRole('link', { name: 'Contents' }).first().click();
  await expect(page.locator('.chapters li')).toHaveCount(21);
  await page.getByRole('link', { name: 'Load balancing' }).click();
  await expect(page).toHaveURL(new RegExp(`${chapter}$`));
});

test('a chapter loads next to nothing before it is touched', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (
      ['script', 'fetch', 'xhr', 'worker'].includes(request.resourceType()) ||
      request.url().endsWith('.json')
    )
      scripts.push(request.url());
  });
  await page.goto(chapter, { waitUntil: 'networkidle' });
  await page.mouse.wheel(0, 4000);
  expect(scripts.length).toBeLessThanOrEqual(2);
  expect(scripts.join()).not.toMatch(/mount|lab|editor|engine|worker/);
});

test('a term says what it means when it is focused', async ({ page }) => {
  await page.goto(chapter);
  const term = page.locator('.term').first();
  const meaning = term.getByRole('tooltip', { includeHidden: true });
  await expect(meaning).toBeHidden();
  await term.getByRole('button').focus();
  await expect(meaning).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the chapter reads whole: recorded run, tables, questions, answers with reasons', async ({ page }) => {
    await page.goto(chapter);
    const lab = page.locator('#lab');
    await expect(lab.locator('svg.strip').first()).toBeVisible();
    await expect(lab.getByRole('table', { name: /Machines/ })).toContainText('balancer');
    await expect(lab.getByRole('button')).toHaveCount(0);
    await page.getByText('The run, second by second').click();
    await expect(lab.getByRole('columnheader', { name: 'lost' })).toBeVisible();
    const questions = page.locator('.question');
    expect(await questions.count()).toBeGreaterThanOrEqual(5);
    for (const question of await questions.all()) {
      await question.getByText('Answers and why').click();
      await expect(question.locator('details')).toHaveAttribute('open', '');
      await expect(question.getByRole('button')).toHaveCount(0);
    }
    await page.getByText('What the run said').first().click();
    await expect(page.locator('.predict .cmp').first()).toBeVisible();
  });
});
