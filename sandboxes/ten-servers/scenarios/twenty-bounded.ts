// The burst before twenty servers, with a bound of a quarter more than the mean.
// Must show what the bound costs: of the requests, about one in eight is not served where its key is at home.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { twenty, valuesOf } from '../readings/twenty.ts';

const SEED = 4711;

export const scenario: Scenario = {
  ...twenty('hashed-bounded', SEED, (run) => {
    const { maxOverMean, awayPercent } = valuesOf(run, SEED);
    return [
      between('most in flight at one server, times the mean', maxOverMean, 1.2, 1.25),
      between('requests away from home, percent', awayPercent, 5, 25),
    ];
  }),
  name: 'twenty-bounded',
};
