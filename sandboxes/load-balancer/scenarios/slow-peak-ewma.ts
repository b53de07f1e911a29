// The slow app again, chosen by how long its answers took: one slow answer counts before any line is to be seen.
// Must show a shorter tail than slow-round-robin, at the same traffic and with no loss.
import type { Scenario } from '../../_shared/check.ts';
import { slowApp } from './slow-round-robin.ts';

export const scenario: Scenario = slowApp('slow-peak-ewma', 'peak-ewma', { leastMs: 20, mostMs: 150 });
