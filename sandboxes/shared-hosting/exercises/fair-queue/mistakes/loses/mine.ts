// A line for each site, and turns, but after its turn a site is forgotten with all that it still has waiting.
// Wrong: those requests were let in and never come out. Chosen by LINE=mine; see line.ts.

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
        bySite.delete(site);
        return own.shift();
      }
      return undefined;
    },
  };
}
