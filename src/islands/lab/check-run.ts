// Judges a reader's version with a loaded check: only the files that the exercise lets edit are the reader's, and a run
// that does not end within the exercise's limit is a result like any other. Apart from check.ts, which loads the check.
import { type Check, type ExerciseResult, runExercise } from '../../runtime/exercise.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Checker, Verdict } from './checker.ts';
import type { LabData } from './data.ts';

type Request = Parameters<Checker>[0];

/** Ends a run that takes too long at the desk. The clock starts anew when a run has booted: loading does not count. */
class Limit {
  readonly #late = new AbortController();
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(seconds: number) {
    this.#ms = seconds * 1000;
  }

  get signal(): AbortSignal {
    return this.#late.signal;
  }

  watched(runtime: Runtime): Runtime {
    return {
      boot: async (spec) => {
        this.stop();
        const booted = await runtime.boot(spec);
        this.#timer = setTimeout(() => this.#late.abort(), this.#ms);
        return booted;
      },
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

export async function judge(
  data: LabData,
  runtime: Runtime,
  check: Check,
  { exercise, files, progress, signal }: Request,
): Promise<Verdict> {
  const limit = new Limit(exercise.limits.seconds);
  const either = AbortSignal.any([signal, limit.signal]);
  let done = 0;
  progress(0, check.seeds);
  const work = runExercise({
    runtime: limit.watched(runtime),
    sandbox: { name: data.sandbox, cluster: data.cluster, files: { ...data.files, ...exercise.start } },
    exercise: exercise.name,
    check,
    edits: Object.fromEntries(exercise.edits.map((path) => [path, files[path] ?? ''])),
    onProgress: (passed, total) => {
      done = passed;
      progress(passed, total);
    },
    eventsMax: exercise.limits.events,
    signal: either,
  });
  try {
    return verdictOf(await Promise.race([work, rejection(either)]), check);
  } catch (error) {
    if (signal.aborted || !limit.signal.aborted) throw error;
    return tooLate(data, check, exercise, done);
  } finally {
    limit.stop();
  }
}

function verdictOf({ passed, total, firstFailure }: ExerciseResult, check: Check): Verdict {
  if (firstFailure === undefined) return { passed, total, firstFailure: null };
  const { seed, findings, command } = firstFailure;
  return { passed, total, firstFailure: { seed, findings, command, actions: check.plan(seed) } };
}

function tooLate(data: LabData, check: Check, exercise: Request['exercise'], passed: number): Verdict {
  const seed = passed + 1;
  const finding = {
    name: 'each run ends in time',
    pass: false,
    expected: `a run that ends within ${exercise.limits.seconds} s, the limit of this exercise`,
    found: 'one that was still running: look for work without end',
  };
  const command = `npx brownout check ${data.sandbox}/${exercise.name} --seed ${seed}`;
  const firstFailure = { seed, findings: [finding], command, actions: check.plan(seed) };
  return { passed, total: check.seeds, firstFailure };
}

/** Rejects when the signal says so, even if a run never answers. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
