// The slow app again, with two random choices: its full queue shows in its requests in flight, so it gets fewer.
// Must show a shorter tail than slow-round-robin, at the same traffic and with no loss.
import type { Scenario } from '../../_shared/check.ts';
import { slowApp } from './slow-round-robin.ts';

export const scenario: Scenario = slowApp('slow-two-choices', 'two-choices', { leastMs: 20, mostMs: 150 });
