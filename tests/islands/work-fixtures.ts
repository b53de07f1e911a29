// What the tests of the student's side share: an assignment over a chapter with one question of every kind, and right answers as
// the fields of the page write them. Holds no test. Used by work.test.ts.
import { asked } from '../../src/grading/asked.ts';
import { draw } from '../../src/grading/draw.ts';
import type { Answer, Question } from '../../src/grading/quiz.ts';
import type { Catalogue } from '../../src/islands/assign/catalogue.ts';
import type { Progress } from '../../src/islands/progress/progress.ts';
import { submissionOf } from '../../src/islands/work/hand-in.ts';
import { type Content, itemsOf, type WorkQuestion } from '../../src/islands/work/items.ts';
import { keep, type } from '../../src/islands/work/store.ts';
import { readAssignment } from '../../src/teaching/assignment.ts';
import { seedOf } from '../../src/teaching/seeds.ts';
import { smallQuiz } from '../teaching/small-quiz.ts';

const file = {
  format: 'brownout-assignment',
  version: 1,
  title: 'Week 4',
  course: '0.2.0',
  items: [
    { kind: 'quiz', chapter: 'small', pool: 'graded', questions: 'all', weight: 3 },
    { kind: 'quiz', chapter: 'small', questions: ['rate', 'gone'], weight: 1 },
    { kind: 'quiz', chapter: 'nowhere', questions: 'all', weight: 0 },
    { kind: 'exercise', exercise: 'lb/retry', weight: 0 },
    { kind: 'exercise', exercise: 'lb/none', weight: 0 },
  ],
  due: { local: '2026-03-10T23:59', zone: 'America/New_York' },
  late: [
    { afterHours: 0, percent: 80 },
    { afterHours: 36, percent: 0 },
  ],
  triesMax: 2,
  salt: 'some-salt',
};
export const read = (more: object = {}) => readAssignment('a.json', JSON.stringify({ ...file, ...more }));
export const assignment = read();
const exercise = {
  name: 'lb/retry',
  title: 'Retry',
  href: '/x/',
  edits: ['lb/retry.ts'],
  workspace: 'lb/retry',
};
export const catalogue: Catalogue = {
  course: '0.1.0',
  chapters: [{ slug: 'small', number: 1, title: 'Small', practice: [], graded: [], exercises: [exercise] }],
};
const questions = smallQuiz.map(asked);
const small = { chapter: 'small', title: 'Small', practice: questions, graded: questions };
export const content: Content = { catalogue, questions: new Map([['small', small]]) };
export const bytes = (text: string) => new TextEncoder().encode(text);

export function questionsFor(student: string): WorkQuestion[] {
  return itemsOf(assignment, content, student).flatMap((item) =>
    item.kind === 'quiz' ? item.questions : [],
  );
}

function rightAnswer(question: Question, one: WorkQuestion, student: string): Answer {
  if (question.kind === 'number') {
    const { template } = question;
    return {
      kind: 'number',
      value: (template ? draw(template, seedOf(assignment.salt, one.name, student)) : question).answer,
    };
  }
  if (question.kind === 'text') return { kind: 'text', value: question.answer };
  // As the fields write it: places of the order shown.
  if (question.kind === 'order')
    return { kind: 'order', order: question.items.map((_, item) => question.shown.indexOf(item)) };
  if (question.kind === 'match') return { kind: 'match', matched: question.pairs.map(({ right }) => right) };
  const all = question.kind === 'line' ? question.lines : question.options;
  return { kind: question.kind, chosen: all.flatMap(({ right }, index) => (right ? [index] : [])) };
}

/** Everything answered rightly: the graded questions kept, the others only typed. */
export function answerAll(progress: Progress, student: string): void {
  for (const one of questionsFor(student)) {
    const question = smallQuiz.find(({ id }) => id === one.question.id);
    if (question === undefined) throw new Error(`expected the key of ${one.name}, found none`);
    const answer = rightAnswer(question, one, student);
    type(progress, one.record, answer, false);
    if (one.name.includes('/graded:')) keep(progress, one, answer, assignment.triesMax);
  }
}

export const handIn = (progress: Progress, student: string) =>
  submissionOf(progress, assignment, student, itemsOf(assignment, content, student), '0.1.0');
