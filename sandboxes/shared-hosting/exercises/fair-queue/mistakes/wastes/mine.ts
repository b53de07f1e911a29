// A line for each site, but each site has a strict tenth of the server: a turn every 100 ms and no more.
// Wrong: what the others leave is used by nobody. Chosen by LINE=mine; see line.ts.

/** How many requests may wait: of all sites together, and of one site. */
interface Room {
  readonly all: number;
  readonly perSite: number;
}

const PAUSE_MS = 100;

export function mine<Job extends { readonly site: string }>(room: Room) {
  const bySite = new Map<string, Job[]>();
  const nextMs = new Map<string, number>();
  return {
    put(job: Job): boolean {
      const own = bySite.get(job.site) ?? [];
      bySite.set(job.site, own);
      if (own.length >= room.perSite) return false;
      own.push(job);
      return true;
    },
    take(): Job | undefined {
      const nowMs = performance.now();
      for (const [site, own] of bySite) {
        if (own.length === 0 || (nextMs.get(site) ?? 0) > nowMs) continue;
        nextMs.set(site, Math.max(nowMs, (nextMs.get(site) ?? 0) + PAUSE_MS));
        return own.shift();
      }
      return undefined;
    },
  };
}
