// An instructor at /assign/, at 390 pixels: picks, is refused field by field, saves, comes back, opens what was saved, and is
// told when it is another assignment. The file and the link are read as a student's page and the grader read them.
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { readAssignmentFragment } from '../../src/islands/assign/link.ts';
import { readAssignment } from '../../src/teaching/assignment.ts';

test.use({ viewport: { width: 390, height: 844 } });

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
}

/** What the fields refuse, each then corrected. */
async function refusals(page: Page): Promise<void> {
  const due = page.getByLabel('Due', { exact: true });
  await page.getByLabel('In the time zone').fill('Europe/Vienna');
  await due.fill('2026-03-29T02:30');
  await expect(due).toHaveAccessibleDescription(/take 2026-03-29T01:59 or 2026-03-29T03:00/);
  await due.fill('2026-10-25T02:30');
  await page.getByRole('radio', { name: /^the later, .* 01:30 UTC$/ }).check();
  await expect(due).toHaveAttribute('aria-invalid', 'false');
  const weight = page.getByLabel('weight of All 6 graded questions');
  await weight.fill('much');
  await expect(weight).toHaveAccessibleDescription('Expected a number, found no number.');
  await weight.fill('2,5');
  const step = page.getByRole('button', { name: 'Add a step' });
  await step.click();
  await step.click();
  const second = page.getByRole('group', { name: 'Step 2' });
  await second.getByLabel('Later than (hours)').fill('12');
  await expect(page.getByText('rising hours and falling percent').first()).toBeVisible();
  await second.getByRole('button', { name: 'Remove step 2' }).click();
  await expect(step).toBeFocused();
  await expect(page.getByRole('listitem').filter({ hasText: '80%' })).toContainText('later than Monday');
  await page.getByLabel('Salt', { exact: true }).fill('short');
  await expect(page.getByLabel('Salt', { exact: true })).toHaveAccessibleDescription(/at least 8 characters/);
}

test('an assignment is made, refused, saved, kept, and opened again', async ({ page }) => {
  await page.goto('/assign/');
  await expect(page.getByText('2 things are still missing or wrong')).toBeVisible();
  await page.getByLabel('Title').fill('Week 3 <b>');
  const chapter = page.getByRole('group', { name: /Load balancing/ });
  await chapter.getByRole('checkbox', { name: 'The whole chapter' }).check();
  await chapter.locator('summary').nth(1).click();
  await chapter.locator('details').nth(1).getByRole('checkbox').first().uncheck();
  await expect(chapter.getByText('17 of 18 picked')).toBeVisible();
  await refusals(page);
  await isAccessible(page);
  await page.getByRole('button', { name: 'Draw another salt' }).click();
  await page.getByLabel('The best try counts').check();
  await expect(page.getByText('lets one guess')).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save assignment.json' }).click();
  const path = await (await download).path();
  const saved = readAssignment('assignment.json', readFileSync(path, 'utf8'));
  expect(saved).toMatchObject({ title: 'Week 3 <b>', attempts: 'best', due: { which: 'later' } });
  expect(saved.items.map((item) => (item.kind === 'quiz' ? item.pool : item.exercise))).toEqual([
    'graded',
    'practice',
    'load-balancer/retry',
    'retry-storm/budget',
    'ten-servers/bounded',
  ]);
  expect(saved.items[0]).toMatchObject({ questions: 'all', weight: 2.5 });
  await expect(page.getByText(`Its id is ${saved.id}`)).toBeVisible();
  const preview = await page.getByRole('link', { name: 'Preview as a student' }).getAttribute('href');
  const reading = await readAssignmentFragment(new URL(preview ?? '').hash);
  expect(reading).toEqual({ ok: true, assignment: saved });

  await page.reload();
  await expect(page.getByText(`Its id is ${saved.id}`)).toBeVisible();
  const file = page.getByLabel('Open an earlier assignment.json');
  const wrong = { ...JSON.parse(readFileSync(path, 'utf8')), score: 100 };
  await file.setInputFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(wrong)),
  });
  await expect(
    page.getByText("Not opened. x.json: expected only known fields in the file, found 'score'"),
  ).toBeVisible();
  await file.setInputFiles(path);
  await expect(page.getByText('the assignment that you opened, ‘Week 3 <b>’, unchanged')).toBeVisible();
  await page.getByRole('button', { name: 'Draw another salt' }).click();
  await expect(page.getByText('This is another assignment now')).toBeVisible();
  await page.getByRole('link', { name: 'the guide', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'More time' })).toBeInViewport();
  await isAccessible(page);
});
