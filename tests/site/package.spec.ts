// LMS packages in a real Chromium, each at a deep path of an origin that is not secure and in a frame: SCORM 1.2 and 2004
// with scorm-again around them, cmi5 with a small LRS. A learner begins, leaves, goes on in another browser, and ends;
// the platform fails in between. Nothing is asked for outside the package.
import { expect, type Page, test } from '@playwright/test';
import { leaks } from '../../src/cli/leaks.ts';
import type { Quiz } from '../../src/grading/quiz.ts';
import { pack, STATE_MAX_12 } from '../../src/islands/lms/state.ts';
import { launchOf } from '../../src/teaching/lms/package.ts';
import { lrs } from './lrs.ts';
import {
  closeUnit,
  dist,
  HOST,
  heard,
  hideUnit,
  openUnit,
  PLACE,
  packed,
  planOf,
  plans,
  scormHost,
  serve,
  type Unit,
} from './platform.ts';

const SLUG = 'caching';
const plan = planOf(SLUG);
const launch = launchOf('scorm-1.2', plan);
const quiz = JSON.parse(new TextDecoder().decode(dist(`review/${SLUG}.json`) ?? new Uint8Array())) as Quiz;
const choice = quiz.questions.find(({ kind }) => kind === 'one');
if (choice?.kind !== 'one') throw new Error(`expected a choice among the questions of ${SLUG}, found none`);
const right = choice.options.findIndex((option) => option.right);

/** What a platform keeps of a learner who has done all, but for the one question. */
const almost = pack(
  launch,
  (kind, name) => {
    const values: Readonly<Record<string, unknown>> = {
      read: { sections: launch.sections },
      answered:
        name === `${SLUG}:${choice.id}`
          ? undefined
          : { answer: { kind: 'none' }, seed: 1, tries: [{ atMs: 1, right: true }] },
    };
    return values[kind] as never;
  },
  STATE_MAX_12,
).text;

async function answer({ chapter }: Unit): Promise<void> {
  const form = chapter.locator(`#q-${choice?.id}`);
  await form.getByRole('radio').nth(right).check();
  await form.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(form.getByRole('status')).toContainText('Right');
}

const counts = (read: number, answered: number, right = answered): string =>
  `Read ${read} of ${plan.sections.length} · answered ${answered} of ${plan.questions.length}, ${right} right`;

test('SCORM 1.2: a lab runs, and a learner goes on elsewhere, or as somebody else', async ({
  page,
  context,
  browser,
}) => {
  const files = await packed('scorm-1.2', SLUG);
  const student = { 'cmi.core.student_id': 'ada', 'cmi.core.student_name': 'L' };
  const { strays } = await serve(context, files, { script: scormHost('scorm-1.2', student) });
  const unit = await openUnit(page);
  await expect(unit.unit.locator('#counts')).toHaveText(counts(0, 0));
  await unit.chapter.getByRole('button', { name: 'Run', exact: true }).first().click();
  const time = unit.chapter.locator('[data-time]');
  await expect.poll(async () => Number.parseFloat((await time.textContent()) ?? '')).toBeGreaterThan(0.5);
  await unit.chapter.getByRole('button', { name: 'Pause' }).click();
  await answer(unit);
  await expect(unit.unit.locator('#counts')).toHaveText(counts(0, 1));
  await unit.chapter.getByRole('heading', { name: 'Check yourself' }).scrollIntoViewIfNeeded();
  await closeUnit(page);
  const { told, calls } = await heard(page);
  expect(calls.slice(-2)).toEqual(['LMSCommit', 'LMSFinish']);
  expect(told).toMatchObject({
    'cmi.core.lesson_location': 'check-yourself',
    'cmi.core.lesson_status': 'incomplete',
    'cmi.core.score.raw': String((100 * 1) / plan.questions.length),
    'cmi.core.score.max': '100',
    'cmi.core.exit': 'suspend',
  });
  expect(told['cmi.core.session_time']).toMatch(/^\d{4}:\d\d:\d\d\.\d\d$/);
  expect(strays).toEqual([]);

  // The same browser, another learner; then the first again, of whom this platform has lost all.
  const others = await context.newPage();
  const withoutChapter = new Map(files).set(`chapters/${SLUG}/index.html`, new Uint8Array());
  for (const [id, answered] of [
    ['bob', 0],
    ['ada', 1],
  ] as const) {
    await context.unrouteAll();
    await serve(context, withoutChapter, {
      script: scormHost('scorm-1.2', { ...student, 'cmi.core.student_id': id }),
    });
    const { unit: again } = await openUnit(others);
    await expect(again.locator('#counts')).toHaveText(counts(0, answered));
  }

  const elsewhere = await browser.newContext();
  const kept = {
    'cmi.suspend_data': told['cmi.suspend_data'] ?? '',
    'cmi.core.lesson_location': 'check-yourself',
  };
  await serve(elsewhere, files, { script: scormHost('scorm-1.2', { ...student, ...kept }) });
  const resumed = await elsewhere.newPage();
  const { unit: there, chapter } = await openUnit(resumed);
  await expect(there.locator('#counts')).toHaveText(counts(0, 1));
  await expect(there.locator('iframe')).toHaveAttribute('src', `chapters/${SLUG}/index.html#check-yourself`);
  await chapter.locator(`#q-${choice.id}`).getByRole('radio').first().focus();
  await expect(chapter.locator(`#q-${choice.id}`).getByRole('status')).toContainText('Right');
  await elsewhere.close();
});

