// How the lab judges a reader's version: only the files of the exercise are the reader's, and a run without end is a
// result that names its limit. On a made-up runtime; no program runs.
import { expect, test } from 'vitest';
import { judge } from '../../src/islands/lab/check-run.ts';
import type { ExerciseData, LabData } from '../../src/islands/lab/data.ts';
import type { Check } from '../../src/runtime/exercise.ts';
import type { Batch, Running, RunSpec, Runtime } from '../../src/runtime/runtime.ts';

const exercise: ExerciseData = {
  name: 'e',
  title: 'E',
  text: '',
  edits: ['x/mine.ts'],
  start: { 'x/mine.ts': 'start' },
  solution: {},
  hints: [],
  feedback: {},
  limits: { seconds: 0.01, events: 5 },
};
const data: LabData = {
  sandbox: 'x',
  title: 'X',
  cluster: { name: 'x', title: 'X', machines: [{ name: 'a', program: 'mine.ts' }] },
  files: { 'x/mine.ts': 'shipped', 'x/clients.ts': 'shipped' },
  open: [],
  seed: 1,
  exercises: [exercise],
  dials: [],
  deeds: {},
  consolePrograms: () => Promise.resolve({}),
};
const check: Check = {
  seeds: 3,
  untilMs: 1000,
  plan: (seed) => [{ atNs: seed, do: 'kill', machine: 'a' }],
  judge: () => [{ name: 'kept', pass: true, expected: '', found: '' }],
};

/** A runtime whose runs of `stuckSeed` never answer, and which says so many lines each time it is asked. */
function runtimeOf(stuckSeed: number, lines = 0): Runtime & { readonly specs: RunSpec[] } {
  const batch: Batch = {
    nowNs: 0,
    events: Array.from({ length: lines }, (_, seq) => ({
      seq,
      atNs: 0,
      kind: 'log' as const,
      machine: 'a',
      stream: 'stdout' as const,
      text: '',
    })),
    machines: [],
    links: [],
    hash: '',
    idle: false,
  };
  const specs: RunSpec[] = [];
  return {
    specs,
    boot: async (spec) => {
      specs.push(spec);
      const answer = (): Promise<Batch> =>
        spec.seed === stuckSeed ? new Promise(() => undefined) : Promise.resolve(batch);
      const run: Running = {
        clock: 'virtual' as const,
        advanceTo: answer,
        step: answer,
        act: answer,
        stop: () => undefined,
      };
      return { run, first: { ...batch, events: [] } };
    },
  };
}

const asked = (signal = new AbortController().signal) => ({
  exercise,
  files: { 'x/mine.ts': 'mine', 'x/clients.ts': 'forged' },
  progress: () => undefined,
  signal,
});

test('of the reader only the files of the exercise count, whatever else was changed', async () => {
  const runtime = runtimeOf(0);
  expect(await judge(data, runtime, check, asked())).toEqual({ passed: 3, total: 3, firstFailure: null });
  expect(runtime.specs.map(({ files }) => files)).toEqual(
    Array.from({ length: 3 }, () => ({ 'x/mine.ts': 'mine', 'x/clients.ts': 'shipped' })),
  );
});

test('a run without end is a result that names its limit and can be shown', async () => {
  const { passed, firstFailure } = await judge(data, runtimeOf(2), check, asked());
  expect(passed).toBe(1);
  expect(firstFailure).toMatchObject({
    seed: 2,
    actions: [{ atNs: 2, do: 'kill', machine: 'a' }],
    findings: [{ pass: false, expected: 'a run that ends within 0.01 s, the limit of this exercise' }],
  });
});

test('a run with too many lines of trace is cut short, and has not kept its promises', async () => {
  const { firstFailure } = await judge(data, runtimeOf(0, 3), check, asked());
  expect(firstFailure?.findings.at(-1)).toMatchObject({
    pass: false,
    expected: 'at most 5 lines of trace, the limit of this exercise',
    found: 'more after 0.50 s: look for work without end',
  });
});

test('a reader who stops the check gets no verdict', async () => {
  const stop = new AbortController();
  const verdict = judge(data, runtimeOf(1), check, asked(stop.signal));
  stop.abort(new Error('stopped'));
  await expect(verdict).rejects.toThrow('stopped');
});
