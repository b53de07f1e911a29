// The same busy site, with a quota of ten requests a second for each site.
// Must show neighbors who feel nothing, a busy site that gets a twentieth, and a server that is idle half its time.
import { noisy } from './noisy-fifo.ts';

export const scenario = noisy(
  {
    name: 'noisy-quota',
    title:
      'After 2 seconds bread.example turns from 5 requests a second to 200; each site has a quota of 10.',
  },
  'quota',
  {
    neighborsPercent: [100, 100],
    neighborsMeanMs: [10, 40],
    busyPercent: [4, 6],
    answeredPerSecond: [45, 65],
  },
);
