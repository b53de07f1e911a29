// Ways to choose one of many servers, by nothing but how many requests each has in flight, and the request's key.
// Pure: opens no socket. Each is made once and called for every request; PICK names it, see `ways` at the end.
// Called by clients.ts. `bounded` is in bounded.ts, hashing in hashing.ts.
import { bounded, FACTOR } from './bounded.ts';
import { hashed } from './hashing.ts';

/** Index of the server that gets the request; `inFlight` has a count for each. */
export type Pick = (inFlight: readonly number[], key: number) => number;

export type Random = () => number;

function random(chance: Random): Pick {
  return (inFlight) => Math.floor(chance() * inFlight.length);
}

function roundRobin(): Pick {
  let turn = 0;
  return (inFlight) => turn++ % inFlight.length;
}

function twoChoices(chance: Random): Pick {
  return (inFlight) => {
    const first = Math.floor(chance() * inFlight.length);
    const other = (first + 1 + Math.floor(chance() * (inFlight.length - 1))) % inFlight.length;
    return (inFlight[other] ?? 0) < (inFlight[first] ?? 0) ? other : first;
  };
}

/** Joins the shortest queue; among equals, one by chance. */
function shortest(chance: Random): Pick {
  return (inFlight) => {
    const least = Math.min(...inFlight);
    const idle = inFlight.flatMap((count, index) => (count === least ? [index] : []));
    return idle[Math.floor(chance() * idle.length)] ?? 0;
  };
}

const ways: Readonly<Record<string, (chance: Random, servers: number) => Pick>> = {
  random,
  'round-robin': roundRobin,
  'two-choices': twoChoices,
  shortest,
  bounded: (chance) => (inFlight) => bounded(inFlight, chance),
  hashed: (chance, servers) => hashed(servers, Number.POSITIVE_INFINITY, chance() * 2 ** 32),
  'hashed-bounded': (chance, servers) => hashed(servers, FACTOR, chance() * 2 ** 32),
};

/** Throws with the names there are. */
export function pickCalled(name: string, chance: Random, servers: number): Pick {
  const way = ways[name];
  if (way) return way(chance, servers);
  throw new Error(`PICK: expected one of ${Object.keys(ways).join(', ')}, found '${name}': correct PICK`);
}
