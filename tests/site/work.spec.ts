// The whole way of an assignment: an instructor makes it, a student opens its link, answers every kind of question, solves an
// exercise in the lab and saves the file; `brownout grade` gives the grade that this must earn. And the student's page on a
// phone: bad links, two tabs, another code, a file taken in again, no storage.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { chapterOf } from '../../src/build/chapter.ts';
import { readLab } from '../../src/build/lab-file.ts';
import { readGraded } from '../../src/build/quiz-file.ts';
import type { Quiz } from '../../src/grading/quiz.ts';
import { assignmentFragment, readAssignmentFragment } from '../../src/islands/assign/link.ts';
import { parseCsv } from '../../src/teaching/csv.ts';
import { editor, replaceText } from './lab-page.ts';
import { answerRightly, askedOf, formOf, keep } from './work-page.ts';

const exercise = { sandbox: 'ten-servers', name: 'bounded', file: 'bounded.ts' };
/** Long due, one try, and an exercise that no site has. */
const given = {
  format: 'brownout-assignment',
  version: 1,
  title: 'Week <b>5</b>',
  course: '0.1.0',
  items: [
    { kind: 'quiz', chapter: 'load-balancing', questions: ['why-a-third', 'the-bound'], weight: 1 },
    { kind: 'exercise', exercise: 'nowhere/none', weight: 1 },
  ],
  due: { local: '2020-01-10T12:00', zone: 'Europe/Vienna' },
  late: [{ afterHours: 0, percent: 40 }],
  triesMax: 1,
  salt: 'some-salt',
};

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((each) => [each.id, ...each.nodes.map(({ html }) => html)])).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
}

async function begin(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`You work as ${code}`)).toBeVisible();
}

async function makeAssignment(page: Page): Promise<string> {
  await page.goto('/assign/');
  await page.getByLabel('Title').fill('Week 4');
  await page.getByLabel('In the time zone').fill('Europe/Vienna');
  await page.getByLabel('Due', { exact: true }).fill('2099-11-24T23:59');
  const chapter = page.getByRole('group', { name: /Load balancing/ });
  for (const what of [
    'All 6 graded questions',
    'All 18 practice questions',
    'Exercise: Two choices, with a bound',
  ])
    await chapter.getByRole('checkbox', { name: what }).check();
  const preview = page.getByRole('link', { name: 'Preview as a student' });
  await expect(preview).toBeVisible();
  return new URL((await preview.getAttribute('href')) ?? '').hash;
}

test('what a student does of an assignment earns what it should', async ({ page }, info) => {
  test.slow();
  const fragment = await makeAssignment(page);
  const reading = await readAssignmentFragment(fragment);
  if (!reading.ok) throw new Error(reading.complaint.found);
  const { salt } = reading.assignment;
  await page.goto(`/work/${fragment}`);
  await expect(page.getByRole('heading', { name: 'Week 4' })).toBeVisible();
  await begin(page, 'ada-7');

  const { folder } = chapterOf('load-balancing');
  const graded = await readGraded(folder, readLab(folder).value.sandbox);
  const practice = (await (await page.request.get('/review/load-balancing.json')).json()) as Quiz;
  const text = practice.questions.find(({ kind }) => kind === 'text');
  expect(new Set([...graded, text].map((question) => question?.kind)).size).toBe(7);
  for (const question of graded) {
    const name = `load-balancing/graded:${question.id}`;
    await answerRightly(formOf(page, name), askedOf(question, salt, name, 'ada-7'));
    await keep(formOf(page, name));
  }
  if (text === undefined) throw new Error('expected a question of kind text, found none');
  const typed = formOf(page, `load-balancing:${text.id}`);
  await answerRightly(typed, text);
  await expect(typed.getByRole('status')).toHaveText('Saved, not kept: it is handed in as try 1.');

  await page.getByRole('link', { name: 'Do it in the lab' }).click();
  // Loaded: a click before that goes nowhere.
  await page.waitForURL(`/labs/${exercise.sandbox}/#exercise-${exercise.name}`);
  await page.locator(`#exercise-${exercise.name}`).getByRole('button', { name: 'Open in the lab' }).click();
  await expect(editor(page)).toBeVisible();
  const solved = `sandboxes/${exercise.sandbox}/exercises/${exercise.name}/solution/${exercise.file}`;
  await replaceText(page, readFileSync(solved, 'utf8'));
  await expect(page.getByText('My version changes one file')).toBeVisible();
  await page.goto('/work/');
  await expect(page.getByText(`${exercise.file} is changed: your version is handed in.`)).toBeVisible();
  await expect(page.getByText('✓ 6 of 6 answered')).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save ada-7.submission.json' }).click();
  const submissions = info.outputPath('in');
  mkdirSync(submissions);
  await (await download).saveAs(`${submissions}/ada-7.submission.json`);
  // Weights of 1: graded questions and the exercise are right, of the practice questions one of 18.
  const { id: _, dueMs: __, ...file } = reading.assignment;
  expect(gradesOf(info.outputPath(), submissions, JSON.stringify(file))).toEqual({
    student: 'ada-7',
    grade: String(Number(((100 * (1 + 1 / practice.questions.length + 1)) / 3).toFixed(2))),
    'percent left': '100',
  });
});

