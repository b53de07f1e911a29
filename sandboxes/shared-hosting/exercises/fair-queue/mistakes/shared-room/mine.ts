// A line for each site, and turns, but all lines together share one room.
// Wrong: the busy site fills the room, and its neighbors find the door shut. Chosen by LINE=mine; see line.ts.

/** How many requests may wait: of all sites together, and of one site. */
interface Room {
  readonly all: number;
  readonly perSite: number;
}

export function mine<Job extends { readonly site: string }>(room: Room) {
  const bySite = new Map<string, Job[]>();
  let waiting = 0;
  return {
    put(job: Job): boolean {
      if (waiting >= room.perSite) return false;
      waiting++;
      bySite.set(job.site, [...(bySite.get(job.site) ?? []), job]);
      return true;
    },
    take(): Job | undefined {
      for (const [site, [job, ...rest]] of bySite) {
        bySite.delete(site);
        if (rest.length > 0) bySite.set(site, rest);
        waiting--;
        return job;
      }
      return undefined;
    },
  };
}
