// Whether an exercise proves itself: every way in which it may not, in the words an author will read.
// Outcomes are made up; real ones come from tests/sandboxes/exercises.test.ts.
import { expect, test } from 'vitest';
import { type ExerciseProof, type Outcome, proofComplaints } from '../../src/grading/check.ts';

const fails = (feedback: string): Outcome => ({
  passed: 1,
  total: 50,
  firstFailure: { seed: 2, message: `seed=2: ${feedback}`, finding: { feedback } },
});
const passes: Outcome = { passed: 50, total: 50 };
const good: ExerciseProof = {
  exercise: 's/e',
  feedback: ['none', 'a', 'b', 'c'],
  start: fails('none'),
  solution: passes,
  mistakes: { a: fails('a'), b: fails('b'), c: fails('c') },
};

test('a good exercise has no complaints', () => expect(proofComplaints(good)).toEqual([]));

test('says what an exercise fails to prove', () => {
  const say = (proof: Partial<ExerciseProof>) =>
    proofComplaints({ ...good, ...proof }).map(
      (one) => `expected ${one.expected}, found ${one.found}: ${one.fix}`,
    );
  expect(say({ start: passes })).toEqual([
    'expected start of s/e to fail, found 50 of 50 seeds kept: leave something to do, or make the check stricter',
  ]);
  expect(say({ solution: fails('a') })).toEqual([
    'expected solution of s/e to keep all 50 seeds, found seed=2: a: mend the solution or the check',
  ]);
  expect(say({ mistakes: { a: fails('a'), b: fails('a'), c: passes } })).toEqual([
    "expected mistakes/b of s/e to earn 'b', found 'a' (seed=2: a): correct the check, or rename the mistake",
    "expected mistakes/c of s/e to earn 'c', found 50 of 50 seeds kept: correct the check, or rename the mistake",
  ]);
  expect(say({ start: fails('zzz') })).toEqual([
    "expected feedback for start among 'none', 'a', 'b', 'c', found 'zzz': write it in exercise.yml, or correct the id",
  ]);
  expect(say({ mistakes: {} })).toEqual([
    'expected 3 programs or more under mistakes/ of s/e, found none: write more of them',
  ]);
});