test('SCORM 2004: what a platform does not save is said, told again, and completes', async ({
  page,
  context,
}) => {
  const other = new TextEncoder().encode('<article data-chapter="other"><h1>Other</h1></article>');
  const files = new Map(await packed('scorm-2004', SLUG)).set('chapters/other/index.html', other);
  await serve(context, files, { script: scormHost('scorm-2004', { 'cmi.suspend_data': almost }) });
  const unit = await openUnit(page);
  const said = unit.unit.locator('#said');
  const questions = plan.questions.length;
  await expect(unit.unit.locator('#counts')).toHaveText(counts(plan.sections.length, questions - 1));
  await expect(said).toHaveText('Reported to your learning platform.');
  await full(page, true);
  await answer(unit);
  await expect(said).toContainText('The learning platform did not save');
  await expect(said).toContainText('is kept in this browser');
  await full(page, false);
  await unit.unit
    .locator('iframe')
    .evaluate((frame) => frame.setAttribute('src', 'chapters/other/index.html'));
  await expect(unit.unit.locator('#aside')).toContainText('You are in “Other”');
  await closeUnit(page);
  const { told, calls } = await heard(page);
  expect(calls.slice(-2)).toEqual(['Commit', 'Terminate']);
  expect(told).toMatchObject({
    'cmi.completion_status': 'completed',
    'cmi.progress_measure': '1',
    'cmi.score.raw': String(questions),
    'cmi.score.min': '0',
    'cmi.score.max': String(questions),
    'cmi.score.scaled': '1',
    'cmi.exit': 'suspend',
  });
  expect(told['cmi.session_time']).toMatch(/^PT[\d.]+S$/);

  await page.goto(`${HOST}${PLACE}index.html`);
  await expect(page.locator('#said')).toContainText('No learning platform is around this page');
  await expect(page.locator('#counts')).toHaveText(counts(plan.sections.length, questions));
});

function full(page: Page, isFull: boolean): Promise<void> {
  return page.evaluate((is) => {
    (window as unknown as { isFull: boolean }).isFull = is;
  }, isFull);
}

test('cmi5: statements come in their order, once each, and a refusal is said', async ({ page, context }) => {
  const { route, statements, documents, parameters } = lrs({ state: almost, section: '', said: [] });
  const files = await packed('cmi5', SLUG);
  const frame = `${PLACE}index.html?${parameters}`;
  const { strays } = await serve(context, files, { script: '', frame, lrs: route });
  const unit = await openUnit(page);
  const said = unit.unit.locator('#said');
  await expect(said).toHaveText('Reported to your learning platform.');
  await answer(unit);
  await expect(said).toHaveText('Complete, and reported to your learning platform.');
  await hideUnit(page);
  await expect
    .poll(() => statements.map(({ verb }) => verb.id.split('/').at(-1)))
    .toEqual(['initialized', 'progressed', 'completed', 'passed', 'terminated']);
  const passed = statements.find(({ verb }) => verb.id.endsWith('/passed'));
  const questions = plan.questions.length;
  expect(passed?.result?.['score']).toEqual({ scaled: 1, raw: questions, min: 0, max: questions });
  for (const one of statements) {
    expect(one.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(one.context.extensions).toEqual({
      'https://w3id.org/xapi/cmi5/context/extensions/sessionid': 's1',
    });
    const isScored = one.result !== undefined && 'score' in one.result;
    expect(isScored).toBe(one === passed);
  }
  expect(documents['brownout']).toMatchObject({ said: ['completed', 'passed'] });
  expect(strays).toEqual([]);

  // The token is spent: a new visit by the same address cannot begin.
  await page.reload();
  await expect(said).toContainText('This session with the learning platform has ended');
});

test('no package holds what only a grader may have', async () => {
  const files = await packed('scorm-2004', 'load-balancing');
  expect(files.size).toBeGreaterThan(50);
  expect(leaks(files)).toEqual([]);
});

test('all that can be answered in a chapter fits what SCORM 1.2 keeps', () => {
  for (const each of plans) {
    const tries = Array.from({ length: 40 }, (_, at) => ({ atMs: at, right: at % 2 === 0 }));
    const values = {
      read: { sections: each.sections },
      answered: { answer: { kind: 'order', order: [0, 1, 2, 3, 4, 5, 6, 7] }, seed: 4_000_000_000, tries },
      predicted: { said: { a: [100, 50, 25, 12.5, 1.25], b: 1000.5 }, near: 2, of: 3 },
      exercise: { checks: tries.map(({ atMs, right: passed }) => ({ atMs, passed })), solutionSeen: true },
    };
    const state = pack(launchOf('scorm-1.2', each), (kind) => values[kind as 'read'] as never, STATE_MAX_12);
    expect(state, each.slug).toMatchObject({ leftOut: '' });
    expect(state.text.length).toBeLessThan(STATE_MAX_12);
  }
});
