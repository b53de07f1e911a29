// The ten queues themselves, without machines, datagrams or timers: who comes when, to which server, and is done when.
// Draws from the same sources in the same order as clients.ts and server.ts, so that with equal seeds it is the same
// traffic, to the last request. Pure. Used by experiments/ and tests; no program runs it.
import { exponential, seededRandom } from '../../_shared/random.ts';
import { pickCalled } from '../pick.ts';
import { zipf } from '../zipf.ts';

export const SERVERS = 10;
const RATE = 90;
const SERVICE_MS = 100;
const KEYS = 1000;

/** The seed of a server, where the clients' is `seed`. */
export function serverSeed(seed: number, server: number): number {
  return seed * 1000 + server + 1;
}

/** One server's line. */
interface Line {
  readonly random: () => number;
  readonly doneMs: number[];
  /** So many of `doneMs` are past. */
  past: number;
  freeAtMs: number;
}

function isPast({ doneMs, past }: Line, nowMs: number): boolean {
  return past < doneMs.length && (doneMs[past] ?? 0) <= nowMs;
}

/** How long each request took, in order: to wait behind those before it, and to be served. Milliseconds. */
export function latenciesOf(pickName: string, seed: number, requests: number): Float64Array {
  const random = seededRandom(seed);
  const pick = pickCalled(pickName, random, SERVERS);
  const keyOf = zipf(KEYS, random);
  const lines = Array.from({ length: SERVERS }, (_, server): Line => {
    return { random: seededRandom(serverSeed(seed, server)), doneMs: [], past: 0, freeAtMs: 0 };
  });
  const inFlight = lines.map(() => 0);
  let dueMs = 0;
  return new Float64Array(requests).map(() => {
    let server = 0;
    for (const line of lines) {
      while (isPast(line, dueMs)) line.past++;
      inFlight[server++] = line.doneMs.length - line.past;
    }
    const line = lines[pick(inFlight, keyOf())];
    if (line === undefined) throw new Error(`expected one of ${SERVERS} servers, found none`);
    line.freeAtMs = Math.max(line.freeAtMs, dueMs) + exponential(line.random) * SERVICE_MS;
    line.doneMs.push(line.freeAtMs);
    const latencyMs = line.freeAtMs - dueMs;
    dueMs += (exponential(random) * 1000) / RATE;
    return latencyMs;
  });
}

/** The 99th percentile (nearest rank) of all but the first `warmUp`, as tally.ts takes it. */
export function p99Of(latencies: Float64Array, warmUp: number): number {
  const sorted = latencies.slice(warmUp).sort();
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
