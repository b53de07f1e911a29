// Ten servers that are busy nine tenths of their time, one of them drawn by chance for each request.
// Must show a tail of fifty service times: chance alone fills some lines while others are empty.
import type { Scenario } from '../../_shared/check.ts';
import { nearlyFull } from './two-choices.ts';

export const scenario: Scenario = nearlyFull('random', 12_000, [3000, 9000]);
