// A guest that never sleeps, capped at a quarter of a core, alone on an idle machine.
// Measured as its share: a cap holds even where nobody else wants the core.
import type { Experiment } from '../../_shared/experiment.ts';
import { crowd, firstValue } from '../readings/crowd.ts';

export const experiment: Experiment = {
  name: 'cap',
  theory: 'a cap of 25% of a core, alone on two: 0.25',
  expected: 0.25,
  tolerance: 0.002,
  unit: 'of a core',
  because:
    'a cap is 7.5 ms in each period of 30 ms; the 10 s hold 333 and a third of them, so one period more or less counts 7.5 ms in 10 s, 0.00075, at either end',
  scenarios: [crowd({ guests: 1, cores: 2, caps: 'spin1=25' })],
  seeds: [1],
  measure: (runs) => firstValue(runs, 'spin1Share'),
};
