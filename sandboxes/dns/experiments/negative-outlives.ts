// How long after a name was created the first visitor finds it, if others have asked for it all the time.
// A resolver that kept no `no` would find it at once. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { missingName, NEGATIVE_S } from '../scenarios/missing-name.ts';

/** Visits of events a second: half of the clients' 20. */
const PER_SECOND = 10;

export const experiment: Experiment = {
  name: 'negative-outlives',
  theory: 'half of the time for which a no is kept, and 1/λ until somebody asks: 10/2 + 0.1',
  expected: NEGATIVE_S / 2 + 1 / PER_SECOND,
  tolerance: 1.2,
  unit: 's',
  because:
    'The name is created at five moments, two seconds apart, and the no in the cache is renewed every 10.1 s: so the ' +
    'moments lie evenly in its life, but where the first of them lies moves the mean by up to 1 s. Somebody asks after ' +
    '0.1 s on average, with a standard deviation of 0.1 s. A no that is not kept would give 0.1 s, one kept by the TTL ' +
    'of the zone’s other records (6 s) 3.1 s.',
  // Moments two seconds apart, over one cycle.
  scenarios: [11, 13, 15, 17, 19].map((second) => missingName(second * 1000)),
  seeds: [1],
  measure: (runs) => {
    const all = runs.flat().map((run) => Number(run['firstAnswerAfterS']));
    return all.reduce((sum, one) => sum + one, 0) / all.length;
  },
};
