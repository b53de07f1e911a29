// How long does a guest wait that wakes up among six that never sleep, if each gets its turn?
// Measured as the mean latency of web among them, less its mean latency alone.
import type { Experiment } from '../../_shared/experiment.ts';
import { longerBy, rarely } from '../readings/rarely.ts';

export const experiment: Experiment = {
  name: 'noisy-wait',
  theory:
    'n - c = 4 wait already, so web has the fifth turn: the next core comes free after slice/(c + 1) = 3.3 ms on average, then two whole slices: 23.3 ms',
  expected: 20 + 10 / 3,
  tolerance: 1.5,
  unit: 'ms',
  because:
    'the cores are taken to be out of step by chance; in step it would be 25 ms, evenly apart 22.5; 120 waits, spread by 2 to 3 ms, have a standard error of 0.3; one in twenty finds web awake and waits less, 0.6 ms on average',
  scenarios: [rarely(6, 'round-robin'), rarely(0, 'round-robin')],
  seeds: [1, 2, 3],
  measure: longerBy,
};
