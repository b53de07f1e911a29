// Reading, in a real Chromium: every page without faults by axe in every theme; nothing wider than a small
// phone; terms, citations, print; a chapter that reads whole without scripts and loads almost none before it is touched.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { chapters, pages } from './built-pages.ts';
import { chapter } from './chapter-page.ts';

/** The embedded lab, review and progress are looked at in their own states: parts.spec.ts, progress.spec.ts. */
const looked = pages.filter((path) => !/^\/(?:embed|review|progress)\//.test(path));
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Every theme of the header once: at a width, under a system's scheme. */
const looks = [
  { width: 1280, scheme: 'light', theme: '' },
  { width: 1280, scheme: 'light', theme: 'contrast' },
  { width: 390, scheme: 'dark', theme: '' },
  { width: 390, scheme: 'dark', theme: 'contrast' },
] as const;
type Look = (typeof looks)[number];

/** A chapter with all that chapters have, of a size that axe is soon through with. */
const wholeChapter = '/chapters/shared-hosting/';

/** Home and one chapter in all looks; of chapters and notes each in one, of other pages each in two, at both widths. */
function looksOf(path: string, index: number): readonly Look[] {
  if (path === '/' || path === wholeChapter) return looks;
  const isOneOfMany = /^\/(?:chapters|notes)\//.test(path);
  const chosen = isOneOfMany ? [index % 4] : index % 2 === 0 ? [0, 3] : [1, 2];
  return looks.filter((_, at) => chosen.includes(at));
}

async function faults(page: Page, { scheme, theme }: Look): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.locator('html').evaluate((html, to) => html.setAttribute('data-theme', to), theme);
  const axe = new AxeBuilder({ page });
  const { violations } = await (theme === 'contrast'
    ? axe.withRules(['color-contrast', 'color-contrast-enhanced'])
    : axe.withTags(tags)
  ).analyze();
  return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(', ')}`);
}

for (const [index, path] of looked.entries()) {
  const own = looksOf(path, index);
  const words = own.map(({ width, scheme, theme }) => `${scheme}${theme && ` ${theme}`} at ${width} px`);
  test(`${path} is accessible, ${words.join(', ')}, and fits from 320 to 1280 px`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(path);
    for (const look of own) {
      await page.setViewportSize({ width: look.width, height: 844 });
      expect(await faults(page, look), JSON.stringify(look)).toEqual([]);
    }
    // 640 is what is left of 1280 at 200%.
    for (const width of [1280, 640, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, `wider than ${width}`).toBeLessThanOrEqual(0);
    }
    expect(errors).toEqual([]);
  });
}

test('targets are 44 px at least on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of looked) {
    await page.goto(path);
    const small = await page
      .locator('button:visible, .button:visible, summary:visible, label.option:visible, nav a:visible')
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
  expect(await paper()).not.toBe(dark);
  const theme = page.getByRole('combobox', { name: 'Theme' });
  await theme.selectOption('Dark');
  expect(await paper()).toBe(dark);
  await page.goto('/contents/');
  expect(await paper()).toBe(dark);
  await theme.selectOption('High contrast');
  await page.reload();
  expect(await paper()).toBe('rgb(255, 255, 255)');
  await expect(theme).toHaveValue('contrast');
  await theme.selectOption('As the system');
  await page.emulateMedia({ colorScheme: 'dark', contrast: 'more' });
  await page.reload();
  expect(await paper()).toBe('rgb(0, 0, 0)');
});

test('on a phone the ways through the site are behind one button', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto('/glossary/');
  const contents = page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Contents' });
  await expect(contents).toBeHidden();
  await page.getByRole('button', { name: 'Menu' }).click();
  await expect(page.getByRole('combobox', { name: 'Theme' })).toBeInViewport({ ratio: 1 });
  await contents.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Contents');
});

test('on paper a chapter has its code whole and its addresses, and no controls', async ({ page }) => {
  await page.goto(chapter);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 640, height: 900 });
  await expect(
    page.locator('main').locator('button:not(.word), input, select, summary').filter({ visible: true }),
  ).toHaveCount(0);
  await expect(page.locator('.top, .foot, .turn, .on-page').filter({ visible: true })).toHaveCount(0);
  await expect(page.locator('.lab-recorded')).toBeVisible();
  const widths = await page
    .locator('.code')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().width));
  expect(Math.min(...widths)).toBeGreaterThan(560);
  const address = await page
    .locator('.sources a.out')
    .first()
    .evaluate((link) => getComputedStyle(link, '::after').content);
  expect(address).toContain('https://');
});

test('one comes from home to the first chapter, and from the contents to any', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: /^Start:/ }).click();
  await expect(page).toHaveURL(/\/chapters\/[^/]+\/$/);
  const first = new URL(page.url()).pathname;
  await page.getByRole('link', { name: 'Contents' }).first().click();
  await expect(page.locator('.chapters li')).toHaveCount(21);
  await expect(page.locator('.chapters a')).toHaveCount(chapters.length);
  await expect(page.locator('.chapters a').first()).toHaveAttribute('href', first);
  await page.locator('.chapters').getByRole('link', { name: 'Load balancing', exact: true }).click();
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
  // How heavy they are bytes.spec.ts says.
  expect(scripts.length).toBeLessThanOrEqual(4);
  expect(scripts.join()).not.toMatch(/mount|lab|editor|engine|worker/);
});

test('a term says what it means on focus and on tap, is sent away by Escape, and leads to the glossary and back', async ({
  page,
}) => {
  await page.goto(chapter);
  const term = page.locator('.term').first();
  const meaning = term.getByRole('note', { includeHidden: true });
  const word = term.getByRole('button');
  await expect(meaning).toBeHidden();
  await word.focus();
  await expect(meaning).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(meaning).toBeHidden();
  await word.click();
  await expect(meaning).toBeVisible();
  await meaning.getByRole('link', { name: 'Glossary' }).click();
  await expect(page).toHaveURL(/\/glossary\/#/);
  await page.locator('.entries > :has(> :target)').getByRole('link', { name: 'Load balancing' }).click();
  await expect(page).toHaveURL(new RegExp(`${chapter}$`));
});

test('a citation leads to its source, and the source back to it and to the references', async ({ page }) => {
  await page.goto(chapter);
  await page.locator('.cite').first().click();
  const source = page.locator('.sources li:target');
  await source.getByRole('link', { name: 'above, place 1' }).click();
  await expect(page.locator('.cite:target')).toBeInViewport();
  await page
    .locator('.sources')
    .getByRole('link', { name: /in the course/ })
    .first()
    .click();
  await page.locator('.entries > :target').getByRole('link', { name: '11 Load balancing' }).click();
  await expect(page.locator('.cite:target')).toBeInViewport();
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
      await expect(question.locator('details.no-js')).toHaveAttribute('open', '');
      await expect(question.getByRole('button')).toHaveCount(0);
    }
    await page.locator('.predict').getByText('What the run said').first().click();
    await expect(page.locator('.predict .cmp').first()).toBeVisible();
  });
});
