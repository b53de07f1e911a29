// A line for each site, but the search for the next request always begins with the same site.
// Wrong: as long as an early site has requests, a late one never has its turn. Chosen by LINE=mine; see line.ts.

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
      bySite.set(job.site, own);
      if (own.length >= room.perSite) return false;
      own.push(job);
      return true;
    },
    take(): Job | undefined {
      for (const own of bySite.values()) if (own.length > 0) return own.shift();
      return undefined;
    },
  };
}
