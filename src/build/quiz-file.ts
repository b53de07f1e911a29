// Reads quiz.yml: the schema, what Zod alone cannot say, and the turn into questions ready to be shown and judged.
// Refuses an option without feedback, a question without a right answer, an unknown measured value. Called by mdx/Quiz.
import { z } from 'zod';
import type { Question, Quiz } from '../grading/quiz.ts';
import { shuffled } from '../grading/quiz.ts';
import { complain } from './complain.ts';
import { inlineHtml } from './inline.ts';
import { lookupIn } from './lookup.ts';
import { recordedValue } from './recorded.ts';
import { parseYaml, readYaml, type YamlFile } from './yaml.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9-]+$/, 'small letters, digits and hyphens');
const option = z.strictObject({ text, right: z.boolean().default(false), feedback: text });
const options = z.array(option).min(2).max(9);
const asked = { id, ask: text };

const question = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('one'), options }).superRefine((value, context) => {
    const right = value.options.filter((each) => each.right).length;
    if (right !== 1)
      report(
        context,
        'exactly one option with `right: true`',
        String(right),
        'mark the right one, or make the question `kind: many`.',
      );
  }),
  z.strictObject({ ...asked, kind: z.literal('many'), options }).superRefine((value, context) => {
    if (!value.options.some((each) => each.right))
      report(context, 'at least one option with `right: true`', 'none', 'mark the right ones.');
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('number'),
    answer: z.union([z.number(), z.strictObject({ run: id, value: text })]),
    tolerance: z.number().min(0),
    unit: z.string().default(''),
    feedback: z.strictObject({
      right: text,
      wrong: text,
      mistakes: z.array(z.strictObject({ from: z.number(), to: z.number(), feedback: text })).default([]),
    }),
  }),
  z.strictObject({
    ...asked,
    kind: z.literal('order'),
    items: z
      .array(z.strictObject({ text, feedback: text }))
      .min(2)
      .max(9),
  }),
]);

const quizSchema = z
  .strictObject({ title: text.default('Check yourself'), questions: z.array(question).min(1) })
  .superRefine((value, context) => {
    value.questions.forEach((each, index) => {
      if (value.questions.findIndex((other) => other.id === each.id) !== index) {
        report(context, 'each question id once', `\`${each.id}\` again`, 'give it an id of its own.', [
          'questions',
          index,
          'id',
        ]);
      }
    });
  });

type QuizFile = z.output<typeof quizSchema>;

function report(
  context: z.RefinementCtx,
  expected: string,
  found: string,
  fix: string,
  path: PropertyKey[] = [],
): void {
  context.addIssue({ code: 'custom', message: expected, params: { found, fix }, path });
}

/** Checks the text of a quiz file. Throws ContentProblem. For tests and for readQuiz. */
export function parseQuiz(path: string, source: string): YamlFile<QuizFile> {
  return parseYaml(path, source, quizSchema);
}

/** The quiz of a chapter, its texts as HTML, its measured answers looked up. */
export async function readQuiz(chapter: string, folder: string, sandbox: string): Promise<Quiz> {
  const file = readYaml(`${folder}/quiz.yml`, quizSchema);
  const html = await htmlOf(file, sandbox);
  const questions: Question[] = [];
  for (const [index, each] of file.value.questions.entries()) {
    questions.push(await ready(each, html, file, sandbox, index));
  }
  return { chapter, title: file.value.title, questions };
}

async function htmlOf(file: YamlFile<QuizFile>, sandbox: string): Promise<(source: string) => string> {
  const lookup = await lookupIn(file.path, sandbox, JSON.stringify(file.value));
  return (source) => inlineHtml(source, lookup);
}

async function ready(
  each: QuizFile['questions'][number],
  html: (source: string) => string,
  file: YamlFile<QuizFile>,
  sandbox: string,
  index: number,
): Promise<Question> {
  const shared = { id: each.id, ask: html(each.ask) };
  if (each.kind === 'order') {
    const items = each.items.map((item) => ({ text: html(item.text), feedback: html(item.feedback) }));
    return { ...shared, kind: 'order', items, shown: shuffled(each.id, items.length) };
  }
  if (each.kind === 'number') {
    const { right, wrong, mistakes } = each.feedback;
    return {
      ...shared,
      kind: 'number',
      answer:
        typeof each.answer === 'number'
          ? each.answer
          : await measuredAnswer(each.answer, file, sandbox, index),
      tolerance: each.tolerance,
      unit: each.unit,
      right: html(right),
      wrong: html(wrong),
      mistakes: mistakes.map((known) => ({ ...known, feedback: html(known.feedback) })),
    };
  }
  const shown = each.options.map((one) => ({
    text: html(one.text),
    right: one.right,
    feedback: html(one.feedback),
  }));
  return { ...shared, kind: each.kind, options: shown };
}

async function measuredAnswer(
  answer: { readonly run: string; readonly value: string },
  file: YamlFile<QuizFile>,
  sandbox: string,
  index: number,
): Promise<number> {
  const value = await recordedValue(file.path, sandbox, answer.run, answer.value);
  if (typeof value === 'number') return value;
  const at = file.line(['questions', index, 'answer']);
  return complain({
    file: file.path,
    ...at,
    expected: 'a value that is a number',
    found: `'${value}'`,
    fix: 'ask for another value.',
  });
}
