// What an assignment's items are in this checkout of the course: the questions with their key, the exercises with their checks.
// Refuses, with a RunProblem, chapters, questions and exercises that are not there. Called by grade.ts.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { chapterOf, writtenChapters } from '../../build/chapter.ts';
import { inlineHtml } from '../../build/inline.ts';
import { readLab } from '../../build/lab-file.ts';
import { gradedFile, readyQuestions } from '../../build/quiz-file.ts';
import { quizSchema } from '../../build/quiz-schema.ts';
import { inRepository } from '../../build/root.ts';
import { readYaml } from '../../build/yaml.ts';
import type { Question } from '../../grading/quiz.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import { loadSandbox, type Sandbox, type Texts } from '../../runtime/sandbox.ts';
import { type Assignment, itemName, type QuizItem } from '../../teaching/assignment.ts';
import type { HiddenCheck, KeyFile } from '../../teaching/key.ts';
import type { Key } from '../../teaching/score.ts';
import { hiddenCheckOf } from './hidden.ts';

export interface ExerciseContent {
  readonly sandbox: Sandbox;
  readonly exercise: string;
  /** Names of the files that may be handed in. */
  readonly edits: readonly string[];
  readonly eventsMax: number;
  readonly seedsMax: number;
  readonly checkFile: string;
  /** Run where the page's check has passed. */
  readonly hidden: HiddenCheck;
  /** The course's words on each known mistake, as HTML. */
  readonly feedback: Readonly<Record<string, string>>;
}

const exerciseFile = z.looseObject({
  edits: z.array(z.string()).min(1),
  seeds: z.number(),
  limits: z.looseObject({ events: z.number() }),
  feedback: z.record(z.string(), z.string()).default({}),
});

export function courseVersion(): string {
  const file: unknown = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(file).version;
}

/** Graded questions come from `given`, where there is a key; practice has its key in quiz.yml. */
export async function keyOf(file: string, { items }: Assignment, given: KeyFile | null): Promise<Key> {
  const key = new Map<string, readonly Question[]>();
  for (const item of items) {
    if (item.kind !== 'quiz') continue;
    const { pool, chapter, questions } = item;
    const all = pool === 'graded' ? given?.chapters[chapter] : undefined;
    const chosen = all?.filter(({ id }) => questions === 'all' || questions.includes(id));
    key.set(itemName(item), chosen ?? (await questionsOf(file, item)));
  }
  return key;
}

/** Only the questions asked for are made ready: others may need runs that nobody has recorded yet. */
async function questionsOf(file: string, item: QuizItem): Promise<readonly Question[]> {
  const there = writtenChapters();
  if (!there.includes(item.chapter))
    throw missing(file, `a chapter (${there.join(', ')})`, `'${item.chapter}'`);
  const { folder } = chapterOf(item.chapter);
  const isGraded = item.pool === 'graded';
  const yaml = isGraded ? gradedFile(folder) : readYaml(`${folder}/quiz.yml`, quizSchema);
  if (yaml === null) throw missing(file, `graded questions of ${item.chapter}`, `no ${folder}/graded.yml`);
  const all = yaml.value.questions;
  const wanted = item.questions === 'all' ? all.map(({ id }) => id) : item.questions;
  const unknown = wanted.find((id) => !all.some((question) => question.id === id));
  if (unknown !== undefined) {
    const ids = all.map(({ id }) => id).join(', ');
    throw missing(file, `${isGraded ? 'graded ' : ''}questions of ${item.chapter} (${ids})`, `'${unknown}'`);
  }
  const questions = all.filter(({ id }) => wanted.includes(id));
  const places = questions.map((question) => all.indexOf(question));
  const line: typeof yaml.line = ([first, index, ...rest]) =>
    yaml.line(first === 'questions' ? [first, places[Number(index)] ?? 0, ...rest] : []);
  const asked = { path: yaml.path, value: { ...yaml.value, questions }, line };
  return readyQuestions(asked, readLab(folder).value.sandbox);
}

/** By `sandbox/exercise`. */
export async function exercisesOf(
  file: string,
  { items }: Assignment,
  texts: Texts,
  given: KeyFile | null,
): Promise<Map<string, ExerciseContent>> {
  const all = Object.keys(texts).flatMap(
    (path) => /^([^/]+)\/exercises\/([^/]+)\/exercise\.yml$/.exec(path)?.slice(1).join('/') ?? [],
  );
  const found = new Map<string, ExerciseContent>();
  for (const item of items) {
    if (item.kind !== 'exercise') continue;
    if (!all.includes(item.exercise))
      throw missing(file, `an exercise (${all.sort().join(', ')})`, `'${item.exercise}'`);
    const [sandbox = '', exercise = ''] = item.exercise.split('/');
    const folder = `${sandbox}/exercises/${exercise}`;
    const spec = exerciseFile.parse(parse(texts[`${folder}/exercise.yml`] ?? ''));
    const html = (text: string) => inlineHtml(text, (run, value) => `{${run}:${value}}`);
    found.set(item.exercise, {
      sandbox: loadSandbox(sandbox, texts),
      exercise,
      edits: spec.edits,
      eventsMax: spec.limits.events,
      seedsMax: spec.seeds,
      checkFile: inRepository('sandboxes', folder, 'check.ts'),
      hidden: given?.exercises[item.exercise] ?? (await hiddenCheckOf(item.exercise, spec.seeds)),
      feedback: Object.fromEntries(Object.entries(spec.feedback).map(([id, text]) => [id, html(text)])),
    });
  }
  return found;
}

function missing(file: string, expected: string, found: string): RunProblem {
  const fix = 'correct the name, or grade with the version of the course that has it.';
  return new RunProblem({ file, expected, found, fix });
}
