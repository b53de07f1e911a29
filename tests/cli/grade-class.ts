// A made-up class that hands in work of every kind, and the assignment that it is for. Holds no test.
// Used by grade.test.ts.
import { readFileSync } from 'node:fs';
import type { Template } from '../../src/grading/draw.ts';
import { draw } from '../../src/grading/draw.ts';
import { idOf } from '../../src/teaching/assignment.ts';
import { seedOf } from '../../src/teaching/seeds.ts';

export const assignment = {
  format: 'brownout-assignment' as const,
  version: 1 as const,
  title: '=Scaling <out>',
  course: (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
  items: [
    {
      kind: 'quiz' as const,
      chapter: 'scaling-out',
      questions: ['room-for-one', 'why-waiting-grows'],
      weight: 1,
    },
    { kind: 'exercise' as const, exercise: 'dns/negative', weight: 3 },
  ],
  due: { local: '2026-11-20T12:00', zone: 'Europe/Vienna' },
  late: [
    { afterHours: 0, percent: 80 },
    { afterHours: 24, percent: 50 },
  ],
  attempts: 'last' as const,
  points: 100,
  salt: 'salt-of-this-test',
};
export const id = idOf(assignment);
/** Its quiz alone, which needs no data center. */
export const quizOnly = { ...assignment, items: assignment.items.slice(0, 1) };
export const inTimeMs = Date.parse('2026-11-20T10:00:00Z');

/** As quiz.yml has it: only what the numbers depend on. */
const template: Template = {
  id: 'room-for-one',
  parameters: { machines: { from: 4, to: 9, step: 1 }, each: { of: [20, 25, 40, 50] } },
  formulas: {},
  ask: '',
  answer: 'each * (machines - 1)',
  tolerance: '0.001',
  unit: '',
  right: '',
  wrong: '',
  mistakes: [],
};
const rightNumber = (student: string) =>
  draw(template, seedOf(assignment.salt, 'scaling-out:room-for-one', student)).answer;
const programs = 'sandboxes/dns/exercises/negative';
export const solution = readFileSync(`${programs}/solution/negative.ts`, 'utf8');
export const start = readFileSync(`${programs}/start/negative.ts`, 'utf8');

interface Work {
  readonly student: string;
  readonly code?: string;
  /** Which option, and how far from the right number. */
  readonly option?: number;
  readonly off?: number;
  readonly more?: object;
}

export function work({ student, code, option = 0, off = 0, more = {} }: Work): string {
  const tries = (atMs: number, answer: object) => ({ tries: [{ atMs, answer }] });
  return JSON.stringify({
    format: 'brownout-submission',
    version: 1,
    assignment: id,
    student,
    course: assignment.course,
    answers: {
      'scaling-out:room-for-one': tries(1000, { kind: 'number', value: rightNumber(student) + off }),
      'scaling-out:why-waiting-grows': tries(2000, { kind: 'one', chosen: [option] }),
    },
    exercises: code === undefined ? {} : { 'dns/negative': { 'negative.ts': code } },
    ...more,
  });
}

/** Nothing inside a JavaScript engine interrupts a regular expression. */
export const endless = "/^(a+)+$/.test('a'.repeat(60) + '!');";
/** Tries to leave its machine by every way that Node has. */
export const hostile = `
import fs from 'node:fs';
try { fs.writeFileSync('/tmp/brownout-was-here', 'x'); fs.writeFileSync('grades.csv', 'x'); } catch {}
try { process.send?.({ kind: 'result', result: { passed: 10, total: 10 } }); } catch {}
try { postMessage({ kind: 'result', result: { passed: 10, total: 10 } }); } catch {}
process.exit(0);
`;
