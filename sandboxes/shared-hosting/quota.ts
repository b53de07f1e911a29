// One line, and a guard before it: each site may send so many requests a second and no more, whatever the others do.
// The guard is a token bucket: it fills at the quota's rate, a request takes a token out, an empty bucket refuses.
// Refuses even while the server is idle; that is its price. Chosen by LINE=quota; see line.ts.
import { fifo } from './fifo.ts';
import type { Line, Room } from './line.ts';

/** A tenth of the 100 pages a second that the server can do. */
const RATE_PER_SECOND = 10;
/** So many may come at once after a quiet time. */
const BURST = 10;

// #region quota
export function quota<Job extends { readonly site: string }>(room: Room): Line<Job> {
  const line = fifo<Job>(room);
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    put(job) {
      const atMs = performance.now();
      const bucket = buckets.get(job.site) ?? { tokens: BURST, atMs };
      const earned = ((atMs - bucket.atMs) / 1000) * RATE_PER_SECOND;
      const tokens = Math.min(BURST, bucket.tokens + earned);
      const mayPass = tokens >= 1;
      buckets.set(job.site, { tokens: mayPass ? tokens - 1 : tokens, atMs });
      return mayPass && line.put(job);
    },
    take: line.take,
  };
}
// #endregion
