// Ten servers that are busy nine tenths of their time; the one with the fewest in flight.
// Must show the shortest tail of all, little shorter than that of two choices.
import type { Scenario } from '../../_shared/check.ts';
import { nearlyFull } from './two-choices.ts';

export const scenario: Scenario = nearlyFull('shortest', 12_000, [550, 1100]);
