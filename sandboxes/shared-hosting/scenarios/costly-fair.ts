// Turns again, but now the busy site asks for reports, each worth five pages, 20 a second.
// Must show that turns are fair in requests and not in work: the neighbors wait several times as long as for pages.
import { noisy } from './noisy-fifo.ts';

export const scenario = noisy(
  {
    name: 'costly-fair',
    title:
      'After 2 seconds bread.example asks for 20 reports a second, each worth five pages; each site has a line of its own.',
  },
  'fair',
  { neighborsMeanMs: [70, 500] },
  { busyPerSecond: 20, asks: 'report' },
);
