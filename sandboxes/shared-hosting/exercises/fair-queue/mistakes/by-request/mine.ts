// Ten lines and turns, but a request goes to the next line in turn, whichever site it is for.
// Wrong: every line is full of the busy site's requests. Chosen by LINE=mine; see line.ts.

/** How many requests may wait: of all sites together, and of one site. */
interface Room {
  readonly all: number;
  readonly perSite: number;
}

const LINES = 10;

export function mine<Job extends { readonly site: string }>(room: Room) {
  const lines: Job[][] = Array.from({ length: LINES }, () => []);
  let into = 0;
  let from = 0;
  return {
    put(job: Job): boolean {
      const line = lines[into++ % LINES];
      if (!line || line.length >= room.perSite) return false;
      line.push(job);
      return true;
    },
    take(): Job | undefined {
      for (let step = 0; step < LINES; step++) {
        const job = lines[from++ % LINES]?.shift();
        if (job) return job;
      }
      return undefined;
    },
  };
}
