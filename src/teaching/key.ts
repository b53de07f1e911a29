// key.json, version 1: what is right in the graded questions, and the hidden checks; for the grader alone. Refuses unknown fields and
// a key that does not belong to an assignment: of another version, or without a chapter, question or exercise of it. Pure.
// Written by `brownout key`, read by `brownout grade`.
import { z } from 'zod';
import type { Question } from '../grading/quiz.ts';
import { RunProblem } from '../runtime/runtime.ts';
import type { Assignment } from './assignment.ts';
import { readJson } from './explain.ts';

const text = z.string();
const asked = { id: text, ask: text };
const option = z.strictObject({ text, right: z.boolean(), feedback: text });
const exhibit = z.strictObject({ caption: text, head: z.array(text), rows: z.array(z.array(text)) });
const parameter = z.union([
  z.strictObject({ from: z.number(), to: z.number(), step: z.number().positive() }),
  z.strictObject({ of: z.array(z.number()).min(1) }),
]);
const template = z.strictObject({
  ...asked,
  parameters: z.record(text, parameter),
  formulas: z.record(text, text),
  answer: text,
  tolerance: text,
  unit: text,
  right: text,
  wrong: text,
  mistakes: z.array(z.strictObject({ from: text, to: text, feedback: text })),
});
const question = z.discriminatedUnion('kind', [
  z.strictObject({
    ...asked,
    kind: z.enum(['one', 'many']),
    options: z.array(option),
    exhibit: exhibit.exactOptional(),
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('number'),
    answer: z.number(),
    tolerance: z.number(),
    unit: text,
    right: text,
    wrong: text,
    mistakes: z.array(z.strictObject({ from: z.number(), to: z.number(), feedback: text })),
    template: template.exactOptional(),
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('order'),
    items: z.array(z.strictObject({ text, feedback: text })),
    shown: z.array(z.number().int().min(0)),
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('match'),
    pairs: z.array(z.strictObject({ left: text, right: z.number().int().min(0), feedback: text })),
    choices: z.array(z.strictObject({ text, feedback: text.exactOptional() })),
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('text'),
    answer: text,
    accept: z.array(text),
    right: text,
    wrong: text,
    mistakes: z.array(z.strictObject({ pattern: text, example: text, feedback: text })),
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('line'),
    caption: text,
    source: z.enum(['code', 'trace']),
    lines: z.array(option.extend({ no: z.number() })),
    otherwise: text,
  }),
]) satisfies z.ZodType<Question>;

/** What an exercise is judged by besides its page's check: a module that imports nothing; '' where there is no more. */
const hiddenCheck = z.strictObject({ seeds: z.array(z.number().int().min(1)), check: text });
export type HiddenCheck = z.output<typeof hiddenCheck>;

export const keySchema = z.strictObject({
  format: z.literal('brownout-key'),
  version: z.literal(1),
  /** The course's version that it was made of. */
  course: text,
  /** Those of its chapters: what nothing but a key may hold. */
  canary: text,
  /** The graded questions of each chapter that has any. */
  chapters: z.record(text, z.array(question)),
  /** By `sandbox/exercise`, all of the course. */
  exercises: z.record(text, hiddenCheck),
});
export type KeyFile = z.output<typeof keySchema>;

/** Throws RunProblem, also where the key does not belong to the assignment. */
export function readKey(name: string, source: string, assignment: Assignment): KeyFile {
  const key = readJson(name, source, keySchema);
  const refuse = (expected: string, found: string): RunProblem =>
    new RunProblem({
      file: name,
      expected,
      found,
      fix: `make it anew by \`brownout key --out FILE\` in version ${assignment.course} of the course, or grade without --key there.`,
    });
  if (key.course !== assignment.course)
    throw refuse(`a key of version ${assignment.course} of the course, as the assignment`, key.course);
  for (const item of assignment.items) {
    if (item.kind === 'exercise') {
      if (Object.hasOwn(key.exercises, item.exercise)) continue;
      throw refuse(`the exercise ${item.exercise}`, listed(Object.keys(key.exercises)));
    }
    if (item.pool !== 'graded') continue;
    const questions = Object.hasOwn(key.chapters, item.chapter) ? key.chapters[item.chapter] : undefined;
    if (questions === undefined)
      throw refuse(`graded questions of ${item.chapter}`, listed(Object.keys(key.chapters)));
    const ids = questions.map(({ id }) => id);
    const lacking = item.questions === 'all' ? undefined : item.questions.find((id) => !ids.includes(id));
    if (lacking !== undefined)
      throw refuse(`the graded question '${lacking}' of ${item.chapter}`, listed(ids));
  }
  return key;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : `only ${names.join(', ')}`;
}
