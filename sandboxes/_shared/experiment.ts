// What an experiment is: a number that theory promises, beside what runs of the sandbox measure.
// Types only. Imported with `import type` by experiments/ of each sandbox; `npm run experiments` plays them.
import type { Scenario } from './check.ts';

/** The values of a scenario, played with one seed. */
export type Values = Readonly<Record<string, number | string>>;

export interface Experiment {
  /** As its file is called. */
  readonly name: string;
  /** Where `expected` comes from: a formula with its numbers, a model, a paper. */
  readonly theory: string;
  readonly expected: number;
  /** Largest difference between measured and expected that still counts as agreement. */
  readonly tolerance: number;
  /** Of all three numbers; '' for a ratio. */
  readonly unit: string;
  /** Why the tolerance is what it is: how many arrivals, what the model leaves out. */
  readonly because: string;
  readonly scenarios: readonly Scenario[];
  /** Each scenario is played once with each of them, instead of its own seed. */
  readonly seeds: readonly number[];
  /** One number from all runs: for each scenario, in order, its values by seed, in order. */
  measure(runs: readonly (readonly Values[])[]): number;
}
