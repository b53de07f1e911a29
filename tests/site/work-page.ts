// A student at /work/ for the tests: answers questions of every kind as a reader would, by the fields and buttons of the page.
// Right answers come from a key, as the grader has it. Holds no test. Used by work.spec.ts.
import { expect, type Locator, type Page } from '@playwright/test';
import { draw } from '../../src/grading/draw.ts';
import type { Question } from '../../src/grading/quiz.ts';
import { seedOf } from '../../src/teaching/seeds.ts';

export function formOf(page: Page, name: string): Locator {
  return page.locator(`#q-${name.replaceAll(/[^a-z0-9-]+/g, '--')}`);
}

/** What a student with this code is asked. */
export function askedOf(question: Question, salt: string, name: string, student: string): Question {
  if (question.kind !== 'number' || question.template === undefined) return question;
  return draw(question.template, seedOf(salt, name, student));
}

/** Fills the form with what is right. Keeps nothing. */
export async function answerRightly(form: Locator, question: Question): Promise<void> {
  if (question.kind === 'number') {
    await form.getByRole('textbox').fill(String(question.answer));
  } else if (question.kind === 'text') {
    await form.getByRole('textbox').fill(question.answer);
  } else if (question.kind === 'match') {
    for (const [index, { right }] of question.pairs.entries())
      await form.getByRole('combobox').nth(index).selectOption(String(right));
  } else if (question.kind === 'order') {
    await putInOrder(form, question.shown);
  } else {
    const all = question.kind === 'line' ? question.lines : question.options;
    const role = question.kind === 'many' ? 'checkbox' : 'radio';
    for (const [index, { right }] of all.entries()) if (right) await form.getByRole(role).nth(index).check();
  }
}

/** `shown`: which item of the right order stands at each place. */
async function putInOrder(form: Locator, shown: readonly number[]): Promise<void> {
  const now = [...shown];
  for (let place = 0; place < now.length; place++)
    for (let at = now.indexOf(place); at > place; at--) {
      await form
        .getByRole('button', { name: /^Move up/ })
        .nth(at)
        .click();
      now.splice(at - 1, 0, ...now.splice(at, 1));
    }
  expect(now).toEqual([...now].sort((a, b) => a - b));
}

export async function keep(form: Locator): Promise<void> {
  await form.getByRole('button', { name: 'Keep this answer' }).click();
  await expect(form.getByRole('status')).toContainText('✓ Kept');
}
