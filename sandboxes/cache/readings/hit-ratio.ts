// An experiment about a hit ratio: the bench asks a cache of so many entries by Zipf's law, and theory says how often it
// must have the answer. Used by experiments/; no program runs it.
import type { Scenario } from '../../_shared/check.ts';
import type { Experiment } from '../../_shared/experiment.ts';
import { benchHits, mean } from './reading.ts';

export const KEYS = 10_000;
const RATE = 4000;
const WARM_S = 5;

export interface Setting {
  readonly name: string;
  readonly policy: string;
  readonly entries: number;
  readonly alpha: number;
  readonly seconds: number;
  /** Other variables of the bench. */
  readonly bench?: Readonly<Record<string, string>>;
}

export function hitScenario({ name, policy, entries, alpha, seconds, bench = {} }: Setting): Scenario {
  return {
    name,
    title: `The bench asks a cache of ${entries} entries under ${policy}; Zipf's exponent is ${alpha}.`,
    seed: 1,
    untilMs: (WARM_S + seconds) * 1000 + 200,
    env: {
      clients: { RATE: '0' },
      cache: { POLICY: policy, ENTRIES: String(entries) },
      bench: { RATE: String(RATE), KEYS: String(KEYS), ALPHA: String(alpha), ...bench },
    },
    actions: [],
    shows: () => [],
    values: (run) => ({ hits: benchHits(run, WARM_S, WARM_S + seconds) }),
  };
}

/** `theory` names the formula that gave `expected`. */
export function hitExperiment(
  setting: Omit<Setting, 'seconds'>,
  theory: string,
  expected: number,
  tolerance: number,
  because: string,
): Experiment {
  return {
    name: setting.name,
    theory,
    expected,
    tolerance,
    unit: '',
    because,
    scenarios: [hitScenario({ ...setting, seconds: 10 })],
    seeds: [1],
    measure: (runs) => mean(runs[0]?.map(({ hits }) => Number(hits)) ?? []),
  };
}
