// Date and Math.random as one process sees them: the run's clock and the machine's seeded chance.
// Time zone is UTC on every machine. Called by primordials.ts and globals.ts.
import type { Process } from '../machine/process.ts';

/** Wall clock at t=0 of every run: 2026-01-01T00:00:00Z, milliseconds. */
export const RUN_STARTS_AT_MS = Date.UTC(2026, 0, 1);

const HostDate = Date;

export interface Clock {
  readonly Date: DateConstructor;
  readonly random: () => number;
}

export function buildClock(process: Process): Clock {
  const nowMs = (): number => RUN_STARTS_AT_MS + Math.floor(process.readClockNs() / 1e6);
  // `Date()` without new gives a string: only a plain function can be called so.
  const ProcessDate = function (this: unknown, ...parts: unknown[]): unknown {
    const given = parts.length === 0 ? [nowMs()] : parts;
    if (new.target === undefined) return new HostDate(nowMs()).toString();
    return Reflect.construct(HostDate, given, new.target === ProcessDate ? HostDate : new.target);
  };
  Object.defineProperty(ProcessDate, 'length', { value: 7 });
  Object.defineProperty(ProcessDate, 'name', { value: 'Date' });
  ProcessDate.prototype = HostDate.prototype;
  for (const [name, value] of Object.entries({ now: nowMs, parse: HostDate.parse, UTC: HostDate.UTC })) {
    Object.defineProperty(ProcessDate, name, { value, writable: true, configurable: true });
  }
  return { Date: ProcessDate as unknown as DateConstructor, random: () => process.random.fraction() };
}
