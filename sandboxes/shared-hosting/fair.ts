// A line for each site, and turns: the server takes one request from each site that has any, round and round.
// A busy site fills its own line only, and may use every turn that the others leave.
// Fair in requests, not in work: a site with long requests gets long turns. Chosen by LINE=fair; see line.ts.
// The exercise `fair-queue` asks for this. Write your own first.
import type { Line, Room } from './line.ts';

export function fair<Job extends { readonly site: string }>(room: Room): Line<Job> {
  const lines: { readonly site: string; readonly waiting: Job[] }[] = [];
  let turn = 0;
  return {
    put(job) {
      let line = lines.find((one) => one.site === job.site);
      if (!line) {
        line = { site: job.site, waiting: [] };
        lines.push(line);
      }
      if (line.waiting.length >= room.perSite) return false;
      line.waiting.push(job);
      return true;
    },
    take() {
      for (let step = 0; step < lines.length; step++) {
        const at = (turn + step) % lines.length;
        const job = lines[at]?.waiting.shift();
        if (job === undefined) continue;
        turn = at + 1;
        return job;
      }
      return undefined;
    },
  };
}
