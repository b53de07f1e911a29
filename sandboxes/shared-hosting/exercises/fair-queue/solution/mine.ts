// Your line: a line for each site, and turns. It decides only who is next; server.ts does the work.
// A Map keeps its keys in the order in which they were put in, so it can be the ring: the first site has its turn and
// goes to the end. Chosen by LINE=mine; see line.ts.

/** How many requests may wait: of all sites together, and of one site. */
interface Room {
  readonly all: number;
  readonly perSite: number;
}

export function mine<Job extends { readonly site: string }>(room: Room) {
  /** Only sites with requests; whose turn is next comes first. */
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
        const job = own.shift();
        bySite.delete(site);
        if (own.length > 0) bySite.set(site, own);
        return job;
      }
      return undefined;
    },
  };
}
