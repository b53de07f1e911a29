// Predicting and answering, in a real Chromium: woken by the first touch, with keys alone, feedback on every option,
// another try where it was wrong, and all of it still there after a reload.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { chapter, isChoice, predictionOf, questionOf, quizOf } from './chapter-page.ts';
import { machineRow, pace, untilSecond } from './lab-page.ts';

test.beforeEach(async ({ page }) => {
  await page.goto(chapter);
});

test('a question is answered by keys alone and speaks to every option', async ({ page }) => {
  const { question, form } = questionOf(page, await quizOf(page), 'one');
  if (!isChoice(question)) return;
  const wrong = question.options.findIndex((option) => !option.right);
  const right = question.options.findIndex((option) => option.right);
  await form.getByRole('radio').first().focus();
  await expect(page.locator('[data-island="quiz"]')).toHaveAttribute('data-awake', 'yes');
  await page.keyboard.press(String(wrong + 1));
  await expect(form.getByRole('radio').nth(wrong)).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(form.locator('.said')).toHaveCount(question.options.length);
  await expect(form.getByRole('status')).toContainText('Not yet');
  await expect(form.getByRole('status')).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include([`#q-${question.id}`]).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);

  await form.getByRole('button', { name: 'Try again' }).click();
  await expect(form.locator('.said')).toHaveCount(0);
  await expect(form.getByRole('radio').first()).toBeFocused();
  await page.keyboard.press(String(right + 1));
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toContainText('Right');
  await expect(form.getByRole('button', { name: /Check|Try/ })).toHaveCount(0);
});

test('the first click counts although the quiz was still asleep', async ({ page }) => {
  const { question, form } = questionOf(page, await quizOf(page), 'one');
  if (!isChoice(question)) return;
  const right = question.options.findIndex((option) => option.right);
  await form.locator('label').nth(right).click();
  await form.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(form.getByRole('status')).toContainText('Right');
});

test('Check alone, as the very first click, asks for an answer', async ({ page }) => {
  const { form } = questionOf(page, await quizOf(page), 'one');
  await form.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(form.getByRole('status')).toHaveText('Choose an answer first.');
});

test('Enter in a number field, as the very first key, checks it', async ({ page }) => {
  const quiz = await quizOf(page);
  test.skip(!quiz.questions.some((each) => each.kind === 'number'), 'the quiz has no such question');
  const { form } = questionOf(page, quiz, 'number');
  await form.getByRole('textbox', { name: 'Your number' }).fill('-1');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toContainText('Not yet');
});

test('where several hold, another try keeps what was right', async ({ page }) => {
  const quiz = await quizOf(page);
  test.skip(!quiz.questions.some((each) => each.kind === 'many'), 'the quiz has no such question');
  const { question, form } = questionOf(page, quiz, 'many');
  if (!isChoice(question)) return;
  const right = question.options.findIndex((option) => option.right);
  const wrong = question.options.findIndex((option) => !option.right);
  await form.getByRole('checkbox').nth(right).check();
  await form.getByRole('checkbox').nth(wrong).check();
  await form.getByRole('button', { name: 'Check', exact: true }).click();
  await form.getByRole('button', { name: 'Try again' }).click();
  await expect(form.getByRole('checkbox').nth(right)).toBeChecked();
  await expect(form.getByRole('checkbox').nth(wrong)).not.toBeChecked();
});

test('a number may have a comma or a point, and an order is made with buttons', async ({ page }) => {
  const quiz = await quizOf(page);
  for (const question of quiz.questions) {
    const form = page.locator(`#q-${question.id}`);
    if (question.kind === 'number') {
      await form.getByRole('textbox', { name: 'Your number' }).fill(question.answer.toLocaleString('en-US'));
    } else if (question.kind === 'order') {
      for (let place = 0; place < question.items.length; place++) {
        const item = question.items[place]?.text.replaceAll(/<[^>]+>/g, '') ?? '';
        const up = form.getByRole('button', { name: `Move up: ${item}`, exact: true });
        while (
          (await form.locator('.items > li').nth(place).textContent())?.includes(
            item.replaceAll('&quot;', '"'),
          ) === false
        )
          await up.click();
      }
    } else continue;
    await form.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(form.getByRole('status')).toContainText('Right');
  }
});

