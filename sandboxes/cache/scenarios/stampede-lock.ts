// The same expiries, behind a lock in the cache: one loads, the others look again until the copy is there.
// Must show one load for each expiry. Everybody still waits for it.
import { stampede } from './stampede.ts';

export const scenario = stampede(
  'stampede-lock',
  'lock',
  'The same key; of those who miss it, the one who gets the lock loads it.',
  { least: 1, most: 1 },
);
