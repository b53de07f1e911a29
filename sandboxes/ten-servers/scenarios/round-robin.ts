// Ten servers that are busy nine tenths of their time, each in turn.
// Must show a tail of some twenty-five service times: requests are shared evenly, work is not.
import type { Scenario } from '../../_shared/check.ts';
import { nearlyFull } from './two-choices.ts';

export const scenario: Scenario = nearlyFull('round-robin', 12_000, [1500, 4500]);
