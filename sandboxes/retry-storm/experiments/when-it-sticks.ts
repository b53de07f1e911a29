// Experiment: at how many requests a second a storm stays. One rate below and one above the one that
// theory names, three seeds each. Played by `npm run experiments -- retry-storm/when-it-sticks`.
import type { Scenario } from '../../_shared/check.ts';
import type { Experiment } from '../../_shared/experiment.ts';
import { stalled } from '../scenarios/storm.ts';

const SERVED = 25;
const ATTEMPTS = 3;
const RATES = [6.5, 10.5] as const;

function at(rate: number): Scenario {
  return stalled({
    name: `rate-${rate}`,
    title: `The stall at ${rate} requests a second.`,
    clients: { RATE: String(rate) },
    untilMs: 55_000,
    shows: () => [],
  });
}

export const experiment: Experiment = {
  name: 'when-it-sticks',
  theory:
    'attempts × λ = C, so λ = 25/3: below it the server keeps up even if every request is asked three times',
  expected: SERVED / ATTEMPTS,
  tolerance: 2.2,
  unit: 'requests a second',
  because:
    'measured is the middle between the highest rate from which every run recovered and the lowest at which every run stuck, of 6.5 and 10.5, so it can only be 8.5 or no number; nearer to the limit a line moves by less than 3 a second, and chance would decide',
  scenarios: RATES.map(at),
  seeds: [1, 2, 3],
  measure(runs) {
    const stuck = runs.map((each) => each.map((one) => Number(one['goodputAtEnd']) === 0));
    const [low, high] = [stuck[0] ?? [], stuck[1] ?? []];
    const [below, above] = RATES;
    return low.some(Boolean) || !high.every(Boolean) ? Number.NaN : (below + above) / 2;
  },
};
