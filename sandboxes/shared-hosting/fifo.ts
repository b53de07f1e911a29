// One line for everybody: first in, first out. What a server does if nobody thinks about it.
// Knows no sites, so it cannot favor or protect one. Chosen by LINE=fifo; see line.ts.
import type { Line, Room } from './line.ts';

// #region fifo
export function fifo<Job extends { readonly site: string }>(room: Room): Line<Job> {
  const waiting: Job[] = [];
  return {
    put(job) {
      if (waiting.length >= room.all) return false;
      waiting.push(job);
      return true;
    },
    take: () => waiting.shift(),
  };
}
// #endregion
