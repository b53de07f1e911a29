// Assignments on the student's side without a page: what is asked of whom, what is kept of it, what is handed in and what
// the grader makes of that; files taken in again, another code, two tabs, times in words. Properties print their seeds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyAsked } from '../../src/grading/asked.ts';
import type { Answer } from '../../src/grading/quiz.ts';
import { readRecord } from '../../src/islands/progress/records.ts';
import { dueWords, lateSteps, span, standing } from '../../src/islands/work/due.ts';
import { contentsOf, fileNameOf, submissionText } from '../../src/islands/work/hand-in.ts';
import { itemsOf, versionNote, type WorkQuestion } from '../../src/islands/work/items.ts';
import { forReaders, openFile } from '../../src/islands/work/open-file.ts';
import {
  addAssignment,
  givenOf,
  keep,
  listed,
  putAside,
  readCode,
  setStudent,
  takeBack,
  takeOffList,
  type,
} from '../../src/islands/work/store.ts';
import { readOwn, takeIn } from '../../src/islands/work/take-in.ts';
import { RunProblem } from '../../src/runtime/runtime.ts';
import { gradeOf } from '../../src/teaching/score.ts';
import { smallQuiz } from '../teaching/small-quiz.ts';
import { Clock, Memory, page } from './progress-fixtures.ts';
import {
  answerAll,
  assignment,
  bytes,
  catalogue,
  content,
  handIn,
  questionsFor,
  read,
} from './work-fixtures.ts';

describe('what is done', () => {
  test('is handed in as the grader reads it, and everything right earns everything', async () => {
    const progress = await page(new Memory());
    answerAll(progress, 'ada');
    progress.update('versions', 'lb/retry', () => ({
      mine: { 'lb/retry.ts': 'a\nb\n', 'lb/x.ts': '' },
      setAside: null,
    }));
    progress.update('predicted', 'small:p', () => ({ said: { n: 1 }, near: 0, of: 1 }));
    progress.update('predicted', 'other:p', () => ({ said: { n: 1 }, near: 0, of: 1 }));
    const submission = handIn(progress, 'ada');
    expect(JSON.parse(submissionText(submission))).toEqual(submission);
    expect(submission.exercises).toEqual({ 'lb/retry': { 'retry.ts': 'a\nb\n' } });
    expect(Object.keys(submission.predictions)).toEqual(['small:p']);
    expect(submissionText(submission)).not.toMatch(/right|score|seed|verdict/);
    const rate = smallQuiz.filter(({ id }) => id === 'rate');
    const key = new Map([
      ['graded quiz small', smallQuiz],
      ['quiz small', rate],
    ]);
    const facts = { identity: 'ada', name: 'ada', submittedMs: null, dueMs: assignment.dueMs };
    expect(gradeOf(assignment, key, submission, new Map(), facts)).toMatchObject({
      grade: 100,
      student: 'ada',
    });
    expect(contentsOf(submission)).toMatchInlineSnapshot(`
      [
        "Your code, ‘ada’, the mark of this assignment (967d1d5d060eb78e) and the version of this site (0.1.0).",
        "10 answers with 10 tries: what you chose or typed, and when, by this computer’s clock.",
        "Code: retry.ts of lb/retry (2 lines).",
        "1 prediction that you locked in the chapters of this assignment. They earn nothing.",
      ]
    `);
  });

  test('goes into tries as far as there are any; what is typed after that waits', async () => {
    const progress = await page(new Memory());
    const [one] = questionsFor('ada');
    if (one === undefined) throw new Error('expected a question, found none');
    const chosen = (index: number): Answer => ({ kind: 'one', chosen: [index] });
    const handed = () => handIn(progress, 'ada').answers[one.name]?.tries.map(({ answer }) => answer);
    type(progress, one.record, emptyAsked(one.question), true);
    expect([progress.all(), handed()]).toEqual([[], undefined]);
    expect(keep(progress, one, emptyAsked(one.question), 2)).toBe('Choose an answer first.');
    type(progress, one.record, chosen(0), false);
    expect(handed()).toEqual([chosen(0)]);
    expect([keep(progress, one, chosen(0), 2), keep(progress, one, chosen(0), 2)]).toEqual([
      '',
      'This answer is kept already.',
    ]);
    type(progress, one.record, chosen(1), false);
    type(progress, one.record, chosen(0), false);
    expect(handed()).toEqual([chosen(0)]);
    expect(keep(progress, one, chosen(1), 2)).toBe('');
    type(progress, one.record, chosen(0), false);
    expect([keep(progress, one, chosen(0), 2), handed()]).toEqual([
      'No try is left.',
      [chosen(0), chosen(1)],
    ]);
    takeBack(progress, one.record);
    expect([givenOf(progress, one).draft?.answer, handed()]).toEqual([chosen(1), [chosen(0), chosen(1)]]);
    expect(
      givenOf(progress, { ...one, question: { ...one.question, kind: 'text' } as WorkQuestion['question'] }),
    ).toEqual({ tries: [], draft: null });
  });

  test('under another code has other numbers: those answers are put aside and come back', async () => {
    const progress = await page(new Memory());
    const id = addAssignment(progress, assignment);
    for (const code of ['ada', 'bob', 'ada']) {
      setStudent(progress, id, code);
      const open = questionsFor(code).filter(
        (one) => givenOf(progress, one).draft === null && givenOf(progress, one).tries.length === 0,
      );
      expect(open.length, code).toBe(
        progress.all().length === 1 ? questionsFor(code).length : code === 'bob' ? 2 : 0,
      );
      if (open.length > 0) answerAll(progress, code);
    }
    expect(putAside(progress, id, 'ada')).toEqual(new Map([['bob', 2]]));
    const asks = (code: string) =>
      questionsFor(code)
        .filter(({ hasNumbers }) => hasNumbers)
        .map(({ question }) => question.ask);
    expect(new Set(['ada', 'bob', 'cyd', 'dan'].flatMap(asks)).size).toBeGreaterThan(2);
    expect([readCode('  a  b '), readCode(' '), readCode('a\u200Bb'), readCode('x'.repeat(121))]).toEqual([
      { code: 'a b' },
      ...[1, 2, 3].map(() => ({ problem: expect.any(String) })),
    ]);
  });

  test('in two tabs at once is joined, and nothing that was typed is lost', async () => {
    const memory = new Memory();
    const clock = new Clock(1_000);
    const [one, two] = [await page(memory, clock), await page(memory, clock)];
    const [first, second] = questionsFor('ada');
    if (first === undefined || second === undefined) throw new Error('expected two questions');
    type(one, first.record, { kind: 'one', chosen: [0] }, false);
    type(two, second.record, { kind: 'one', chosen: [1] }, false);
    await Promise.all([one.settled(), two.settled()]);
    clock.nowMs += 10;
    type(two, first.record, { kind: 'one', chosen: [1] }, false);
    await two.settled();
    const third = await page(memory);
    expect(givenOf(third, first).draft?.answer).toEqual({ kind: 'one', chosen: [1] });
    expect(givenOf(third, second).draft?.answer).toEqual({ kind: 'one', chosen: [1] });
    expect(third.asides.map(({ held }) => held.includes('[0]'))).toEqual([true]);
  });
});

