// LFU with room for 1% of the keys, Zipf's exponent 1: close below the bound, which holds the most popular keys always.
// One run: 40,000 questions, after 20,000 that fill the cache. Played by `npm run experiments`.
import { hitExperiment, KEYS } from '../readings/hit-ratio.ts';
import { ideal, zipfShares } from '../readings/theory.ts';

export const experiment = hitExperiment(
  { name: 'lfu-10-100', policy: 'lfu', entries: 100, alpha: 1 },
  'the bound: the shares of the 100 most popular keys, added up',
  ideal(zipfShares(KEYS, 1), 100),
  0.03,
  'LFU has to learn popularity from counts, and forgets whoever is thrown out, so it stays below; by 0.03 at most after 20,000 questions. LRU would miss by 0.14.',
);
