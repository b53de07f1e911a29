// The same item, refreshed early by chance: whoever finds the copy near its end may fetch a new one in the background.
// Must show about e = 2.7 loads for each expiry (theory.ts says why), and nobody who waits.
import { stampede } from './stampede.ts';

export const scenario = stampede(
  'stampede-early',
  'early',
  'The same key; whoever finds it near its end may refresh it before it expires.',
  { least: 1, most: 6 },
);
