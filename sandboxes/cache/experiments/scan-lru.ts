// A scan of 1,200 keys that nobody wants again, after every 5,000 questions: it empties an LRU cache of 1,000 entries.
// Must cost what it takes to fill the cache again. Played by `npm run experiments`.
import { hitExperiment, KEYS } from '../readings/hit-ratio.ts';
import { coldLru, zipfShares } from '../readings/theory.ts';

export const experiment = hitExperiment(
  {
    name: 'scan-lru',
    policy: 'lru',
    entries: 1000,
    alpha: 0.9,
    bench: { SCAN_EVERY: '5000', SCAN_KEYS: '1200' },
  },
  'LRU that starts cold every 5,000 questions: the k-th finds its key if that was among the last min(k, T)',
  coldLru(zipfShares(KEYS, 0.9), 1000, 5000),
  0.01,
  'Four standard deviations of 40,000 questions, which are eight whole periods between scans. Without scans LRU has 0.04 more.',
);
