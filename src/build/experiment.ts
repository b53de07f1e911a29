// Plays the experiments of a sandbox: for each, its scenarios with its seeds, and beside what they measured what theory
// promised. Judges by the experiment's own tolerance. Refuses a file that exports no experiment of its name.
// Called by `brownout experiments` and by tests.
import { existsSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Runtime } from '../runtime/runtime.ts';
import { playScenario, type Scenario } from './engine-run.ts';
import { inRepository } from './root.ts';

type Values = Readonly<Record<string, number | string>>;

/** What a file of experiments/ exports; the same shape as `Experiment` of sandboxes/_shared/experiment.ts. */
interface Experiment {
  readonly name: string;
  readonly theory: string;
  readonly expected: number;
  readonly tolerance: number;
  readonly unit: string;
  readonly because: string;
  readonly scenarios: readonly Scenario[];
  readonly seeds: readonly number[];
  measure(runs: readonly (readonly Values[])[]): number;
}

/** An experiment, played. */
export interface Measured {
  readonly name: string;
  readonly sandbox: string;
  readonly theory: string;
  readonly expected: number;
  readonly measured: number;
  readonly tolerance: number;
  readonly unit: string;
  readonly because: string;
  readonly seeds: readonly number[];
  readonly pass: boolean;
}

/** Names of a sandbox's experiments, sorted. */
export function experimentNames(sandbox: string): string[] {
  const folder = inRepository('sandboxes', sandbox, 'experiments');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

export async function playExperiment(sandbox: string, name: string, runtime: Runtime): Promise<Measured> {
  const experiment = await loadExperiment(sandbox, name);
  const runs: Values[][] = [];
  for (const scenario of experiment.scenarios) {
    const values: Values[] = [];
    for (const seed of experiment.seeds)
      values.push((await playScenario(sandbox, scenario, runtime, seed)).values);
    runs.push(values);
  }
  const { theory, expected, tolerance, unit, because, seeds } = experiment;
  const measured = experiment.measure(runs);
  // NaN, too, is no agreement.
  const pass = Math.abs(measured - expected) <= tolerance;
  return { name, sandbox, theory, expected, measured, tolerance, unit, because, seeds, pass };
}

async function loadExperiment(sandbox: string, name: string): Promise<Experiment> {
  const file = inRepository('sandboxes', sandbox, 'experiments', `${name}.ts`);
  const { experiment } = (await import(pathToFileURL(file).href)) as { experiment?: Experiment };
  if (experiment?.name === name && experiment.scenarios.length > 0 && experiment.seeds.length > 0)
    return experiment;
  throw new Error(
    `${file}: expected \`export const experiment\` with the name '${name}', a scenario and a seed, found ${experiment === undefined ? 'none' : `'${experiment.name}', ${experiment.scenarios.length} scenarios, ${experiment.seeds.length} seeds`}: correct it`,
  );
}
