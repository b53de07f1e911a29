// Your line. As it stands it is one line for everybody, like fifo.ts: the exercise `fair-queue` asks you to mend that.
// Decides only who is next; server.ts does the work. Chosen by LINE=mine; see line.ts.

/** How many requests may wait: of all sites together, and of one site. */
interface Room {
  readonly all: number;
  readonly perSite: number;
}

export function mine<Job extends { readonly site: string }>(room: Room) {
  const waiting: Job[] = [];
  return {
    put(job: Job): boolean {
      if (waiting.length >= room.all) return false;
      waiting.push(job);
      return true;
    },
    take: (): Job | undefined => waiting.shift(),
  };
}
