// A made-up class of 200 that hands in work of every kind, by a seed: who they are, what they hand in, and what they must get for
// it. Knows the key; grades nothing with the course's own code but the numbers that a question draws. Used by class.ts.
import { draw } from '../src/grading/draw.ts';
import type { Answer, Question } from '../src/grading/quiz.ts';
import { seedOf } from '../src/teaching/seeds.ts';
import { hostile, wrongPrograms } from './class-programs.ts';

/** How many of each kind there are; 200 in all. */
export const kinds = {
  right: 62,
  wrong: 36,
  late: 20,
  'cut short': 12,
  throws: 6,
  'reads files': 6,
  network: 6,
  pollution: 6,
  forged: 6,
  endless: 4,
  memory: 2,
  huge: 6,
  duplicate: 10,
  'other assignment': 10,
  'edited score': 8,
} as const;
export type Kind = keyof typeof kinds;

/** Why a file of this kind must be refused; none where it is graded. */
export const reasons: Partial<Record<Kind, RegExp>> = {
  'cut short': /^expected JSON, found text that is not JSON, or is cut short/,
  huge: /^expected at most 2,000,000 bytes, found more when unpacked/,
  duplicate: /^expected one file of moodle \d+, found another in /,
  'other assignment': /^expected work for this assignment \([0-9a-f]{16}\), found work for 0123456789abcdef/,
  'edited score': /^expected only known fields in the file, found 'score'/,
};
/** What the report of a program that was stopped must say. */
export const stopped: Partial<Record<Kind, RegExp>> = {
  endless: /stopped: it took more than [\d.]+ s of processor time/,
  memory: /stopped: it took more than \d+ MB of memory/,
};

export interface Class {
  readonly salt: string;
  readonly assignment: string;
  readonly course: string;
  readonly questions: ReadonlyMap<string, Question>;
  readonly exercise: string;
  readonly file: string;
  readonly solution: string;
  readonly start: string;
  readonly triesMax: number;
}
/** What one must get, by the plan alone. */
export interface Person {
  readonly number: number;
  readonly kind: Kind;
  /** Hours after the due time. */
  readonly lateHours: number;
  /** By name of question. */
  readonly questions: ReadonlyMap<
    string,
    { readonly right: boolean; readonly first: boolean; readonly minutes: number }
  >;
  readonly exercise: boolean;
  readonly files: Readonly<Record<string, string>>;
}

export function classOf(seed: number, given: Class): Person[] {
  const chance = chanceFrom(seed);
  const all = Object.entries(kinds).flatMap(([kind, count]) =>
    Array.from({ length: count }, () => kind as Kind),
  );
  // Mixed, so that hostile work runs between the others' in the same processes.
  for (let index = all.length - 1; index > 0; index--) {
    const other = Math.floor(chance() * (index + 1));
    [all[index], all[other]] = [all[other] as Kind, all[index] as Kind];
  }
  return all.map((kind, index) => personOf(index + 1, kind, given, chance));
}

function personOf(number: number, kind: Kind, given: Class, chance: () => number): Person {
  const student = `student-${number}`;
  const skill = kind === 'wrong' ? 0.15 : 0.4 + 0.6 * chance();
  const questions = new Map<string, { right: boolean; first: boolean; minutes: number }>();
  const answers: Record<string, { tries: { atMs: number; answer: Answer }[] }> = {};
  for (const [name, asked] of given.questions) {
    if (chance() < 0.05) continue;
    const tries = Array.from({ length: 1 + Math.floor(chance() * 4) }, () => chance() < skill);
    const times = tries.map((_, index) => 1_000_000 + index * 60_000 * (1 + Math.floor(chance() * 3)));
    const question =
      asked.kind === 'number' && asked.template
        ? draw(asked.template, seedOf(given.salt, name, student))
        : asked;
    answers[name] = {
      tries: tries.map((right, index) => ({ atMs: times[index] ?? 0, answer: answerTo(question, right) })),
    };
    const looked = tries.slice(0, given.triesMax);
    const seen = times.slice(0, given.triesMax);
    const minutes = (Math.max(...seen) - Math.min(...seen)) / 60_000;
    questions.set(name, { right: looked.includes(true), first: looked[0] === true, minutes });
  }
  const [code, solves] = programOf(number, kind, given, chance);
  const submission = {
    format: 'brownout-submission',
    version: 1,
    assignment: kind === 'other assignment' ? '0123456789abcdef' : given.assignment,
    student,
    course: given.course,
    answers,
    exercises: { [given.exercise]: { [given.file]: code } },
    ...(kind === 'edited score' ? { score: 100 } : {}),
  };
  const text = JSON.stringify(submission);
  const files: Record<string, string> = {
    [`${student}.submission.json`]: kind === 'cut short' ? text.slice(0, Math.floor(text.length / 2)) : text,
  };
  if (kind === 'duplicate')
    files[`${student}-again.submission.json`] = JSON.stringify({ ...submission, answers: {} });
  const lateHours = kind === 'late' ? 1 + Math.floor(chance() * 60) : -1 - Math.floor(chance() * 100);
  return { number, kind, lateHours, questions, exercise: solves, files };
}

/** Every attack is another text; of the others some are equal, which are run once for all. */
function programOf(
  number: number,
  kind: Kind,
  given: Class,
  chance: () => number,
): readonly [code: string, solves: boolean] {
  const signed = (text: string, of: number) => `${text}\n// ${number % of}\n`;
  if (kind === 'huge') return ['x'.repeat(2_100_000), false];
  const attack = hostile(kind, given.start);
  if (attack !== null) return [signed(attack, 1000), false];
  if (kind === 'wrong' || chance() < 0.15) {
    const all = wrongPrograms(given.start);
    return [signed(all[Math.floor(chance() * all.length)] ?? given.start, 3), false];
  }
  return [signed(given.solution, 10), true];
}

function answerTo(question: Question, right: boolean): Answer {
  if (question.kind === 'number')
    return { kind: 'number', value: right ? question.answer : question.answer * 7 + 3 };
  if (question.kind === 'text') return { kind: 'text', value: right ? question.answer : 'something else' };
  if (question.kind === 'order') {
    const places = question.items.map((_, item) => question.shown.indexOf(item));
    return { kind: 'order', order: right ? places : places.toReversed() };
  }
  if (question.kind === 'match') {
    const matched = question.pairs.map((pair) => pair.right);
    const count = question.choices.length;
    return { kind: 'match', matched: right ? matched : matched.map((one) => (one + 1) % count) };
  }
  const list = question.kind === 'line' ? question.lines : question.options;
  const rights = list.flatMap((one, index) => (one.right ? [index] : []));
  const wrongs = list.flatMap((one, index) => (one.right ? [] : [index]));
  const chosen = right ? (question.kind === 'many' ? rights : rights.slice(0, 1)) : wrongs.slice(0, 1);
  return { kind: question.kind, chosen };
}

/** From 0 to below 1 (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
