// A guest writes outside its memory and ends: what changes for its neighbors?
// Measured as the change of the share of spin1, before and after, in parts of a core.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/wild.ts';

export const experiment: Experiment = {
  name: 'wild-neighbors',
  theory: 'the window limits the store, so only the guest itself faults: its neighbors keep their shares',
  expected: 0,
  tolerance: 0.005,
  unit: 'of a core',
  because:
    'each share is read between two moments that may cut a slice of 10 ms, in 9 s and in 9.5 s: 0.002 each; web takes about 5 ms for each of some 180 random requests, whose number varies by 13 (one standard deviation), shared by three: 0.0025',
  scenarios: [scenario],
  seeds: [1, 2],
  measure(runs) {
    const changes = (runs[0] ?? []).map(
      (each) => Number(each['afterPercent']) - Number(each['beforePercent']),
    );
    return changes.reduce((sum, each) => sum + each, 0) / changes.length / 100;
  },
};
