// The shape of quiz.yml and graded.yml: every kind of question, and what can be said of one without knowing runs or programs.
// Refuses an option without feedback, a question without a right answer, an example that its own pattern does not
// match. What needs a run or a program is checked by quiz-file.ts. Used by quiz-file.ts alone.
import { z } from 'zod';
import { accepts, normalised } from '../grading/short-text.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9-]+$/, 'small letters, digits and hyphens');
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, 'letters and digits, a letter first');
const option = z.strictObject({ text, right: z.boolean().default(false), feedback: text });
const options = z.array(option).min(2).max(9);
const asked = { id, ask: text };

function report(
  context: z.RefinementCtx,
  expected: string,
  found: string,
  fix: string,
  path: PropertyKey[] = [],
): void {
  context.addIssue({ code: 'custom', message: expected, params: { found, fix }, path });
}

const formula = z.union([z.number(), text]).transform(String);
const parameter = z.union([
  z.strictObject({ of: z.array(z.number()).min(2) }),
  z
    .strictObject({ from: z.number(), to: z.number(), step: z.number().positive().default(1) })
    .refine((value) => value.from < value.to, '`from` below `to`'),
]);
const mistake = z.union([
  z.strictObject({ is: formula, feedback: text }),
  z.strictObject({ from: formula, to: formula, feedback: text }),
]);
const number = z
  .strictObject({
    ...asked,
    kind: z.literal('number'),
    parameters: z.record(name, parameter).default({}),
    formulas: z.record(name, formula).default({}),
    answer: z.union([formula, z.strictObject({ run: id, value: text })]),
    tolerance: formula,
    unit: z.string().default(''),
    feedback: z.strictObject({ right: text, wrong: text, mistakes: z.array(mistake).default([]) }),
  })
  .superRefine((value, context) => {
    if (typeof value.answer === 'string' || Object.keys(value.parameters).length === 0) return;
    const fix = 'take the parameters away, or work the answer out from them.';
    report(context, 'a formula where there are parameters', 'a measured value', fix, ['answer']);
  });
export type NumberEntry = z.output<typeof number>;

