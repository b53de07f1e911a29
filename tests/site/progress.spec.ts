// Progress in a real Chromium with its real IndexedDB: answered, reloaded, reviewed when due, saved, deleted and taken
// in; what version 1 had stored; a record that cannot be read; two tabs; and storage that is forbidden.
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { version1 } from '../islands/progress-fixtures.ts';
import { chapter, isChoice, questionOf, quizOf } from './chapter-page.ts';

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
}

async function answerFirst(page: Page, right: boolean): Promise<void> {
  const { question, form } = questionOf(page, await quizOf(page), 'one');
  if (!isChoice(question)) return;
  await form
    .getByRole('radio')
    .nth(question.options.findIndex((option) => option.right === right))
    .check();
  await form.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(form.getByRole('status')).toContainText(right ? 'Right' : 'Not yet');
}

async function reviewWhenDue(page: Page): Promise<void> {
  await page.goto('/review/');
  await expect(page.getByRole('heading', { name: 'Nothing is due' })).toBeVisible();
  await isAccessible(page);
  await page.clock.setFixedTime(new Date('2026-03-05T10:00:00'));
  await page.reload();
  await expect(page.getByRole('heading', { name: '1 of 1 due' })).toBeVisible();
  await isAccessible(page);
  const { question } = questionOf(
    page,
    (await (await page.request.get('/review/load-balancing.json')).json()) as Awaited<
      ReturnType<typeof quizOf>
    >,
    'one',
  );
  if (isChoice(question))
    await page
      .getByRole('radio')
      .nth(question.options.findIndex((option) => option.right))
      .check();
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText('2 of 3 in a row; it comes back on Sunday')).toBeVisible();
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('heading', { name: 'That was all for now' })).toBeFocused();
  await expect(page.getByText('The next question comes back on Sunday')).toBeVisible();
}

const table = (page: Page) => page.getByRole('table', { name: /The chapters that are written/ });

test('an answer and what was read are counted, saved as a file, deleted, taken in, and reviewed when due', async ({
  page,
}, info) => {
  await page.clock.install({ time: new Date('2026-03-01T10:00:00') });
  await page.goto(chapter);
  await answerFirst(page, true);
  // The tracker is loaded late; then each section is looked at for longer than it asks.
  const tracker = page.waitForResponse(/\/reading\b/);
  await page.clock.fastForward(5_000);
  await (await tracker).finished();
  for (const heading of (await page.locator('.headed > h2').all()).slice(0, 4)) {
    await heading.scrollIntoViewIfNeeded();
    await page.clock.fastForward(4_000);
  }
  await page.goto('/contents/');
  await page.clock.fastForward(1_000);
  await expect(page.locator('[data-mark="load-balancing"]')).toContainText(/^\d+% read · 1\/\d+ right$/);

  await page.goto('/progress/');
  await expect(
    page.getByRole('navigation', { name: 'Site' }).getByRole('link', { name: 'Where I stand' }),
  ).toHaveAttribute('aria-current', 'page');
  await expect(table(page)).toContainText(/[1-9]\d*%.*1 of \d+/);
  await expect(page.getByText('Nothing is due. The next question comes back on Wednesday')).toBeVisible();
  await isAccessible(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const file = info.outputPath('progress.json');
  await (await download).saveAs(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'brownout-progress', version: 2 });

  await page.getByRole('button', { name: 'Delete everything' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete everything?' });
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await isAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(table(page)).toContainText('1 of');
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await dialog.getByRole('button', { name: 'Delete everything for good' }).click();
  await expect(page.getByText('Deleted: nothing of you is kept here now.')).toBeVisible();
  await page.reload();
  await expect(table(page)).toContainText('0%0 of');
  await page
    .getByLabel('Take in a file')
    .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{') });
  await expect(page.getByRole('status')).toContainText('found a file that is not JSON');
  await page.getByLabel('Take in a file').setInputFiles(file);
  await expect(page.getByRole('status')).toContainText('2 records taken in; 2 brought something new.');
  await reviewWhenDue(page);
});

test('what version 1 had stored is taken over and judged, and what is broken is set aside and shown', async ({
  page,
}) => {
  await page.goto('/licence/');
  await page.evaluate((entries) => {
    for (const [key, text] of entries) localStorage.setItem(key, text);
  }, version1);
  await page.goto('/progress/');
  await expect(table(page)).toContainText(/1 of \d+/);
  await expect(page.getByRole('heading', { name: 'Set aside' })).toBeVisible();
  await expect(page.locator('.asides > li')).toHaveCount(3);
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('brownout');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const work = opening.result.transaction('records', 'readwrite');
          work.objectStore('records').put({ kind: 'read', value: '<b>what</b>' }, 'read load-balancing');
          work.oncomplete = () => {
            opening.result.close();
            resolve(null);
          };
        };
      }),
  );
  await page.goto(chapter);
  await page.locator('[data-island="quiz"] input').first().focus();
  await expect(page.locator('[data-island="quiz"] .not-kept')).toContainText('could not be read');
  await expect(questionOf(page, await quizOf(page), 'one').form.getByRole('status')).toContainText(
    /Right|Not yet/,
  );
  await page.goto('/progress/');
  await expect(page.locator('.asides > li')).toHaveCount(4);
  await page.locator('.asides summary').last().click();
  await expect(page.locator('.asides pre').last()).toHaveText('{"kind":"read","value":"<b>what</b>"}');
  await isAccessible(page);
});

test('two tabs keep both their answers, and one shows what the other did', async ({ page, context }) => {
  const other = await context.newPage();
  await Promise.all([page.goto(chapter), other.goto('/progress/')]);
  await expect(table(other)).toContainText('0%');
  await answerFirst(page, false);
  await expect(other.getByText('Nothing is due. The next question comes back')).toBeVisible();
});

test('where storage is forbidden the pages work and say that nothing is kept', async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ['indexedDB', 'localStorage'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
  });
  await page.goto(chapter);
  await answerFirst(page, true);
  await expect(page.locator('[data-island="quiz"] .not-kept')).toContainText('This browser keeps nothing');
  await page.goto('/progress/');
  await expect(page.locator('.not-kept')).toContainText('This browser keeps nothing');
  await expect(table(page)).toContainText('0%');
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('button', { name: 'Delete everything for good' }).click();
  await expect(page.getByText('Deleted')).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('both pages say what they need and where to go instead', async ({ page }) => {
    for (const address of ['/progress/', '/review/']) {
      await page.goto(address);
      await expect(page.getByRole('main').getByText('scripts, and they are off')).toBeVisible();
      await expect(page.getByRole('main').getByRole('link', { name: 'contents' })).toBeVisible();
    }
  });
});
