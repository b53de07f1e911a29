// The same burst and the same ring, with a bound: who has a quarter more than the mean passes requests on to the next.
// Must show that no server gets more than that.
import type { Scenario } from '../../_shared/check.ts';
import { burst } from './hashed.ts';

export const scenario: Scenario = burst('hashed-bounded', [1.2, 1.26]);
