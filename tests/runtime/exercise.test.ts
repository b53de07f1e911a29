// The exercise runner on a made-up runtime: seeds in order, the first broken promise, slices, limits, the signal.
// Boots nothing real; the sandboxes' own exercises run in tests/sandboxes/exercises.test.ts.
import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import { type Check, runExercise } from '../../src/runtime/exercise.ts';
import { type Batch, RunProblem, type RunSpec, type Runtime } from '../../src/runtime/runtime.ts';
import { loadSandbox } from '../../src/runtime/sandbox.ts';

const sandbox = loadSandbox('x', {
  'x/cluster.json': '{"name":"x","title":"X","machines":[{"name":"a","program":"a.ts"}]}',
  'x/a.ts': '',
  'x/exercises/e/start/a.ts': '',
  'other/b.ts': '',
  '_shared/c.ts': '',
});

interface Booted {
  readonly specs: RunSpec[];
  stopped: number;
  readonly runtime: Runtime;
}

/** Each advance logs one line, `perAdvance` times. */
function fake(perAdvance = 1): Booted {
  const booted: Booted = {
    specs: [],
    stopped: 0,
    runtime: {
      async boot(spec) {
        booted.specs.push(spec);
        let seq = 0;
        const batch = (atNs: number): Batch => {
          const line = (): TraceEvent => ({
            seq: seq++,
            atNs,
            kind: 'log',
            machine: 'a',
            stream: 'stdout',
            text: 'x',
          });
          return {
            nowNs: atNs,
            events: Array.from({ length: perAdvance }, line),
            machines: [],
            links: [],
            hash: '',
            idle: false,
          };
        };
        const never = () => Promise.reject(new Error('not used'));
        const run = {
          clock: 'virtual' as const,
          advanceTo: async (atNs: number) => batch(atNs),
          step: never,
          act: never,
          stop: () => void booted.stopped++,
        };
        return { run, first: batch(0) };
      },
    },
  };
  return booted;
}

function checkThatFails(seed: number | undefined): Check {
  return {
    seeds: 5,
    untilMs: 1000,
    plan: (of) => [{ atNs: of, do: 'kill', machine: 'a' }],
    judge: (run) => [
      { name: 'first', pass: true, expected: '1', found: '1' },
      {
        name: 'events come',
        pass: run.seed !== seed,
        expected: 'many',
        found: `${run.events.length} until ${run.untilNs}`,
        atNs: 123_456_789,
        feedback: 'few',
      },
    ],
  };
}

describe('runExercise', () => {
  test('runs seeds 1 to n with the plan and edits of each', async () => {
    const { runtime, specs } = fake();
    const progress: number[] = [];
    const work = { runtime, sandbox, exercise: 'e', edits: { 'x/a.ts': 'mine' } };
    const result = await runExercise({
      ...work,
      check: checkThatFails(undefined),
      onProgress: (done) => progress.push(done),
    });
    expect(result).toEqual({ passed: 5, total: 5 });
    expect(progress).toEqual([1, 2, 3, 4, 5]);
    expect(specs.map((spec) => [spec.seed, spec.actions?.[0]?.atNs, spec.files['x/a.ts']])).toEqual(
      [1, 2, 3, 4, 5].map((seed) => [seed, seed, 'mine']),
    );
    expect(Object.keys(specs[0]?.files ?? {}).sort()).toEqual(['_shared/c.ts', 'x/a.ts', 'x/cluster.json']);
  });

  test('stops at the first broken promise and names seed, time and command', async () => {
    const booted = fake();
    const work = { runtime: booted.runtime, sandbox, exercise: 'e', edits: {} };
    const { passed, total, firstFailure } = await runExercise({ ...work, check: checkThatFails(3) });
    expect([passed, total, booted.specs.length, booted.stopped]).toEqual([2, 5, 3, 3]);
    expect(firstFailure).toMatchObject({
      seed: 3,
      atNs: 123_456_789,
      command: 'npx brownout check x/e --seed 3',
      message: 'seed=3, at 0.123 s: events come: expected many, found 5 until 1000000000',
      finding: { feedback: 'few' },
    });
    expect(firstFailure?.findings).toHaveLength(2);
  });

  test('judges what is there when a run makes too many events', async () => {
    const { runtime } = fake(60);
    const work = { runtime, sandbox, exercise: 'e', edits: {}, eventsMax: 100, seeds: [2] };
    const { firstFailure } = await runExercise({ ...work, check: checkThatFails(2) });
    expect(firstFailure?.finding.found).toBe('120 until 250000000');
  });

  test('ends when the signal says so, and stops the run', async () => {
    const booted = fake();
    const ender = new AbortController();
    const onProgress = () => ender.abort(new Error('10 s are over'));
    const work = {
      runtime: booted.runtime,
      sandbox,
      exercise: 'e',
      edits: {},
      onProgress,
      signal: ender.signal,
    };
    await expect(runExercise({ ...work, check: checkThatFails(undefined) })).rejects.toThrow('10 s are over');
    expect(booted.stopped).toBe(booted.specs.length);
  });

  test('refuses edits of files that are not there', async () => {
    const work = { runtime: fake().runtime, sandbox, exercise: 'e', edits: { 'x/b.ts': '' } };
    await expect(runExercise({ ...work, check: checkThatFails(undefined) })).rejects.toThrow(
      'expected edits of files of the sandbox, found sandboxes/x/b.ts: use one of x/cluster.json, x/a.ts, _shared/c.ts',
    );
  });
});

test('loadSandbox names what is wrong', () => {
  expect(() => loadSandbox('y', { 'x/cluster.json': '{}' })).toThrow(RunProblem);
  expect(() => loadSandbox('y', { 'x/cluster.json': '{}' })).toThrow(
    "expected the sandbox 'y' (sandboxes/y/cluster.json), found x/cluster.json: correct the name",
  );
  expect(() => loadSandbox('x', { 'x/cluster.json': '{\n}' })).toThrow(
    'sandboxes/x/cluster.json:1: expected \'name\' in the file, found none: add "name"',
  );
});
