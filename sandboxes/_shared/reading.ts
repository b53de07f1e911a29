// Reads a finished run: its requests, when machines left rotation, what was ordered. Pure; knows no sandbox by name.
// Refuses to guess: what the trace does not say is undefined or empty. Used by scenarios.

import type { Finding, Run } from './check.ts';
import type { RequestSample } from './load.ts';

/** The fate of every request, in order of becoming known. */
export function samplesOf(run: Run): RequestSample[] {
  return run.events.flatMap((event) =>
    event.kind === 'publish' && event.channel === 'brownout:request' ? [event.value as RequestSample] : [],
  );
}

/** Requests that were due in this part of the run. */
export function dueBetween(samples: readonly RequestSample[], fromMs: number, toMs: number): RequestSample[] {
  return samples.filter((sample) => sample.intendedMs >= fromMs && sample.intendedMs < toMs);
}

export function lostAmong(samples: readonly RequestSample[]): number {
  return samples.filter((sample) => !sample.ok).length;
}

/** Latency that the share `q` of the answered requests did not exceed (nearest rank); 0 where none was answered. */
export function latencyMs(samples: readonly RequestSample[], q: number): number {
  const sorted = samples.filter((sample) => sample.ok).map((sample) => sample.latencyMs);
  sorted.sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

/** How many of these requests each machine answered. */
export function answersBy(samples: readonly RequestSample[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { ok, by } of samples) if (ok) counts[by] = (counts[by] ?? 0) + 1;
  return counts;
}

/** First moment, in seconds, at which a log line of `machine` matches; undefined where none does. */
export function loggedAtSeconds(run: Run, machine: string, pattern: RegExp, afterMs = 0): number | undefined {
  const line = run.events.find(
    (event) =>
      event.kind === 'log' &&
      event.machine === machine &&
      event.atNs >= afterMs * 1e6 &&
      pattern.test(event.text),
  );
  return line && line.atNs / 1e9;
}

/** A finding about a number that must lie between two others, both included. */
export function between(name: string, found: number, least: number, most: number): Finding {
  return {
    name,
    pass: found >= least && found <= most,
    expected: `${least} to ${most}`,
    found: String(found),
  };
}
