// Submissions as strangers write them, and what they earn: any JSON is read or refused in words, a grade lies between nothing and all,
// which try counts is the assignment's word, and no text of a student is a tag in a report. Properties print their seeds.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, type Question } from '../../src/grading/quiz.ts';
import { RunProblem } from '../../src/runtime/runtime.ts';
import { readAssignment } from '../../src/teaching/assignment.ts';
import { classPage, studentPage } from '../../src/teaching/report.ts';
import { gradeOf } from '../../src/teaching/score.ts';
import { readSubmission, type Submission } from '../../src/teaching/submission.ts';
import { statisticsOf } from '../../src/teaching/tables.ts';
import { toldOf } from '../../src/teaching/told.ts';

const options = [true, false].map((right) => ({ text: '', right, feedback: right ? 'Yes.' : 'No.' }));
const question: Question = { kind: 'one', id: 'q', ask: 'Which?', options };
const items = ['a', 'b', 'c'].map((text) => ({ text, feedback: '' }));
const order: Question = { kind: 'order', id: 'o', ask: 'In order?', items, shown: [1, 2, 0] };
const key = new Map([
  ['quiz dns', [question]],
  ['graded quiz dns', [order]],
]);
const assignmentOf = (attempts: 'best' | 'last', more: object = {}) =>
  readAssignment(
    'a.json',
    JSON.stringify({
      format: 'brownout-assignment',
      version: 1,
      title: 'T',
      course: '0.1.0',
      items: [
        { kind: 'quiz', chapter: 'dns', questions: ['q'], weight: 1 },
        { kind: 'exercise', exercise: 'dns/negative', weight: 1 },
      ],
      due: { local: '2026-11-20T12:00', zone: 'UTC' },
      late: [{ afterHours: 0, percent: 50 }],
      attempts,
      salt: 'some-salt',
      ...more,
    }),
  );
const last = assignmentOf('last');
const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const good = {
  format: 'brownout-submission',
  version: 1,
  assignment: last.id,
  student: 'ann',
  course: '0.1.0',
};
const tried = (...chosen: number[]): Submission =>
  readSubmission(
    'x',
    bytes({
      ...good,
      answers: {
        'dns:q': { tries: chosen.map((one, atMs) => ({ atMs, answer: { kind: 'one', chosen: [one] } })) },
      },
    }),
    last.id,
  );
const facts = (student: string, submittedMs: number | null = null) => ({
  identity: student,
  name: student,
  submittedMs,
  dueMs: last.dueMs,
});

test('what is not a submission is refused in words', () => {
  const refused = (value: unknown, words: string) =>
    expect(() => readSubmission('x.json', bytes(value), last.id)).toThrow(words);
  refused('', 'x.json: expected JSON, found an empty file');
  refused({ ...good, grade: 100 }, "expected only known fields in the file, found 'grade'");
  refused({ ...good, version: 2 }, 'x.json: expected version');
  refused({ ...good, assignment: '0'.repeat(16) }, `expected work for this assignment (${last.id})`);
  refused({ ...good, exercises: { e: { f: 'x'.repeat(200_001) } } }, 'exercises.e.f');
  refused(' '.repeat(2_000_001), 'expected at most 2,000,000 bytes, found 2,000,001');
  refused(`{"__proto__": {"score": 1}, ${JSON.stringify(good).slice(1)}`, 'expected only known fields');
  refused('['.repeat(500_000), 'expected JSON');
  expect(readSubmission('x', bytes(good), last.id).answers).toEqual({});
});

test('any JSON in any field is read or refused, and whatever is read earns from nothing to all', () => {
  const field = fc.constantFrom('student', 'answers', 'exercises', 'predictions', 'course', 'other');
  const answers = fc.dictionary(
    fc.constantFrom('dns:q', 'x', '__proto__'),
    fc.record({ tries: fc.array(fc.jsonValue()) }),
  );
  fc.assert(
    fc.property(field, fc.oneof(fc.jsonValue(), answers), (name, value) => {
      try {
        const submission = readSubmission('x', bytes({ ...good, [name]: value }), last.id);
        const { grade } = gradeOf(last, key, submission, new Map(), facts('a'));
        expect(grade).toBe(0);
      } catch (error) {
        expect(error).toBeInstanceOf(RunProblem);
      }
    }),
  );
});

