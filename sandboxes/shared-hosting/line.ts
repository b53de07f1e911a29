// What a waiting line is: requests go in, and one at a time comes out to be worked on. Who comes out next is the idea of
// the chapter: fifo.ts, quota.ts and fair.ts answer it in three ways, and mine.ts is yours.
// Types and the list of ways. A line opens no connection, works on nothing and must never lose a job. Used by server.ts.
import { fair } from './fair.ts';
import { fifo } from './fifo.ts';
import { mine } from './mine.ts';
import { quota } from './quota.ts';

// #region line
export interface Line<Job extends { readonly site: string }> {
  /** A request has come. False: there is no room for it, and its client is told so. */
  put(job: Job): boolean;
  /** The server has time: the job to do next, gone from the line; undefined where none waits. */
  take(): Job | undefined;
}
// #endregion

/** How many requests may wait: of all sites together, and of one site. */
export interface Room {
  readonly all: number;
  readonly perSite: number;
}

const ways = { fifo, quota, fair, mine } as const;

/** The line called `name`, empty. Throws with the names there are. */
export function lineCalled<Job extends { readonly site: string }>(name: string, room: Room): Line<Job> {
  if (Object.hasOwn(ways, name)) return ways[name as keyof typeof ways]<Job>(room);
  throw new Error(`LINE: expected one of ${Object.keys(ways).join(', ')}, found '${name}': correct LINE`);
}
