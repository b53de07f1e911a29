// Where each request would be at home, beside where it went: the share that a bound sends on. Where it went is read from
// the packets of a run, or follows from the rule alone, without machines. Draws from the same source in the same order as
// clients.ts, so a run needs a SEED to be compared. Pure. Used by twenty.ts.
import type { Run } from '../../_shared/check.ts';
import { exponential, seededRandom } from '../../_shared/random.ts';
import { pickCalled } from '../pick.ts';
import { zipf } from '../zipf.ts';

/** Clients of whom nobody is answered: what they ask for and whom they can ask. */
export interface Burst {
  readonly seed: number;
  readonly servers: number;
  readonly keys: number;
  readonly requests: number;
}

/** Indices of the servers that the requests of a run were sent to, in order. */
export function sentTo(run: Run): number[] {
  return run.events.flatMap((event) => {
    const server =
      event.kind === 'packet' && event.from === 'clients' ? /^server(\d+)$/.exec(event.to) : null;
    return server === null ? [] : [Number(server[1]) - 1];
  });
}

/** Indices of the servers that a rule alone chooses for the same requests. */
export function chosenBy(pickName: string, { seed, servers, keys, requests }: Burst): number[] {
  const random = seededRandom(seed);
  const pick = pickCalled(pickName, random, servers);
  const keyOf = zipf(keys, random);
  const inFlight = Array.from({ length: servers }, () => 0);
  return Array.from({ length: requests }, () => {
    const server = pick(inFlight, keyOf());
    inFlight[server] = (inFlight[server] ?? 0) + 1;
    exponential(random); // The pause until the next request, which clients.ts draws here.
    return server;
  });
}

/** Of the requests from `first` on, those that went elsewhere than to their key's home, in percent. */
export function awayPercent(went: readonly number[], burst: Burst, first: number): number {
  const homes = chosenBy('hashed', burst);
  const away = went.filter((server, index) => index >= first && server !== homes[index]);
  return (100 * away.length) / (went.length - first);
}
