// Date and Math.random as one process sees them: the run's clock and the machine's seeded chance.
// Time zone is UTC on every machine. Called by primordials.ts and globals.ts.
import type { Process } from '../machine/process.ts';
import { dateParts, parseDate } from './host-place.ts';

/** Wall clock at t=0 of every run: 2026-01-01T00:00:00Z, milliseconds. */
export const RUN_STARTS_AT_MS = Date.UTC(2026, 0, 1);

const HostDate = Date;

export interface Clock {
  readonly Date: DateConstructor;
  readonly random: () => number;
}

export function buildClock(process: Process): Clock {
  const nowMs = (): number => RUN_STARTS_AT_MS + Math.floor(process.readClockNs() / 1e6);
  return { Date: dateOf(nowMs), random: () => process.random.fraction() };
}

/** A Date that tells the time as `nowMs` has it, in UTC. */
export function dateOf(nowMs: () => number): DateConstructor {
  // `Date()` without new gives a string: only a plain function can be called so.
  const Ours = function (this: unknown, ...parts: unknown[]): unknown {
    if (new.target === undefined) return new HostDate(nowMs()).toString();
    const given = parts.length === 0 ? [nowMs()] : dateParts(parts);
    return Reflect.construct(HostDate, given, new.target === Ours ? HostDate : new.target);
  };
  Object.defineProperty(Ours, 'length', { value: 7 });
  Object.defineProperty(Ours, 'name', { value: 'Date' });
  Ours.prototype = HostDate.prototype;
  for (const [name, value] of Object.entries({ now: nowMs, parse: parseDate, UTC: HostDate.UTC })) {
    Object.defineProperty(Ours, name, { value, writable: true, configurable: true });
  }
  return Ours as unknown as DateConstructor;
}

/** What the thread's own Date becomes, which programs find as a date's `constructor`: it stands still. */
export function stillDate(): DateConstructor {
  const Still = dateOf(() => RUN_STARTS_AT_MS);
  Object.defineProperty(HostDate, 'now', { value: Still.now });
  Object.defineProperty(HostDate.prototype, 'constructor', {
    value: Still,
    configurable: true,
    writable: true,
  });
  return Still;
}
