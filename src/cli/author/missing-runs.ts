// What is still missing from a sandbox, an exercise or a chapter, as far as only runs can tell: scenarios that do not
// show what they must, experiments that disagree, exercises that do not prove themselves. Refuses nothing: what breaks
// becomes a complaint of its own. Called by written.ts.
import { chapterOf } from '../../build/chapter.ts';
import { ContentProblem } from '../../build/complain.ts';
import { loadScenario, playScenario, type ScenarioRun } from '../../build/engine-run.ts';
import { experimentNames, playExperiment } from '../../build/experiment.ts';
import { readLab, readPrediction } from '../../build/lab-file.ts';
import { readGraded, readQuiz } from '../../build/quiz-file.ts';
import { scenarioNames } from '../../build/sandbox-files.ts';
import { sandboxTexts } from '../../build/sandbox-texts.ts';
import type { Complaint } from '../../datacenter/contract.ts';
import { datacenterRuntime } from '../../runtime/node-datacenter.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import { proveExercise } from '../exercise-proof.ts';
import { proveHidden } from '../hidden-proof.ts';

/** Plays every scenario and experiment once, one after another. */
export async function brokenInSandbox(sandbox: string): Promise<Complaint[]> {
  const runtime = datacenterRuntime();
  const found: Complaint[] = [];
  try {
    for (const name of scenarioNames(sandbox)) {
      const file = `sandboxes/${sandbox}/scenarios/${name}.ts`;
      found.push(
        ...(await attempt(file, async () => {
          const run = await playScenario(sandbox, await loadScenario(sandbox, name), runtime);
          return shown(file, run);
        })),
      );
    }
    for (const name of experimentNames(sandbox)) {
      const file = `sandboxes/${sandbox}/experiments/${name}.ts`;
      found.push(
        ...(await attempt(file, async () => {
          const { pass, expected, tolerance, measured, unit } = await playExperiment(sandbox, name, runtime);
          const number = `${expected} ± ${tolerance} ${unit}`.trim();
          const wanted = Number.isFinite(expected) ? number : 'a number in `expected`';
          const fix = 'correct the theory or the run, never the tolerance alone';
          return pass ? [] : [{ file, expected: wanted, found: String(+measured.toFixed(4)), fix }];
        })),
      );
    }
  } finally {
    await runtime.close();
  }
  return found;
}

function shown(file: string, { events, findings }: ScenarioRun): Complaint[] {
  const ended = events.find((event) => event.kind === 'machine' && (event.code ?? 0) !== 0);
  const crash =
    ended?.kind === 'machine' ? [`${ended.machine} ended with code ${ended.code} (${ended.why})`] : [];
  return [
    ...crash.map((found) => ({ file, expected: 'programs that do not crash', found, fix: 'mend them' })),
    ...(findings.length === 0
      ? [{ file, expected: 'something that the run must show', found: 'none', fix: 'return it from `shows`' }]
      : []),
    ...findings
      .filter(({ pass }) => !pass)
      .map(({ name, expected, found }) => ({
        file,
        expected: `${name}: ${expected}`,
        found,
        fix: 'mend the programs, or say what the run does show',
      })),
  ];
}

/** Start, mistakes and solution are run through their seeds. */
export async function unprovedExercise(sandbox: string, name: string): Promise<Complaint[]> {
  const file = `sandboxes/${sandbox}/exercises/${name}`;
  return attempt(file, async () => {
    const texts = await sandboxTexts();
    const { complaints } = await proveExercise(texts, `${sandbox}/${name}`);
    const hidden = await proveHidden(texts, `${sandbox}/${name}`);
    return [...complaints, ...hidden].map((complaint) => ({ ...complaint, file }));
  });
}

/** Predictions and measured answers need their runs. */
export async function brokenInChapter(slug: string): Promise<Complaint[]> {
  const { folder } = chapterOf(slug);
  const found: Complaint[] = [];
  found.push(
    ...(await attempt(`${folder}/lab.yml`, async () => {
      for (const { id } of readLab(folder).value.predictions) await readPrediction(slug, folder, id);
      return [];
    })),
  );
  found.push(
    ...(await attempt(`${folder}/quiz.yml`, async () => {
      await readQuiz(slug, folder, readLab(folder).value.sandbox);
      return [];
    })),
  );
  found.push(
    ...(await attempt(`${folder}/graded.yml`, async () => {
      await readGraded(folder, readLab(folder).value.sandbox);
      return [];
    })),
  );
  return found;
}

async function attempt(file: string, look: () => Promise<Complaint[]>): Promise<Complaint[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof ContentProblem) return [...error.complaints];
    if (error instanceof RunProblem) return [{ file, ...error.complaint }];
    const found = error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
    return [{ file, expected: 'it to run', found, fix: 'correct it' }];
  }
}
