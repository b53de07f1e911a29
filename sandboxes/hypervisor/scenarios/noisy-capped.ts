// The six neighbors, in turn, but none may have more than a fifth of a core.
// Must show web nearly as fast as alone, and a part of the machine that nobody may use.
import { neighborhood } from './noisy.ts';

export const scenario = neighborhood('noisy-capped', {
  title: 'Six guests that never sleep, each capped at a fifth of a core; each in turn.',
  host: { SPINNERS: '6', SCHEDULER: 'round-robin', CAPS: 'spin=20' },
  p99: { leastMs: 5, mostMs: 60 },
  busy: { least: 1.2, most: 1.35 },
});
