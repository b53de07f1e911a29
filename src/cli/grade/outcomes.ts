// The outcome of every exercise that was handed in: run once for equal code, kept in the output's folder by a hash of all that it
// depends on, so that a grading that was stopped goes on where it was. What a limit stopped is not kept. Called by grade.ts.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { fingerprint } from '../../build/fingerprint.ts';
import { inlineHtml } from '../../build/inline.ts';
import type { Check, ExerciseResult as Ran } from '../../runtime/exercise.ts';
import type { Texts } from '../../runtime/sandbox.ts';
import type { ExerciseResult } from '../../teaching/score.ts';
import type { ExerciseContent } from './content.ts';
import { ExercisePool, type PoolOutcome } from './exercise-pool.ts';
import type { HandedIn } from './handed-in.ts';
import { moduleText } from './hidden.ts';

export interface Limits {
  readonly workers: number;
  readonly cpuSecondsMax: number;
  readonly memoryMbMax: number;
}
interface Task {
  readonly hash: string;
  readonly content: ExerciseContent;
  readonly edits: Texts;
}

/** A run as a link carries at most so many characters: see islands/share/link.ts. */
const LINK_CHARACTERS_MAX = 100_000;
const kept = z.object({
  right: z.boolean(),
  passed: z.number(),
  total: z.number(),
  found: z.array(z.string()),
  feedback: z.string(),
  showMe: z.string(),
  failedHidden: z.boolean(),
});

/** By file of the submission, then by exercise. */
export async function outcomesOf(
  all: readonly HandedIn[],
  exercises: ReadonlyMap<string, ExerciseContent>,
  folder: string,
  limits: Limits,
  tell: (done: number, total: number) => void,
): Promise<Map<string, Map<string, ExerciseResult>>> {
  const marks = new Map<string, string>();
  for (const { sandbox } of exercises.values()) marks.set(sandbox.name, await fingerprint(sandbox.name));
  const wanted = all.map((one) => {
    const tasks = Object.entries(one.submission.exercises).flatMap(([name, files]) => {
      const content = exercises.get(name);
      return content === undefined ? [] : [[name, taskOf(content, files, marks)] as const];
    });
    return { file: one.file, tasks };
  });
  const tasks = new Map(wanted.flatMap((one) => one.tasks.map(([, task]) => [task.hash, task] as const)));
  const results = await runAll([...tasks.values()], folder, limits, tell);
  return new Map(
    wanted.map(({ file, tasks: own }) => {
      const found = own.flatMap(([name, task]) => {
        const result = results.get(task.hash);
        return result === undefined ? [] : [[name, result] as const];
      });
      return [file, new Map(found)];
    }),
  );
}

function taskOf(content: ExerciseContent, files: Texts, marks: ReadonlyMap<string, string>): Task {
  const { sandbox, exercise, eventsMax, hidden } = content;
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  const edits = Object.fromEntries(sorted.map(([name, text]) => [`${sandbox.name}/${name}`, text]));
  const inputs = [2, marks.get(sandbox.name), sandbox.name, exercise, eventsMax, hidden, edits];
  const hash = createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32);
  return { hash, content, edits };
}

async function runAll(
  tasks: readonly Task[],
  folder: string,
  limits: Limits,
  tell: (done: number, total: number) => void,
): Promise<Map<string, ExerciseResult>> {
  const results = new Map<string, ExerciseResult>();
  mkdirSync(join(folder, 'kept'), { recursive: true });
  const left = tasks.filter((task) => {
    const before = readKept(folder, task.hash);
    if (before !== null) results.set(task.hash, before);
    return before === null;
  });
  const files = [...new Set(left.map(({ content }) => content.checkFile))];
  const checks = new Map(files.map((file) => [file, moduleText(file)] as const));
  const pool = new ExercisePool(Math.min(limits.workers, left.length));
  tell(results.size, tasks.length);
  try {
    await Promise.all(
      left.map(async (task) => {
        const { content, edits, hash } = task;
        const { feedback: _, checkFile, ...needed } = content;
        const check = await (checks.get(checkFile) ?? moduleText(checkFile));
        const outcome = await pool.run({ ...needed, ...limits, check, edits });
        const result = await resultOf(task, outcome);
        if (outcome.kind === 'result') keep(folder, hash, result);
        results.set(hash, result);
        tell(results.size, tasks.length);
      }),
    );
  } finally {
    pool.close();
  }
  return results;
}

async function resultOf({ content, edits }: Task, outcome: PoolOutcome): Promise<ExerciseResult> {
  if (outcome.kind === 'stopped')
    return { ...nothing, right: false, passed: 0, total: 0, found: [outcome.reason] };
  const { passed, total, firstFailure } = outcome.result;
  if (firstFailure === undefined) {
    // Neither seed nor promise: whoever knows them can write for them alone.
    if (outcome.hidden === null) return { ...nothing, right: true, passed, total };
    const feedback = inlineHtml(outcome.hidden, (run, value) => `{${run}:${value}}`);
    return { ...nothing, right: false, passed, total, feedback, failedHidden: true };
  }
  const { message, finding } = firstFailure;
  const feedback = content.feedback[finding.feedback ?? ''] ?? '';
  const found = [message, ...(finding.evidence ?? [])].map((line) => line.slice(0, 500)).slice(0, 20);
  const showMe = await runInLab(content, edits, firstFailure);
  return { ...nothing, right: false, passed, total, found, feedback, showMe };
}
const nothing = { found: [], feedback: '', showMe: '', failedHidden: false };

/** As islands/share/link.ts writes it, after the site's address; '' where it is too long. */
async function runInLab(
  { sandbox, checkFile }: ExerciseContent,
  files: Texts,
  { seed, atNs }: NonNullable<Ran['firstFailure']>,
): Promise<string> {
  const { check } = (await import(pathToFileURL(checkFile).href)) as { readonly check: Check };
  const run = { sandbox: sandbox.name, seed, files, actions: check.plan(seed), atNs };
  const packed = deflateRawSync(JSON.stringify(run)).toString('base64url');
  return packed.length > LINK_CHARACTERS_MAX - 10 ? '' : `/labs/${sandbox.name}/#run=1.${packed}`;
}

function readKept(folder: string, hash: string): ExerciseResult | null {
  try {
    return kept.parse(JSON.parse(readFileSync(join(folder, 'kept', `${hash}.json`), 'utf8')));
  } catch {
    return null;
  }
}

/** Renamed into place, so that a grading that is stopped leaves whole files or none. */
function keep(folder: string, hash: string, result: ExerciseResult): void {
  const path = join(folder, 'kept', `${hash}.json`);
  writeFileSync(`${path}.new`, JSON.stringify(result));
  renameSync(`${path}.new`, path);
}
