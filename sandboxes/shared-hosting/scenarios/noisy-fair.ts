// The same busy site, with a line for each site and turns.
// Must show neighbors who lose nothing and hardly wait, and a busy site that gets all that they leave.
import { noisy } from './noisy-fifo.ts';

export const scenario = noisy(
  {
    name: 'noisy-fair',
    title:
      'After 2 seconds bread.example turns from 5 requests a second to 200; each site has a line of its own.',
  },
  'fair',
  {
    neighborsPercent: [100, 100],
    neighborsMeanMs: [20, 55],
    neighborsP99Ms: [80, 300],
    busyPercent: [22, 33],
    answeredPerSecond: [90, 110],
  },
);
