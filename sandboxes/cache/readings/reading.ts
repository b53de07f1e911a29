// Reads a finished run of this sandbox: loads at the database, orders that were lost, hits that the bench counted.
// Pure. Believes each machine only what it must know. Used by scenarios/ and experiments/.
import type { Run } from '../../_shared/check.ts';
import { samplesOf } from '../../_shared/reading.ts';

/** Milliseconds since the start at which the database began to load an item. */
export function loadsOf(run: Run): number[] {
  return run.events.flatMap((event) =>
    event.kind === 'http' &&
    event.machine === 'database' &&
    event.side === 'server' &&
    event.phase === 'start' &&
    event.url.startsWith('/item')
      ? [event.atNs / 1e6]
      : [],
  );
}

export function within(times: readonly number[], fromMs: number, toMs: number): number {
  return times.filter((time) => time >= fromMs && time < toMs).length;
}

/** Loads that follow one another within `gapMs`, together: the stampedes of a popular key. */
export function burstsOf(times: readonly number[], gapMs: number): number[] {
  const bursts: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time - last > gapMs) bursts.push(0);
    bursts.push((bursts.pop() ?? 0) + 1);
    last = time;
  }
  return bursts;
}

/** Hit ratio of the bench over whole seconds of the run. */
export function benchHits(run: Run, fromS: number, toS: number): number {
  let asked = 0;
  let hits = 0;
  for (const event of run.events) {
    if (event.kind !== 'publish' || event.machine !== 'bench') continue;
    if (event.atNs <= fromS * 1e9 || event.atNs > toS * 1e9 + 5e8) continue;
    const said = event.value as { asked: number; hits: number };
    asked += said.asked;
    hits += said.hits;
  }
  return hits / asked;
}

/** Hit ratio of the cache by its own count, over whole seconds of the run. */
export function cacheHits(run: Run, fromS: number, toS: number): number {
  const counts = run.events.flatMap((event) =>
    event.kind === 'publish' && event.machine === 'cache' && event.channel === 'brownout:state'
      ? [{ atS: event.atNs / 1e9, ...(event.value as { hits: number; misses: number }) }]
      : [],
  );
  const upTo = (second: number) => counts.findLast(({ atS }) => atS <= second + 0.5);
  const [first, last] = [upTo(fromS), upTo(toS)];
  const hits = (last?.hits ?? 0) - (first?.hits ?? 0);
  return hits / (hits + (last?.misses ?? 0) - (first?.misses ?? 0));
}

export interface Orders {
  readonly acknowledged: number;
  /** Acknowledged, and at the end of the run not in the database. */
  readonly lost: number;
}

/** Of the orders that were due before `untilMs`. */
export function ordersOf(run: Run, untilMs: number): Orders {
  const kept = new Set<number>();
  for (const event of run.events)
    if (event.kind === 'publish' && event.machine === 'database' && event.channel === 'brownout:order')
      kept.add((event.value as { id: number }).id);
  const acknowledged = samplesOf(run).filter(
    (sample) => sample.status === 201 && sample.asked.startsWith('POST') && sample.intendedMs < untilMs,
  );
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((sample) => !kept.has(sample.id)).length,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
