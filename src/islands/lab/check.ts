// Checks a reader's version: loads the exercise's check as a module of its own, apart from the code that it judges
// (which runs in the runtime's worker), and runs it through its seeds. Its own chunk, loaded at the first check.
// Refuses a check that exports no `check`. Called by mount.tsx.
import { type Check, runExercise } from '../../runtime/exercise.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Checker, Verdict } from './checker.ts';
import type { LabData } from './data.ts';

export async function checkExercise(
  data: LabData,
  runtime: Runtime,
  { exercise, files, progress, signal }: Parameters<Checker>[0],
): Promise<Verdict> {
  const check = await loadCheck(exercise.name, exercise.check);
  progress(0, check.seeds);
  const { passed, total, firstFailure } = await runExercise({
    runtime,
    sandbox: { name: data.sandbox, cluster: data.cluster, files: { ...data.files, ...exercise.start } },
    exercise: exercise.name,
    check,
    edits: files,
    onProgress: progress,
    eventsMax: exercise.limits.events,
    signal: AbortSignal.any([signal, AbortSignal.timeout(exercise.limits.seconds * 1000)]),
  });
  if (firstFailure === undefined) return { passed, total, firstFailure: null };
  const { seed, findings, command } = firstFailure;
  return { passed, total, firstFailure: { seed, findings, command, actions: check.plan(seed) } };
}

/** The course's own code, never a reader's: it may run in the page. */
async function loadCheck(name: string, source: string): Promise<Check> {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    const module: { readonly check?: Check } = await import(/* @vite-ignore */ url);
    if (module.check === undefined) {
      throw new Error(
        `expected exercises/${name}/check.ts to export \`check\`, found no such export: add it.`,
      );
    }
    return module.check;
  } finally {
    URL.revokeObjectURL(url);
  }
}