describe('a file taken in again', () => {
  test('gives all of it to another browser, changes nothing where it was made, and keeps what is here', async () => {
    const [here, there] = [await page(new Memory()), await page(new Memory())];
    const items = itemsOf(assignment, content, 'ada');
    answerAll(here, 'ada');
    here.update('versions', 'lb/retry', () => ({ mine: { 'lb/retry.ts': '// mine\n' }, setAside: null }));
    const submission = handIn(here, 'ada');
    expect(await takeIn(here, submission, items)).toEqual([
      'All of it was here already: nothing was changed.',
    ]);
    expect(await takeIn(there, submission, items)).toEqual([
      `${questionsFor('ada').length} tries taken in.`,
      'retry.ts taken in.',
    ]);
    expect(handIn(there, 'ada')).toEqual(submission);
    const other = { ...submission, exercises: { 'lb/retry': { 'retry.ts': '// other\n' } } };
    expect(await takeIn(there, other, items)).toEqual([expect.stringContaining('yours stays; the lab’s')]);
    const third = { ...submission, exercises: { 'lb/retry': { 'retry.ts': '// third\n' } } };
    expect(await takeIn(there, third, items)).toEqual([expect.stringContaining('set aside on')]);
    expect(there.get('versions', 'lb/retry')).toEqual({
      mine: { 'lb/retry.ts': '// mine\n' },
      setAside: { 'lb/retry.ts': '// other\n' },
    });
    expect(there.asides.map(({ held }) => held)).toEqual(['// third\n']);
    const foreign = {
      ...submission,
      answers: { 'x:y': { tries: [{ atMs: 1, answer: { kind: 'text' as const, value: '' } }] } },
    };
    expect((await takeIn(there, foreign, items)).at(0)).toBe(
      '1 try left out: no question here takes such an answer.',
    );
  });

  test('is refused by name where it is somebody else’s, another assignment’s or none; any bytes are', async () => {
    const progress = await page(new Memory());
    const [id, otherId] = [
      addAssignment(progress, assignment),
      addAssignment(progress, read({ title: 'Week 5' })),
    ];
    const text = submissionText(handIn(progress, 'bob'));
    expect(() => readOwn('x.json', bytes(text), assignment, 'ada')).toThrow(
      'x.json: expected work of ‘ada’, your code here, found work of ‘bob’',
    );
    const refused = (content: string, openId: string | null) => () =>
      openFile(progress, 'x.json', bytes(content), openId);
    expect(openFile(progress, 'x.json', bytes(text), id)).toMatchObject({ kind: 'work' });
    expect(refused(text, otherId)).toThrow('expected work for ‘Week 5’');
    expect(refused(text.replace(id, '0'.repeat(16)), null)).toThrow(
      'that was not opened here (0000000000000000)',
    );
    expect(refused('{"format":"brownout-progress"}', null)).toThrow('take it in on the page “Where I stand”');
    expect(refused('x'.repeat(2_000_001), null)).toThrow('expected a file of at most 2 MB');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"format":"brownout-submission","assignment":${json}}`),
        ),
        (any) => {
          expect(refused(any, id)).toThrow(RunProblem);
          expect(() => readOwn('x', bytes(any), assignment, '')).toThrow(RunProblem);
        },
      ),
      { seed: 4711 },
    );
  });
});

describe('an assignment', () => {
  test('is listed until it is taken off, and by the date; what cannot be read any more is not shown', async () => {
    const progress = await page(new Memory());
    const later = read({ title: 'Later', due: { local: '2027-01-01T00:00', zone: 'UTC' } });
    const [second, first] = [addAssignment(progress, later), addAssignment(progress, assignment)];
    progress.update('assigned', 'bad', () => ({ text: '{', student: '', listed: true }));
    expect(listed(progress).map(({ id }) => id)).toEqual([first, second]);
    expect(listed(progress)[0]?.assignment).toEqual(assignment);
    setStudent(progress, first, 'ada');
    takeOffList(progress, first);
    expect(listed(progress).map(({ id }) => id)).toEqual([second]);
    addAssignment(progress, assignment);
    expect(listed(progress)[0]).toMatchObject({ id: first, student: 'ada' });
    for (const record of progress.all()) expect(readRecord(structuredClone(record))).toEqual(record);
    expect(
      readRecord({
        kind: 'tried',
        name: 'x',
        atMs: 1,
        value: { tries: [{ atMs: 1, answer: 2 }], draft: null },
      }),
    ).toBeNull();
  });

  test('names what the site does not have, and says where the versions differ', () => {
    const items = itemsOf(assignment, content, 'ada').map((item) =>
      item.kind === 'quiz'
        ? [item.title, item.questions.length, item.missing]
        : [item.title, item.exercise?.name ?? null],
    );
    expect(items).toEqual([
      ['Small, graded questions', smallQuiz.length, []],
      ['Small, practice questions', 1, ['gone']],
      ['nowhere, practice questions', 0, null],
      ['Exercise: Retry', 'lb/retry'],
      ['Exercise: lb/none', null],
    ]);
    expect(versionNote(assignment, catalogue)).toContain('Expected version 0.2.0 of the course, found 0.1.0');
    expect(versionNote(read({ course: '0.0.9' }), catalogue)).toContain('this site has 0.1.0');
    expect(versionNote(read({ course: '0.1.0' }), catalogue)).toBe('');
    expect(
      forReaders({ expected: 'version 1 of assignment.json', found: 'version 2', fix: 'npm ci' }).fix,
    ).toContain('load this page');
  });

  test('says when it is due in both zones, how long that is, and what being late costs', () => {
    expect(dueWords(assignment, 'Europe/Vienna')).toEqual({
      theirs: 'Tuesday, 10 March 2026, 23:59 (America/New York)',
      ours: 'Wednesday, 11 March 2026, 04:59 where you are (Europe/Vienna)',
    });
    expect(dueWords(assignment, 'America/Toronto').ours).toBe('The same where you are.');
    const hours = (count: number) => standing(assignment, assignment.dueMs + count * 3_600_000);
    expect([hours(-50.5), hours(-0.001), hours(0), hours(2), hours(36), hours(37)]).toEqual([
      '2 days 2 hours left.',
      'Less than a minute left.',
      'Less than a minute left.',
      '2 hours late. Handed in now, it earns 80% of its grade.',
      '1 day 12 hours late. Handed in now, it earns 80% of its grade.',
      '1 day 13 hours late. Handed in now, it earns nothing.',
    ]);
    expect(lateSteps(assignment)).toEqual([
      'Late: 80% of the grade is left.',
      'More than 1 day 12 hours late: nothing is left.',
    ]);
    expect(lateSteps({ late: [] })).toHaveLength(1);
    expect([span(61_000), span(3_600_000), fileNameOf('Ada Å/../7'), fileNameOf('李')]).toEqual([
      '1 minute',
      '1 hour',
      'Ada-A-..-7.submission.json',
      'work.submission.json',
    ]);
  });
});
