// Reads quiz.yml and turns it into questions ready to be shown and judged: texts as HTML, measured answers, lines of
// programs and traces. Refuses what quiz-schema.ts refuses, and names of runs, values, files and regions that are not
// there. Called by mdx/Quiz.
import type { MatchQuestion, Question, Quiz } from '../grading/quiz.ts';
import { shuffled } from '../grading/quiz.ts';
import { complain } from './complain.ts';
import { inlineHtml } from './inline.ts';
import { lookupIn } from './lookup.ts';
import { bugQuestion, type Place, traceLineQuestion, traceQuestion } from './quiz-lines.ts';
import { readyNumber } from './quiz-numbers.ts';
import { type Entry, type QuizFile, quizSchema } from './quiz-schema.ts';
import { recordedValue } from './recorded.ts';
import { corrections } from './site.ts';
import { parseYaml, readYaml, type YamlFile } from './yaml.ts';

/** Checks the text of a quiz file. Throws ContentProblem. For tests and for readQuiz. */
export function parseQuiz(path: string, source: string): YamlFile<QuizFile> {
  return parseYaml(path, source, quizSchema);
}

/** The quiz of a chapter, its texts as HTML, its measured answers looked up. */
export async function readQuiz(chapter: string, folder: string, sandbox: string): Promise<Quiz> {
  return readyQuiz(chapter, readYaml(`${folder}/quiz.yml`, quizSchema), sandbox);
}

export async function readyQuiz(chapter: string, file: YamlFile<QuizFile>, sandbox: string): Promise<Quiz> {
  const lookup = await lookupIn(file.path, sandbox, JSON.stringify(file.value));
  const html = (source: string) => inlineHtml(source, lookup);
  const questions: Question[] = [];
  for (const [index, each] of file.value.questions.entries())
    questions.push(await ready(each, { file, sandbox, index, html }));
  return { chapter, title: file.value.title, questions, corrections };
}

async function ready(entry: Entry, place: Place): Promise<Question> {
  const { html } = place;
  const shared = { id: entry.id, ask: html(entry.ask) };
  if (entry.kind === 'bug') return bugQuestion(entry, place);
  if (entry.kind === 'trace') return traceQuestion(entry, place);
  if (entry.kind === 'trace-line') return traceLineQuestion(entry, place);
  if (entry.kind === 'match') return matchQuestion(entry, html);
  if (entry.kind === 'number') {
    const answer =
      typeof entry.answer === 'string' ? entry.answer : await measuredAnswer(entry.answer, place);
    return readyNumber(entry, answer, html, place.file, place.index);
  }
  if (entry.kind === 'order') {
    const items = entry.items.map((item) => ({ text: html(item.text), feedback: html(item.feedback) }));
    return { ...shared, kind: 'order', items, shown: shuffled(entry.id, items.length) };
  }
  if (entry.kind === 'text') {
    const { right, wrong, mistakes } = entry.feedback;
    return {
      ...shared,
      kind: 'text',
      answer: entry.answer,
      accept: entry.accept,
      right: html(right),
      wrong: html(wrong),
      mistakes: mistakes.map((known) => ({ ...known, feedback: html(known.feedback) })),
    };
  }
  const options = entry.options.map((one) => ({
    text: html(one.text),
    right: one.right,
    feedback: html(one.feedback),
  }));
  return { ...shared, kind: entry.kind, options };
}

/** What belongs to several lines stands among the choices once. */
function matchQuestion(
  entry: Extract<Entry, { kind: 'match' }>,
  html: (source: string) => string,
): MatchQuestion {
  const texts = [...new Set(entry.pairs.map((pair) => pair.right))];
  const all = [
    ...texts.map((text) => ({ text, feedback: undefined })),
    ...entry.others.map(({ text, feedback }) => ({ text, feedback })),
  ];
  const order = shuffled(entry.id, all.length);
  const choices = order.flatMap((index) => {
    const choice = all[index];
    if (choice === undefined) return [];
    const text = html(choice.text);
    return [choice.feedback === undefined ? { text } : { text, feedback: html(choice.feedback) }];
  });
  const pairs = entry.pairs.map((pair) => ({
    left: html(pair.left),
    right: order.indexOf(texts.indexOf(pair.right)),
    feedback: html(pair.feedback),
  }));
  return { kind: 'match', id: entry.id, ask: html(entry.ask), pairs, choices };
}

async function measuredAnswer(
  answer: { readonly run: string; readonly value: string },
  { file, sandbox, index }: Place,
): Promise<string> {
  const value = await recordedValue(file.path, sandbox, answer.run, answer.value);
  if (typeof value === 'number') return value.toFixed(6);
  const at = file.line(['questions', index, 'answer']);
  return complain({
    file: file.path,
    ...at,
    expected: 'a value that is a number',
    found: `'${value}'`,
    fix: 'ask for another value.',
  });
}
