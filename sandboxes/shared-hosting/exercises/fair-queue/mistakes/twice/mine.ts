// A line for each site, and turns, but a request is looked at and only taken out when its site's next turn comes.
// Wrong: each is done twice when its line has one request, and work is lost. Chosen by LINE=mine; see line.ts.

/** How many requests may wait: of all sites together, and of one site. */
interface Room {
  readonly all: number;
  readonly perSite: number;
}

export function mine<Job extends { readonly site: string }>(room: Room) {
  const bySite = new Map<string, Job[]>();
  const done = new Set<Job>();
  return {
    put(job: Job): boolean {
      const own = bySite.get(job.site) ?? [];
      if (own.length >= room.perSite) return false;
      own.push(job);
      bySite.set(job.site, own);
      return true;
    },
    take(): Job | undefined {
      for (const [site, own] of bySite) {
        const job = own[0];
        bySite.delete(site);
        if (job && done.has(job)) own.shift();
        if (job) done.add(job);
        if (own.length > 0) bySite.set(site, own);
        return job;
      }
      return undefined;
    },
  };
}
