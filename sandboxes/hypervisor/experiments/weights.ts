// Weights 100, 200 and 500 on one core: an eighth, a quarter, five eighths.
// Measured as the largest part by which any of the three misses its share.
import type { Experiment } from '../../_shared/experiment.ts';
import { crowd, firstValue } from '../readings/crowd.ts';

const weights = [100, 200, 500] as const;

export const experiment: Experiment = {
  name: 'weights',
  theory:
    'share of guest i = weight i / all weights, on one core; weights 100, 200, 500: no guest misses its share',
  expected: 0,
  tolerance: 0.02,
  unit: 'of its share',
  because:
    'the credit scheduler lets a guest lead or lag by about one slice of 10 ms; of the smallest share, 1.25 s in 10 s, two of them (one at each end) are 1.6%',
  scenarios: [crowd({ guests: 3, cores: 1, weights: 'spin1=100 spin2=200 spin3=500' })],
  seeds: [1],
  measure(runs) {
    const missed = weights.map((weight, index) => {
      const share = weight / 800;
      return Math.abs(firstValue(runs, `spin${index + 1}Share`) - share) / share;
    });
    return Math.max(...missed);
  },
};
