// Experiment: how often a failing server is asked for one request, where three layers each try four times.
// Played by `npm run experiments -- retry-storm/layers`.
import type { Experiment } from '../../_shared/experiment.ts';
import { ATTEMPTS, LAYERS } from '../readings/layers.ts';
import { scenario } from '../scenarios/layers.ts';

export const experiment: Experiment = {
  name: 'layers',
  theory: 'attempts^layers = 4^3: each attempt of a layer makes the next one try four times',
  expected: ATTEMPTS ** LAYERS,
  tolerance: 0,
  unit: 'attempts',
  because:
    'nothing is left to chance: who is refused asks again, and everybody is refused; one request that differs from the others would be seen as no number',
  scenarios: [scenario],
  seeds: [1],
  measure([runs = []]) {
    const counts = runs.flatMap(({ least, most }) => [Number(least), Number(most)]);
    return new Set(counts).size === 1 ? (counts[0] ?? Number.NaN) : Number.NaN;
  },
};
