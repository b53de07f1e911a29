// Reads quiz.yml and graded.yml and turns them into questions ready to be shown and judged: texts as HTML, measured
// answers, lines of programs and traces. Refuses what quiz-schema.ts refuses, and names of runs, values, files and
// regions that are not there. What readGraded returns is the key: a page may show no more of it than grading/asked.ts
// leaves. Called by mdx/Quiz, pages/work and the command line.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type AskedQuestion, asked } from '../grading/asked.ts';
import type { MatchQuestion, Question, Quiz } from '../grading/quiz.ts';
import { shuffled } from '../grading/quiz.ts';
import { complain } from './complain.ts';
import { inlineHtml } from './inline.ts';
import { lookupIn } from './lookup.ts';
import { bugQuestion, type Place, traceLineQuestion, traceQuestion } from './quiz-lines.ts';
import { readyNumber } from './quiz-numbers.ts';
import { type Entry, type GradedFile, gradedSchema, type QuizFile, quizSchema } from './quiz-schema.ts';
import { recordedValue } from './recorded.ts';
import { inRepository } from './root.ts';
import { corrections } from './site.ts';
import { parseYaml, readYaml, type YamlFile } from './yaml.ts';

/** Checks the text of a quiz file. Throws ContentProblem. For tests and for readQuiz. */
export function parseQuiz(path: string, source: string): YamlFile<QuizFile> {
  return parseYaml(path, source, quizSchema);
}

export function parseGraded(path: string, source: string): YamlFile<GradedFile> {
  return parseYaml(path, source, gradedSchema);
}

/** Null where the chapter has no graded questions. */
export function gradedFile(folder: string): YamlFile<GradedFile> | null {
  const path = `${folder}/graded.yml`;
  return existsSync(inRepository(path)) ? readYaml(path, gradedSchema) : null;
}

/** The quiz of a chapter, its texts as HTML, its measured answers looked up. */
export async function readQuiz(chapter: string, folder: string, sandbox: string): Promise<Quiz> {
  return readyQuiz(chapter, readYaml(`${folder}/quiz.yml`, quizSchema), sandbox);
}

/** The graded questions of a chapter with their key; none where it has no such file. */
export async function readGraded(folder: string, sandbox: string): Promise<readonly Question[]> {
  const file = gradedFile(folder);
  return file === null ? [] : readyQuestions(file, sandbox);
}

/** What a page may have of both, by the chapter's folder. */
export async function readAsked(
  folder: string,
  sandbox: string,
): Promise<{ readonly practice: readonly AskedQuestion[]; readonly graded: readonly AskedQuestion[] }> {
  const practice = await readyQuestions(readYaml(`${folder}/quiz.yml`, quizSchema), sandbox);
  const graded = await readGraded(folder, sandbox);
  return { practice: practice.map(asked), graded: graded.map(asked) };
}

export async function readyQuiz(chapter: string, file: YamlFile<QuizFile>, sandbox: string): Promise<Quiz> {
  const questions = await readyQuestions(file, sandbox);
  return { chapter, title: file.value.title, questions, corrections };
}

export async function readyQuestions(
  file: YamlFile<QuizFile | GradedFile>,
  sandbox: string,
): Promise<readonly Question[]> {
  const lookup = await lookupIn(file.path, sandbox, JSON.stringify(file.value));
  const html = (source: string) => inlineHtml(source, lookup);
  const canary = 'canary' in file.value ? file.value.canary : null;
  const questions: Question[] = [];
  for (const [index, each] of file.value.questions.entries()) {
    const seed = canary === null ? each.id : secretSeed(canary, each.id);
    const question = await ready(each, { file, sandbox, index, html }, seed);
    questions.push(canary === null ? question : withOptionsMixed(question, canary));
  }
  return questions;
}

/** A shuffle that anyone can work out tells the right order: of graded questions it hangs on the canary. */
function secretSeed(canary: string, id: string): string {
  return createHash('sha256').update(`${canary} ${id}`).digest('hex');
}

/** Authors like to write the right option first. */
function withOptionsMixed(question: Question, canary: string): Question {
  if (question.kind !== 'one' && question.kind !== 'many') return question;
  const drawn = question.options.map((option) => ({ option, place: secretSeed(canary, option.text) }));
  drawn.sort((one, other) => (one.place < other.place ? -1 : 1));
  return { ...question, options: drawn.map(({ option }) => option) };
}

async function ready(entry: Entry, place: Place, seed: string): Promise<Question> {
  const { html } = place;
  const shared = { id: entry.id, ask: html(entry.ask) };
  if (entry.kind === 'bug') return bugQuestion(entry, place);
  if (entry.kind === 'trace') return traceQuestion(entry, place);
  if (entry.kind === 'trace-line') return traceLineQuestion(entry, place);
  if (entry.kind === 'match') return matchQuestion(entry, html, seed);
  if (entry.kind === 'number') {
    const answer =
      typeof entry.answer === 'string' ? entry.answer : await measuredAnswer(entry.answer, place);
    return readyNumber(entry, answer, html, place.file, place.index);
  }
  if (entry.kind === 'order') {
    const items = entry.items.map((item) => ({ text: html(item.text), feedback: html(item.feedback) }));
    return { ...shared, kind: 'order', items, shown: shuffled(seed, items.length) };
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
  seed: string,
): MatchQuestion {
  const texts = [...new Set(entry.pairs.map((pair) => pair.right))];
  const all = [
    ...texts.map((text) => ({ text, feedback: undefined })),
    ...entry.others.map(({ text, feedback }) => ({ text, feedback })),
  ];
  const order = shuffled(seed, all.length);
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
