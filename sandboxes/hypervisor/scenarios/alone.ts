// Web has the machine to itself.
// Must show what a request costs when nobody else wants a core: the measure for its neighborhoods.
import { neighborhood } from './noisy.ts';

export const scenario = neighborhood('alone', {
  title: 'Web has two cores to itself.',
  host: { SPINNERS: '0' },
  p99: { leastMs: 5, mostMs: 20 },
  busy: { least: 0.05, most: 0.2 },
});
