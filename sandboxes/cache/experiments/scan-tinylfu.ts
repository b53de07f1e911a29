// The same scans under TinyLFU: a key that was asked for once is not admitted, so a scan displaces hardly anyone.
// Must keep what it has without scans. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { hitScenario } from '../readings/hit-ratio.ts';

const setting = { policy: 'tinylfu', entries: 1000, alpha: 0.9, seconds: 10 };

export const experiment: Experiment = {
  name: 'scan-tinylfu',
  theory: 'nothing is lost to a scan where newcomers must be more popular than whoever would go',
  expected: 0,
  tolerance: 0.015,
  unit: '',
  because:
    'The difference of two hit ratios of 40,000 questions each has a standard deviation of 0.0035; four of them. A model of the same policy lost 0.011; LRU loses 0.04.',
  scenarios: [
    hitScenario({ name: 'without', ...setting }),
    hitScenario({ name: 'with', ...setting, bench: { SCAN_EVERY: '5000', SCAN_KEYS: '1200' } }),
  ],
  seeds: [1],
  measure: ([without, scanned]) => Number(without?.[0]?.['hits']) - Number(scanned?.[0]?.['hits']),
};
