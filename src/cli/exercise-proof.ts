// Lets one exercise prove itself in the data center: runs its start, each program under mistakes/ and its solution, and
// says what each earned and took. Refuses programs whose files are not those that exercise.yml lets edit.
// Judges nothing itself: grading/check.ts does. Called by scripts/check-exercises.ts and by the sandbox tests.
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';
import { inRepository } from '../build/root.ts';
import { type Outcome, type ProofComplaint, proofComplaints } from '../grading/check.ts';
import { type Check, type ExerciseResult, runExercise } from '../runtime/exercise.ts';
import { datacenterRuntime, type NodeDatacenter } from '../runtime/node-datacenter.ts';
import { RunProblem } from '../runtime/runtime.ts';
import { loadSandbox, type Texts } from '../runtime/sandbox.ts';

const exerciseFile = z.looseObject({
  edits: z.array(z.string()).min(1),
  seeds: z.number().int().min(1),
  limits: z.looseObject({ seconds: z.number(), events: z.number() }),
  feedback: z.record(z.string(), z.string()),
});

/** One program of an exercise and what became of it. */
export interface Proved {
  /** `start`, `mistakes/same-app`, `solution`. */
  readonly program: string;
  readonly result: ExerciseResult;
  readonly wallMs: number;
}

export interface Proof {
  readonly programs: readonly Proved[];
  /** Empty where the exercise proves itself. */
  readonly complaints: readonly ProofComplaint[];
}

interface Task {
  readonly program: string;
  readonly seeds: readonly number[];
}

/** `sandbox/exercise` of every exercise among the texts below sandboxes/. */
export function exercisesIn(texts: Texts): readonly string[] {
  return Object.keys(texts)
    .flatMap((path) => /^([^/]+)\/exercises\/([^/]+)\/exercise\.yml$/.exec(path)?.slice(1, 3).join('/') ?? [])
    .sort();
}

/**
 * Runs on two threads at once, among which the solution's seeds are dealt out, since it alone keeps all of them; or the
 * first `solutionSeedsMax` of them.
 */
export async function proveExercise(
  texts: Texts,
  name: string,
  solutionSeedsMax = Number.POSITIVE_INFINITY,
): Promise<Proof> {
  const threads = 2;
  const [sandbox = '', exercise = ''] = name.split('/');
  const folder = `${sandbox}/exercises/${exercise}`;
  const spec = exerciseFile.parse(parse(texts[`${folder}/exercise.yml`] ?? ''));
  const check = await checkOf(folder);
  if (check.seeds !== spec.seeds)
    throw problem(
      `${spec.seeds} seeds, as ${folder}/exercise.yml says`,
      `${check.seeds} in check.ts`,
      folder,
    );
  const editsOf = (program: string): Texts => programFiles(texts, folder, program, spec.edits, sandbox);
  const loaded = loadSandbox(sandbox, texts);
  const tasks = tasksOf(programsIn(texts, folder), spec.seeds, threads, solutionSeedsMax);
  const done: Proved[] = [];
  const work = async (runtime: NodeDatacenter): Promise<void> => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      const began = performance.now();
      const { program, seeds } = task;
      const eventsMax = spec.limits.events;
      const edits = editsOf(program);
      const result = await runExercise({
        runtime,
        sandbox: loaded,
        exercise,
        check,
        edits,
        eventsMax,
        seeds,
      });
      done.push({ program, result, wallMs: performance.now() - began });
    }
  };
  const runtimes = Array.from({ length: threads }, () => datacenterRuntime());
  try {
    await Promise.all(runtimes.map(work));
  } finally {
    await Promise.all(runtimes.map((runtime) => runtime.close()));
  }
  const programs = merged(done);
  const outcome = (program: string): Outcome =>
    programs.find((one) => one.program === program)?.result ?? { passed: 0, total: 0 };
  const mistakes = programs.flatMap(({ program, result }) =>
    program.startsWith('mistakes/') ? [[program.slice('mistakes/'.length), result] as const] : [],
  );
  const complaints = proofComplaints({
    exercise: name,
    feedback: Object.keys(spec.feedback),
    start: outcome('start'),
    solution: outcome('solution'),
    mistakes: Object.fromEntries(mistakes),
  });
  return { programs, complaints };
}

function programsIn(texts: Texts, folder: string): readonly string[] {
  const mistakes = Object.keys(texts).flatMap((path) =>
    path.startsWith(`${folder}/mistakes/`) ? [`mistakes/${path.slice(folder.length).split('/')[2]}`] : [],
  );
  return ['start', ...new Set(mistakes), 'solution'];
}

/** The solution first, in as many parts as there are threads: it takes longest. */
function tasksOf(programs: readonly string[], seeds: number, threads: number, most: number): Task[] {
  const all = Array.from({ length: seeds }, (_, index) => index + 1);
  const parts = Array.from({ length: threads }, (_, part) =>
    all.filter((seed) => seed <= most && seed % threads === part),
  );
  return [
    ...parts.map((part) => ({ program: 'solution', seeds: part })),
    ...programs.filter((program) => program !== 'solution').map((program) => ({ program, seeds: all })),
  ];
}

/** One line for each program; of a solution's parts the counts are added up. */
function merged(done: readonly Proved[]): readonly Proved[] {
  const by = new Map<string, Proved>();
  for (const one of done) {
    const before = by.get(one.program);
    if (before === undefined) {
      by.set(one.program, one);
      continue;
    }
    const firstFailure = before.result.firstFailure ?? one.result.firstFailure;
    by.set(one.program, {
      program: one.program,
      result: {
        passed: before.result.passed + one.result.passed,
        total: before.result.total + one.result.total,
        ...(firstFailure === undefined ? {} : { firstFailure }),
      },
      wallMs: before.wallMs + one.wallMs,
    });
  }
  return [...by.values()];
}

function programFiles(
  texts: Texts,
  folder: string,
  program: string,
  edits: readonly string[],
  sandbox: string,
): Texts {
  const root = `${folder}/${program}/`;
  const files = Object.entries(texts).filter(([path]) => path.startsWith(root));
  const names = files.map(([path]) => path.slice(root.length)).sort();
  if (names.join() !== [...edits].sort().join())
    throw problem(`${edits.join(', ')} in ${root}`, names.join(', ') || 'no file', folder);
  return Object.fromEntries(files.map(([path, text]) => [`${sandbox}/${path.slice(root.length)}`, text]));
}

async function checkOf(folder: string): Promise<Check> {
  const file = inRepository('sandboxes', folder, 'check.ts');
  const module = (await import(pathToFileURL(file).href)) as { readonly check?: Check };
  if (module.check === undefined) throw problem('`export const check`', `none in ${file}`, folder);
  return module.check;
}

function problem(expected: string, found: string, folder: string): RunProblem {
  return new RunProblem({ expected, found, fix: `correct sandboxes/${folder}` });
}
