// Where one stands: when a question comes back and when it counts as known, and what is counted in each chapter.
// Pure; the records themselves are in progress.test.ts.
import { describe, expect, test } from 'vitest';
import type { ProgressRecord } from '../../src/islands/progress/records.ts';
import { standing } from '../../src/islands/progress/review.ts';
import { markOf, Records, standingIn } from '../../src/islands/progress/summary.ts';
import { answered, dayMs } from './progress-fixtures.ts';

describe('review', () => {
  const tries = (...all: (readonly [day: number, right: boolean])[]) =>
    all.map(([at, right]) => ({ atMs: at * dayMs, right }));
  test.each([
    ['right once', tries([1, true]), { known: false, streak: 1, dueMs: 4 * dayMs }],
    [
      'wrong, then right at once',
      tries([1, false], [1.01, true]),
      { known: false, streak: 0, dueMs: 4 * dayMs },
    ],
    [
      'right twice, each when due',
      tries([1, true], [4, true]),
      { known: false, streak: 2, dueMs: 7 * dayMs },
    ],
    ['right too early', tries([1, true], [2, true]), { known: false, streak: 1, dueMs: 4 * dayMs }],
    ['wrong too early', tries([1, true], [2, false]), { known: false, streak: 0, dueMs: 5 * dayMs }],
    ['right three times', tries([1, true], [4, true], [9, true]), { known: true, streak: 3, dueMs: null }],
    [
      'known, then wrong in passing',
      tries([1, true], [4, true], [7, true], [8, false]),
      { known: true, streak: 3, dueMs: null },
    ],
    ['answered in version 1', [], { known: false, streak: 0, dueMs: 3 * dayMs }],
  ])('%s', (_, all, expected) => {
    expect(standing(all, 0)).toEqual(expected);
  });
});

test('where one stands counts what the course has today', () => {
  const plan = {
    slug: 'c',
    number: 11,
    title: 'C',
    sections: ['a', 'b', 'd'],
    predictions: ['p'],
    questions: ['q', 'r'],
    exercises: ['lb/x', 'lb/y'],
  };
  const records = new Records([
    answered(dayMs, false, true),
    { ...answered(dayMs, true), name: 'c:gone' } as ProgressRecord,
    { kind: 'read', name: 'c', atMs: 1, value: { sections: ['a', 'b', 'gone'] } },
    { kind: 'predicted', name: 'c:p', atMs: 1, value: { said: { x: 1 }, near: 1, of: 2 } },
    {
      kind: 'exercise',
      name: 'lb/x',
      atMs: 1,
      value: { checks: [{ atMs: 1, passed: true }], solutionSeen: false },
    },
    {
      kind: 'exercise',
      name: 'lb/y',
      atMs: 1,
      value: { checks: [{ atMs: 1, passed: false }], solutionSeen: true },
    },
  ]);
  const one = standingIn(plan, records, 5 * dayMs);
  expect(one).toMatchObject({ readPercent: 66, predicted: 1, near: 1, parts: 2, right: 1, answered: 1 });
  expect(one).toMatchObject({ solved: 1, tried: 2, due: 1, nextDueMs: null, known: 0 });
  expect(markOf(plan, one)).toBe('66% read · 1/2 right · 1 due');
  expect(markOf(plan, standingIn(plan, new Records([]), 0))).toBe('');
});