test('answers are still there after a reload, and nothing breaks where storage is forbidden', async ({
  page,
}) => {
  const { question, form } = questionOf(page, await quizOf(page), 'one');
  if (!isChoice(question)) return;
  await form
    .getByRole('radio')
    .nth(question.options.findIndex((option) => option.right))
    .check();
  await form.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.locator('.tally')).toContainText(/^1 of \d+ right/);
  await page.reload();
  await form.getByRole('radio').first().focus();
  await expect(form.getByRole('status')).toContainText('Right');

  await page.addInitScript(() => {
    for (const storage of ['localStorage', 'indexedDB'])
      Object.defineProperty(window, storage, {
        get: () => {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
  });
  await page.reload();
  await form.getByRole('radio').first().check();
  await form.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(form.locator('.said')).toHaveCount(question.options.length);
});

test('a prediction locks, stands beside run and theory, and stays', async ({ page }) => {
  test.slow();
  const prediction = await predictionOf(page);
  const section = page.locator(`#predict-${prediction.id}`);
  await expect(section.locator('.cmp:visible')).toHaveCount(0);
  await section.getByRole('button', { name: 'Lock my prediction' }).click();
  await expect(section.getByRole('status')).toHaveText('Say what you expect first.');
  for (const part of prediction.parts) {
    const name = `${prediction.id}-${part.id}`;
    if (part.kind === 'choice') await section.locator(`[name="${name}"]`).nth(part.holds).check();
    if (part.kind === 'number') await section.locator(`[name="${name}"]`).fill('12.5');
    if (part.kind === 'curve') {
      const paper = section.getByRole('slider');
      const box = await paper.boundingBox();
      if (box === null) throw new Error('expected the paper of the curve, found none');
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width * 0.55, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.75, y, { steps: 3 });
      await page.mouse.up();
      // What is left is drawn by keys: the first second up, then along to the end.
      await paper.focus();
      await page.keyboard.press('PageUp');
      await expect(paper).toHaveAttribute('aria-valuenow', '10');
      for (let step = part.given; step < part.seconds.length; step++) await page.keyboard.press('ArrowRight');
      await expect(paper).toHaveAttribute('aria-valuetext', /^second \d+: \d+ /);
    }
  }
  const { violations } = await new AxeBuilder({ page }).include([`#predict-${prediction.id}`]).analyze();
  expect(violations.map((each) => each.id)).toEqual([]);
  await section.getByRole('button', { name: 'Lock my prediction' }).click();
  await expect(section.locator('.cmp')).toHaveCount(prediction.parts.length);
  await expect(section.locator('.outcome')).toBeFocused();
  await expect(section.locator('.outcome')).toContainText('as the run');
  await expect(section.getByRole('img', { name: /you, this run, theory/ })).toBeVisible();
  await expect(section.getByRole('button')).toHaveCount(0);
  await page.reload();
  await section.locator('input').first().dispatchEvent('pointerdown');
  await expect(section.locator('.cmp')).toHaveCount(prediction.parts.length);
  await expect(section.locator('.outcome')).toContainText('12.5');

  // The reader's own run comes to stand beside the others.
  await expect(section.locator('.own-hint')).toContainText(/press Run, kill app2 at about second 10,/);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await untilSecond(page, 1);
  await machineRow(page, 'app2').getByRole('button', { name: 'Kill' }).click();
  await expect(section.locator('.own-hint')).toContainText(
    /^Your own run will stand here when it has come to second \d+/,
  );
  await pace(page, 'flat out');
  await expect(section.locator('.curve-key')).toContainText(
    /your run, seed \d+, moved from second [\d.]+ to 10/,
    {
      timeout: 60_000,
    },
  );
  await expect(section.locator('.own-hint')).toHaveCount(0);
  await expect(section.getByRole('img', { name: /you, recorded run, your run, theory/ })).toBeVisible();
  await expect(section.locator('.cmp.four').first()).toContainText(/your run, seed \d+app1 and app3/);
  const again = await new AxeBuilder({ page }).include([`#predict-${prediction.id}`]).analyze();
  expect(again.violations.map((each) => each.id)).toEqual([]);
});