const pattern = text.refine((value) => {
  try {
    return new RegExp(value, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}, 'a regular expression');
const short = z
  .strictObject({
    ...asked,
    kind: z.literal('text'),
    answer: text,
    accept: z.array(pattern).default([]),
    feedback: z.strictObject({
      right: text,
      wrong: text,
      mistakes: z.array(z.strictObject({ pattern, example: text, feedback: text })).default([]),
    }),
  })
  .transform((value) => ({ ...value, accept: [escaped(value.answer), ...value.accept] }))
  .superRefine((value, context) => {
    const matching = (answer: string) => value.accept.some((each) => accepts(each, answer));
    value.feedback.mistakes.forEach((each, index, all) => {
      const at = ['feedback', 'mistakes', index];
      const said = `'${normalised(each.example)}'`;
      if (matching(each.example)) {
        report(context, 'a mistake that is not accepted as right', said, 'narrow a pattern of `accept`.', at);
      } else if (all.findIndex((other) => accepts(other.pattern, each.example)) !== index) {
        const fix = 'correct the pattern or the example (patterns see small letters).';
        report(context, 'an `example` that this `pattern` is the first to match', said, fix, at);
      }
    });
  });

const match = z
  .strictObject({
    ...asked,
    kind: z.literal('match'),
    pairs: z
      .array(z.strictObject({ left: text, right: text, feedback: text }))
      .min(2)
      .max(9),
    others: z.array(z.strictObject({ text, feedback: text })).default([]),
  })
  .superRefine((value, context) => {
    value.others.forEach((other, index) => {
      if (!value.pairs.some((pair) => pair.right === other.text)) return;
      const fix = 'remove it here.';
      report(context, 'others that belong to no pair', `'${other.text}'`, fix, ['others', index]);
    });
  });

/** `at` and `to` are part of one line's text, so that they survive lines above them. */
const marked = z.strictObject({
  at: text,
  to: text.optional(),
  right: z.boolean().default(false),
  feedback: text,
});
const lines = z.array(marked).min(1);
export type MarkedLine = z.output<typeof marked>;
const bug = z
  .strictObject({
    ...asked,
    kind: z.literal('bug'),
    file: text,
    region: text.optional(),
    lines,
    otherwise: text,
  })
  .superRefine(someRight);

/** The packets around one request of a run: the first due after `afterMs` that was lost, or was answered (by `by`). */
const traced = {
  run: id,
  request: z.strictObject({ afterMs: z.number().min(0), lost: z.boolean(), by: text.optional() }),
  beforeMs: z.number().min(0).max(1000),
  untilMs: z.number().min(0).max(5000),
};
export type TraceEntry = z.output<typeof trace>;
const trace = z
  .strictObject({
    ...asked,
    kind: z.literal('trace'),
    ...traced,
    options: z
      .array(z.strictObject({ machine: text, right: z.boolean().default(false), feedback: text }))
      .min(2),
  })
  .superRefine(oneRight);
const traceLine = z
  .strictObject({ ...asked, kind: z.literal('trace-line'), ...traced, lines, otherwise: text })
  .superRefine(someRight);

function someRight(
  value: { readonly lines: readonly { readonly right: boolean }[] },
  context: z.RefinementCtx,
) {
  if (!value.lines.some((each) => each.right))
    report(context, 'at least one line with `right: true`', 'none', 'mark the right one.');
}

function oneRight(
  value: { readonly options: readonly { readonly right: boolean }[] },
  context: z.RefinementCtx,
): void {
  const right = value.options.filter((each) => each.right).length;
  const fix = 'mark the right one, or make the question `kind: many`.';
  if (right !== 1) report(context, 'exactly one option with `right: true`', String(right), fix);
}

const question = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('one'), options }).superRefine(oneRight),
  z.strictObject({ ...asked, kind: z.literal('many'), options }).superRefine((value, context) => {
    if (!value.options.some((each) => each.right))
      report(context, 'at least one option with `right: true`', 'none', 'mark the right ones.');
  }),
  number,
  z.strictObject({
    ...asked,
    kind: z.literal('order'),
    items: z
      .array(z.strictObject({ text, feedback: text }))
      .min(2)
      .max(9),
  }),
  match,
  short,
  bug,
  trace,
  traceLine,
]);

export const quizSchema = z
  .strictObject({ title: text.default('Check yourself'), questions: z.array(question).min(1) })
  .superRefine(eachOnce);
export type QuizFile = z.output<typeof quizSchema>;

/** Random, so that it can be looked for in all that is given away: nobody else has it. */
const canary = z.string().regex(/^[A-Za-z0-9]{24,}$/, 'at least 24 random letters and digits');
/** Of few things in order there are few orders, and the shown one is never right. */
const orderedMin = 4;
export const gradedSchema = z
  .strictObject({ canary, title: text.default('Graded questions'), questions: z.array(question).min(1) })
  .superRefine(eachOnce)
  .superRefine((value, context) => {
    value.questions.forEach((each, index) => {
      if (each.kind !== 'order' || each.items.length >= orderedMin) return;
      const path = ['questions', index, 'items'];
      const found = String(each.items.length);
      report(context, `at least ${orderedMin} items to put in order`, found, 'add some.', path);
    });
  });
export type GradedFile = z.output<typeof gradedSchema>;
export type Entry = QuizFile['questions'][number];

function eachOnce(
  value: { readonly questions: readonly { readonly id: string }[] },
  context: z.RefinementCtx,
) {
  value.questions.forEach((each, index) => {
    if (value.questions.findIndex((other) => other.id === each.id) === index) return;
    const path = ['questions', index, 'id'];
    report(context, 'each question id once', `\`${each.id}\` again`, 'give it an id of its own.', path);
  });
}

/** Words as a pattern for themselves. */
function escaped(words: string): string {
  return normalised(words).replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
