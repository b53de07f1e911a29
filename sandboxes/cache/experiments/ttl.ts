// Copies that live 2 seconds, and one question a second for each of 500 keys: hit ratio rate x TTL / (1 + rate x TTL).
// The cache is large enough, so only expiry ends an entry. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { hitScenario } from '../readings/hit-ratio.ts';
import { ttlHits } from '../readings/theory.ts';

const bench = { RATE: '500', KEYS: '500', TTL_MS: '2000' };

export const experiment: Experiment = {
  name: 'ttl',
  theory: 'rate × TTL / (1 + rate × TTL), with 1 question a second and 2 s',
  expected: ttlHits(1, 2),
  tolerance: 0.015,
  unit: '',
  because:
    'Of 15,000 questions a hit ratio has a standard deviation of at most 0.0039; four of them. Sliding expiry (each question renews) would give 0.86.',
  scenarios: [hitScenario({ name: 'ttl', policy: 'lru', entries: 1000, alpha: 0, seconds: 30, bench })],
  seeds: [1],
  measure: ([runs]) => Number(runs?.[0]?.['hits']),
};
