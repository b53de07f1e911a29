// A line for each site, and turns, but the newest request of a site comes out first.
// Wrong: who came early waits until everybody behind is done. Chosen by LINE=mine; see line.ts.

/** How many requests may wait: of all sites together, and of one site. */
interface Room {
  readonly all: number;
  readonly perSite: number;
}

export function mine<Job extends { readonly site: string }>(room: Room) {
  const bySite = new Map<string, Job[]>();
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
        const job = own.pop();
        bySite.delete(site);
        if (own.length > 0) bySite.set(site, own);
        return job;
      }
      return undefined;
    },
  };
}
