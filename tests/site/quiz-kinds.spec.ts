// The kinds of questions beyond options, in a real Chromium and by keys where keys suffice: lines of a program and of a
// trace, pairs, a short text, other numbers from another seed; then only what was wrong again, and a report to copy.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { plainText } from '../../src/grading/report.ts';
import { chapter, isChoice, questionOf, quizOf } from './chapter-page.ts';

test.beforeEach(async ({ page }) => {
  await page.goto(chapter);
});

test('lines, pairs and words are answered by keys; only what was wrong is asked again', async ({ page }) => {
  const quiz = await quizOf(page);
  const code = quiz.questions.find((each) => each.kind === 'line' && each.source === 'code');
  if (code?.kind !== 'line') throw new Error('expected a question about a line of a program, found none');
  const form = page.locator(`#q-${code.id}`);
  const right = code.lines.findIndex((line) => line.right);
  await form.getByRole('radio').first().focus();
  await expect(page.locator('[data-island="quiz"]')).toHaveAttribute('data-awake', 'yes');
  await page.keyboard.press('ArrowDown');
  await expect(form.getByRole('radio').nth(1)).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toContainText('Not yet');
  await expect(form.locator('.said').first()).toContainText('not this line');

  const pairs = questionOf(page, quiz, 'match');
  for (const [index, pair] of pairs.question.pairs.entries()) {
    const label = plainText(pairs.question.choices[pair.right]?.text ?? '');
    await pairs.form.getByRole('combobox').nth(index).focus();
    await page.keyboard.type(label);
    await expect(pairs.form.getByRole('combobox').nth(index)).toHaveValue(String(pair.right));
  }
  await pairs.form.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(pairs.form.getByRole('status')).toContainText('Right');
  await expect(page.locator('.tally')).toContainText(/^1 of \d+ right/);
  const { violations } = await new AxeBuilder({ page })
    .include([`#q-${code.id}`])
    .include([`#q-${pairs.question.id}`])
    .analyze();
  expect(violations.map((each) => each.id)).toEqual([]);

  await page.getByRole('button', { name: 'Try again what was wrong (1)' }).click();
  await expect(pairs.form.getByRole('status')).toContainText('Right');
  await expect(form.getByRole('radio').first()).toBeFocused();
  await page.keyboard.type(String(code.lines[right]?.no));
  await expect(form.getByRole('radio').nth(right)).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toContainText('Right');

  const words = questionOf(page, quiz, 'text');
  await words.form
    .getByRole('textbox')
    .first()
    .fill(words.question.mistakes[0]?.example ?? '?');
  await page.keyboard.press('Enter');
  await expect(words.form.locator('.said')).toContainText(
    plainText(words.question.mistakes[0]?.feedback ?? '?'),
  );
  await words.form.getByRole('button', { name: 'Try again' }).click();
  await words.form.getByRole('textbox').first().fill(` ${words.question.answer.toUpperCase()}. `);
  await page.keyboard.press('Enter');
  await expect(words.form.getByRole('status')).toContainText('Right');
});

test('a trace is read by pointer, a number has others like it, and a mistake can be reported', async ({
  page,
}) => {
  const quiz = await quizOf(page);
  const traced = quiz.questions.find((each) => isChoice(each) && each.exhibit !== undefined);
  if (traced === undefined || !isChoice(traced))
    throw new Error('expected a question about a trace, found none');
  const trace = page.locator(`#q-${traced.id}`);
  await expect(trace.getByRole('table')).toContainText('◆');
  await trace
    .locator('label')
    .nth(traced.options.findIndex((option) => option.right))
    .click();
  await trace.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(trace.getByRole('status')).toContainText('Right');

  const { question, form } = questionOf(page, quiz, 'number');
  const typed = form.getByRole('textbox', { name: 'Your number' });
  await typed.fill(String(question.answer));
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toContainText('Right');
  const before = await form.locator('legend').textContent();
  await form.getByRole('button', { name: 'Another one like this' }).click();
  await expect(typed).toBeFocused();
  await expect(typed).toHaveValue('');
  expect(await form.locator('legend').textContent()).not.toBe(before);
  await typed.fill('-1');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toContainText('Not yet');
  const asked = await form.locator('legend').textContent();
  await page.reload();
  await typed.focus();
  await expect(form.getByRole('status')).toContainText('Not yet');
  expect(await form.locator('legend').textContent()).toBe(asked);

  await form.getByText('This question is wrong').click();
  const report = form.getByRole('textbox', { name: /^Report about question/ });
  await expect(report).toHaveValue(new RegExp(`Question: ${question.id}\nSeed: 2\n`));
});

test('an order is predicted with buttons, locks, and says how many were in their place', async ({ page }) => {
  const section = page
    .locator('.predict')
    .filter({ has: page.locator('.items') })
    .first();
  const first = section.locator('.items > li').first();
  const before = await first.textContent();
  await first.getByRole('button', { name: /^Move down/ }).click();
  await expect(first).not.toHaveText(before ?? '');
  await expect(
    section
      .locator('.items > li')
      .nth(1)
      .getByRole('button', { name: /^Move down/ }),
  ).toBeFocused();
  await section.getByRole('button', { name: 'Lock my prediction' }).click();
  await expect(section.locator('.outcome')).toContainText(/as the run|\d of \d in their place/);
  await expect(section.getByRole('button')).toHaveCount(0);
});
