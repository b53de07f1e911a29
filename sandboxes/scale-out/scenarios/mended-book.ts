// The shared book again, sold from as the exercise's solution does: take on a condition first, pay then.
// Must show that exactly as many seats are sold as there are, in the same rush.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { rush } from './shared-book.ts';

export const scenario: Scenario = {
  ...rush,
  name: 'mended-book',
  title: `${rush.title} The shops sell as the solution of the exercise does.`,
  solution: 'tickets',
  shows(run) {
    const { oversold, lostBefore } = rush.values(run);
    return [
      between('seats sold twice', Number(oversold), 0, 0),
      between('lost orders before the kill', Number(lostBefore), 0, 0),
    ];
  },
};