test('the last try counts, or the best, and being late costs its share', () => {
  const grade = (attempts: 'best' | 'last', submission: Submission, atMs: number | null = null) =>
    gradeOf(assignmentOf(attempts), key, submission, new Map(), facts('ann', atMs)).grade;
  expect([grade('last', tried(0, 1)), grade('best', tried(0, 1)), grade('last', tried(1, 0))]).toEqual([
    0, 50, 50,
  ]);
  expect(grade('last', tried(0), last.dueMs)).toBe(50);
  expect(grade('last', tried(0), last.dueMs + 1)).toBe(25);
  const first = gradeOf(last, key, tried(1, 0), new Map(), facts('ann')).items[0]?.questions[0];
  expect(first).toMatchObject({ tries: 2, right: true, firstRight: false });
});

test('tries beyond the most are not looked at', () => {
  const twice = assignmentOf('best', { triesMax: 2 });
  const result = (...chosen: number[]) =>
    gradeOf(twice, key, tried(...chosen), new Map(), facts('ann')).items[0]?.questions[0];
  expect(result(1, 1, 0)).toMatchObject({ right: false, tries: 2 });
  expect(result(1, 0, 1)).toMatchObject({ right: true, tries: 2 });
});

test('what is put in order is told by places as they were shown', () => {
  const quiz = { kind: 'quiz', chapter: 'dns', pool: 'graded', questions: ['o'], weight: 1 };
  const graded = assignmentOf('last', { items: [quiz] });
  const right = (order: readonly number[]) => {
    const tries = [{ atMs: 0, answer: { kind: 'order', order } }];
    const file = { ...good, assignment: graded.id, answers: { 'dns/graded:o': { tries } } };
    const submission = readSubmission('x', bytes(file), graded.id);
    return gradeOf(graded, key, submission, new Map(), facts('ann')).grade === 100;
  };
  // Shown as b, c, a: the right order takes the third, then the first, then the second.
  expect(
    [
      [2, 0, 1],
      [0, 1, 2],
      [2, 0],
      [2, 0, 9],
      [1, 2, 0],
    ].map(right),
  ).toEqual([true, false, false, false, false]);
});

test('no text of a student or a program is a tag in a report', () => {
  const nasty = fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'b', '/', 'script') });
  fc.assert(
    fc.property(nasty, nasty, nasty, (student, said, file) => {
      const words = { found: [said], feedback: '', showMe: '', failedHidden: false };
      const result = { right: false, passed: 0, total: 1, ...words };
      const one = gradeOf(last, key, tried(0), new Map([['dns/negative', result]]), facts(student));
      const problems = [{ file, student, reason: said }];
      const pages = [
        studentPage(last, one, 'http://x'),
        classPage(last, [one], statisticsOf([one]), problems, () => file),
      ];
      const tags = (html: string) => html.replaceAll(/="[^"]*"/g, '').match(/<[^>]*>/g);
      const bare = { ...result, found: [''] };
      const safe = gradeOf(last, key, tried(0), new Map([['dns/negative', bare]]), facts(''));
      expect(one.grade).toBe(safe.grade);
      expect(pages.map(tags)).toEqual(
        [
          studentPage(last, safe, 'http://x'),
          classPage(last, [safe], statisticsOf([safe]), [{ file: '', student: '', reason: '' }], () => ''),
        ].map(tags),
      );
    }),
  );
});

test('a report says what each remark is about, and what was typed stays text', () => {
  const text: Question = {
    ...{ id: 'text', kind: 'text', ask: '?', answer: 'ttl', accept: ['ttl'], right: 'Yes.', wrong: 'No.' },
    mistakes: [],
  };
  const typed = { kind: 'text', value: '<img src=x>' } as const;
  expect(toldOf(text, typed, judge(text, typed))).toEqual([
    { right: false, about: 'answered &lt;img src=x&gt;', html: 'No.' },
  ]);
  const match: Question = {
    ...{ id: 'match', kind: 'match', ask: '?' },
    pairs: [
      { left: 'A', right: 1, feedback: 'a' },
      { left: 'B', right: 0, feedback: 'b' },
    ],
    choices: [{ text: 'zero' }, { text: 'one' }, { text: 'two', feedback: 'of no use' }],
  };
  const matched = { kind: 'match', matched: [1, -1] } as const;
  expect(toldOf(match, matched, judge(match, matched)).map(({ right, about }) => [right, about])).toEqual([
    [true, 'A – one'],
    [false, 'B – nothing'],
    [true, 'two'],
  ]);
  expect(toldOf(text, undefined, undefined)).toEqual([]);
});
