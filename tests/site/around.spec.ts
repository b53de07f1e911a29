// The site around the chapters, in a real Chromium: search, a wrong address, and the headers that every answer has.
// Policies are tried by using what they must let through: a search here, labs in lab.spec.ts.
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { headersFor, readHeadersFile } from '../../src/build/headers.ts';
import { chapter } from './chapter-page.ts';

test('/ opens the search, which finds a section of the chapter and loads its index only when asked', async ({
  page,
}) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(chapter);
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/search\/$/);
  const field = page.getByRole('searchbox', { name: 'Search the course' });
  await expect(field).toBeFocused();
  expect(loaded.filter((path) => path.startsWith('/pagefind/'))).toEqual([]);
  await field.fill('rotation');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText(/^\d pages for “rotation”\.$/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
  await expect(page).toHaveURL(/\?q=rotation$/);
  await page.getByRole('link', { name: 'Who may be chosen at all?' }).click();
  await expect(page).toHaveURL(new RegExp(`${chapter}#who-may-be-chosen-at-all$`));
  await page.goBack();
  await page.getByRole('checkbox', { name: /brings you here/ }).uncheck();
  await page.goto('/glossary/');
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/glossary\/$/);
  expect(problems).toEqual([]);
});

test('a search from a wrong address is answered, words are never markup, and nothing found is said', async ({
  page,
}) => {
  const answer = await page.goto('/chapters/never-written/');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('main').getByRole('link', { name: 'All contents' })).toBeVisible();
  await page.getByRole('searchbox').fill('zzyzxq<b>');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('status')).toContainText('Nothing found for “zzyzxq<b>”');
  await expect(page.getByRole('main').locator('[role=status] b')).toHaveCount(0);
});

test('the server sends what dist/_headers says, and labs and pages are isolated', async ({
  page,
  request,
}) => {
  const rules = readHeadersFile(readFileSync('dist/_headers', 'utf8'));
  expect(rules.length).toBeGreaterThan(8);
  for (const path of ['/', chapter, '/search/', '/404.html', '/labs/load-balancer.json', '/favicon.svg']) {
    const sent = (await request.get(path)).headers();
    expect(sent, path).toMatchObject(headersFor(rules, path));
  }
  await page.goto(chapter);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.wasRun = true';
    document.body.append(script);
    return 'wasRun' in globalThis;
  });
  expect(ran, 'an inline script that the build did not know').toBe(false);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the search says what it needs and where to go instead', async ({ page }) => {
    await page.goto('/search/');
    await expect(page.getByRole('searchbox')).toHaveCount(0);
    await page.getByText('Searching needs JavaScript').getByRole('link', { name: 'contents' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Contents');
  });
});
