// Tells whoever watches how many requests of each site wait, and which request comes out of the line.
// Counts what goes in and comes out of a line, so no line need count itself. Publishes on `brownout:state` at most ten
// times a second, on `brownout:taken` for each request; nobody in the server reads it back. Used by server.ts.
import { channel } from 'node:diagnostics_channel';
import type { Line } from './line.ts';
import { sites } from './sites.ts';

const PAUSE_MS = 100;
const state = channel('brownout:state');
const taken = channel('brownout:taken');
const waiting = new Map<string, number>(sites.map((site) => [site, 0]));
let willTell = false;

function add(site: string, one: 1 | -1): void {
  waiting.set(site, (waiting.get(site) ?? 0) + one);
  if (willTell) return;
  willTell = true;
  setTimeout(() => {
    willTell = false;
    state.publish({ waiting: Object.fromEntries(waiting) });
  }, PAUSE_MS);
}

/** Said of each request that comes out of the line to be worked on. */
export function tellTaken({ site, url }: { readonly site: string; readonly url: string }): void {
  taken.publish({ site, url });
}

/** The same line, counted. */
export function counted<Job extends { readonly site: string }>(line: Line<Job>): Line<Job> {
  return {
    put(job) {
      const isIn = line.put(job);
      if (isIn) add(job.site, 1);
      return isIn;
    },
    take() {
      const job = line.take();
      if (job) add(job.site, -1);
      return job;
    },
  };
}
