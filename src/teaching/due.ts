// A wall-clock time of a zone as an instant. Pure: zones come from Intl. Refuses a zone that does not exist, a time that
// the zone skips (naming the neighbors) and one that it has twice, unless told which. Used by assignment.ts and extensions.ts.
import { RunProblem } from '../runtime/runtime.ts';

export interface LocalTime {
  /** `2026-11-30T23:59`, seconds if need be. */
  readonly local: string;
  /** IANA: `Europe/Vienna`. */
  readonly zone: string;
  /** Which, where clocks are set back and the zone has the time twice. */
  readonly which?: 'earlier' | 'later' | undefined;
}

/** What is found where `which` is wanted. */
export const TWICE = 'a time that comes twice';

const shape = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/;
const HOUR_MS = 3_600_000;

/** Milliseconds since 1970, UTC. Throws RunProblem. */
export function instantOf({ local, zone, which }: LocalTime): number {
  const parts = shape
    .exec(local)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  const format = formatIn(zone);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts ?? [];
  const asUtcMs = Date.UTC(year, month - 1, day, hour, minute, second);
  const same = parts !== undefined && new Date(asUtcMs).toISOString().startsWith(local);
  if (!same)
    throw new RunProblem({
      expected: 'a date and time of the calendar, such as 2026-11-30T23:59',
      found: `'${local}'`,
      fix: 'correct it.',
    });
  // The offset a day before and a day after are the two that can hold; no zone changes twice in two days.
  const offsets = new Set([-24, 24].map((hours) => offsetMs(format, asUtcMs + hours * HOUR_MS)));
  const fitting = [...offsets]
    .map((offset) => asUtcMs - offset)
    .filter((instant) => localMs(format, instant) === asUtcMs)
    .sort((a, b) => a - b);
  const [earlier, later] = fitting;
  if (earlier === undefined) throw skipped(local, zone, asUtcMs, offsets);
  if (later === undefined) return earlier;
  if (which === undefined)
    throw new RunProblem({
      expected: `which of the two ${local} in ${zone}: clocks are set back there`,
      found: TWICE,
      fix: `add "which": "earlier" (${iso(earlier)}) or "later" (${iso(later)}).`,
    });
  return which === 'earlier' ? earlier : later;
}

/** Wall-clock time of an instant, without its zone: `2026-11-30T23:59:00`. */
export function localOf(instantMs: number, zone: string): string {
  return new Date(localMs(formatIn(zone), instantMs)).toISOString().slice(0, 19);
}

function skipped(local: string, zone: string, asUtcMs: number, offsets: ReadonlySet<number>): RunProblem {
  const apart = Math.max(...offsets) - Math.min(...offsets);
  const [first, second] = [asUtcMs - Math.max(...offsets), asUtcMs - Math.min(...offsets)];
  const format = formatIn(zone);
  // The minute before the gap and the first one after it.
  let last = first;
  while (last < second && offsetMs(format, last) === offsetMs(format, first)) last += 60_000;
  const [before, after] = [last - 60_000, last].map((at) => localOf(at, zone).slice(0, 16));
  return new RunProblem({
    expected: `a time that ${zone} has`,
    found: `${local}: clocks are set forward by ${apart / 60_000} minutes there`,
    fix: `take ${before} or ${after}.`,
  });
}

function formatIn(zone: string): Intl.DateTimeFormat {
  try {
    const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' } as const;
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      minute: '2-digit',
      second: '2-digit',
      ...fields,
    });
  } catch {
    throw new RunProblem({
      expected: 'a zone of the IANA database, such as Europe/Vienna or UTC',
      found: `'${zone}'`,
      fix: 'correct the zone.',
    });
  }
}

function localMs(format: Intl.DateTimeFormat, instantMs: number): number {
  const part = new Map(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const of = (name: Intl.DateTimeFormatPartTypes) => part.get(name) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

function offsetMs(format: Intl.DateTimeFormat, instantMs: number): number {
  return localMs(format, instantMs) - instantMs;
}

function iso(instantMs: number): string {
  return new Date(instantMs).toISOString().replace('.000', '');
}
