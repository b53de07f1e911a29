// Every exercise proves itself in the data center: start fails with seed and time, solution keeps every seed, and each
// program under mistakes/ earns exactly the feedback of its name.
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Check } from '../../sandboxes/_shared/check.ts';
import { proofComplaints } from '../../src/grading/check.ts';
import { type ExerciseResult, type Check as RunnerCheck, runExercise } from '../../src/runtime/exercise.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { exported, foldersOf, sandboxFromDisk, sandboxNames, textsBelow } from './read.ts';

interface ExerciseFile {
  readonly edits: readonly string[];
  readonly seeds: number;
  readonly limits: { readonly seconds: number; readonly events: number };
  readonly feedback: Readonly<Record<string, string>>;
}

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

for (const sandbox of sandboxNames) {
  for (const exercise of foldersOf(`${sandbox}/exercises`)) {
    const folder = `${sandbox}/exercises/${exercise}`;
    const spec = parse(readFileSync(`sandboxes/${folder}/exercise.yml`, 'utf8')) as ExerciseFile;

    async function outcomeOf(program: string): Promise<ExerciseResult> {
      const texts = textsBelow(`${folder}/${program}`);
      expect(Object.keys(texts).sort(), `${program} holds the files that exercise.yml lets edit`).toEqual(
        [...spec.edits].sort(),
      );
      const edits = Object.fromEntries(
        Object.entries(texts).map(([file, text]) => [`${sandbox}/${file}`, text]),
      );
      const check: RunnerCheck = await exported<Check>(`${folder}/check.ts`, 'check');
      expect(check.seeds).toBe(spec.seeds);
      return runExercise({
        runtime,
        sandbox: sandboxFromDisk(sandbox),
        exercise,
        check,
        edits,
        eventsMax: spec.limits.events,
      });
    }

    describe(folder, () => {
      test('proves itself', { timeout: 300_000 }, async () => {
        const start = await outcomeOf('start');
        const mistakes: Record<string, ExerciseResult> = {};
        for (const name of foldersOf(`${folder}/mistakes`))
          mistakes[name] = await outcomeOf(`mistakes/${name}`);
        const solution = await outcomeOf('solution');
        const feedback = Object.keys(spec.feedback);
        expect(proofComplaints({ exercise: folder, feedback, start, solution, mistakes })).toEqual([]);
        expect(start.firstFailure?.message).toMatch(/^seed=\d+, at \d+\.\d{3} s: /);
      });

      test('start is what the sandbox ships', () => {
        const shipped = textsBelow(sandbox);
        for (const [file, text] of Object.entries(textsBelow(`${folder}/start`)))
          expect(text).toBe(shipped[file]);
      });
    });
  }
}
