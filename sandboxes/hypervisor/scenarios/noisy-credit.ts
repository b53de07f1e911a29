// The six neighbors again; now whoever is owed most goes next.
// Must show that web, which uses less than its share, hardly waits, though the cores are as busy as before.
import { neighborhood } from './noisy.ts';

export const scenario = neighborhood('noisy-credit', {
  title: 'Six guests that never sleep share two cores with web; the one that is owed most goes next.',
  host: { SPINNERS: '6', SCHEDULER: 'credit' },
  p99: { leastMs: 8, mostMs: 30 },
  busy: { least: 1.98, most: 2.01 },
});