/** What `brownout grade` writes of the one student. */
function gradesOf(folder: string, submissions: string, assignment: string): Record<string, string> {
  writeFileSync(`${folder}/assignment.json`, assignment);
  const options = [submissions, '--assignment', `${folder}/assignment.json`, '--out', `${folder}/out`];
  execFileSync(process.execPath, ['src/cli/brownout.mjs', 'grade', ...options]);
  const [head = [], row = []] = parseCsv('grades.csv', readFileSync(`${folder}/out/grades.csv`, 'utf8'));
  const cells = ['student', 'grade', 'percent left'].map((column) => [
    column,
    row[head.indexOf(column)] ?? '',
  ]);
  return Object.fromEntries(cells);
}

test.describe('on a phone in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });

  test('bad links are explained, two tabs keep all, another code puts aside, a file is taken in', async ({
    page,
    context,
  }, info) => {
    await page.goto('/work/');
    await expect(page.getByText('An assignment is work from this course')).toBeVisible();
    await page.goto('/work/#assignment=1.AAAA');
    await expect(page.getByRole('alert')).toContainText(/Expected.*Found.*What to do/);
    const fragment = await assignmentFragment(given);
    await page.goto(`/work/${fragment}`);
    await expect(page.getByRole('heading', { name: given.title })).toBeVisible();
    await expect(page.getByText('it earns 40% of its grade')).toBeVisible();
    await expect(page.getByText('not on this site')).toBeVisible();
    await begin(page, 'ada');
    const numbers = formOf(page, 'load-balancing:the-bound');
    const asked = await numbers.locator('legend').textContent();
    await numbers.getByRole('textbox').fill('1,200');
    const other = await context.newPage();
    await other.goto('/work/');
    await expect(formOf(other, 'load-balancing:the-bound').getByRole('textbox')).toHaveValue('1200');
    await formOf(other, 'load-balancing:why-a-third').getByRole('radio').nth(1).check();
    await expect(formOf(page, 'load-balancing:why-a-third').getByRole('radio').nth(1)).toBeChecked();
    await keep(formOf(page, 'load-balancing:why-a-third'));
    await expect(formOf(other, 'load-balancing:why-a-third').getByRole('radio').nth(1)).toBeDisabled();
    await expect(formOf(page, 'load-balancing:why-a-third').getByRole('button')).toHaveText(
      'Take this try back',
    );
    await page.reload();
    await expect(numbers.getByRole('textbox')).toHaveValue('1200');
    await isAccessible(page);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save ada.submission.json' }).click();
    const path = info.outputPath('ada.submission.json');
    await (await download).saveAs(path);
    await numbers.getByRole('textbox').fill('7');
    await expect(page.getByText('You have changed something since you saved')).toBeVisible();
    await page.getByRole('button', { name: 'Change it' }).click();
    await expect(page.getByText('1 question will ask with other numbers')).toBeVisible();
    await page.getByLabel('Code', { exact: true }).fill('bob');
    await page.keyboard.press('Enter');
    await expect(page.getByText('1 answer given as ‘ada’ is put aside')).toBeVisible();
    await expect(numbers.locator('legend')).not.toHaveText(asked ?? '');
    await expect(numbers.getByRole('textbox')).toHaveValue('');
    const file = page.getByLabel('Take in a file you saved');
    await file.setInputFiles(path);
    await expect(page.getByRole('alert')).toContainText('work of ‘bob’, your code here');
    await page.getByRole('button', { name: 'Take it off the list' }).click();
    await expect(page.getByRole('heading', { name: 'Assignments' })).toBeVisible();
  });
});
