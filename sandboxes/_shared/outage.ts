// What scenarios ask that take one app away behind a balancer: when it left rotation, and what that cost.
// Pure; reads requests by their samples and rotation by the balancer's log. Used by scenarios.
import type { Run } from './check.ts';
import { answersBy, dueBetween, latencyMs, loggedAtSeconds, lostAmong, samplesOf } from './reading.ts';

export interface Outage {
  /** Seconds from the fault to the moment at which the balancer gave the app up. */
  readonly detectedAfterS: number;
  readonly lostBefore: number;
  readonly lostAfter: number;
  /** Lost requests that were due later than a second after the app was out of rotation. */
  readonly lostOnceOut: number;
  readonly slowestLostMs: number;
  readonly p99AfterMs: number;
  readonly answeredByAfter: string;
  /** Statuses and errors of the lost requests, each once, sorted. */
  readonly reasons: string;
  /** What share of the requests between fault and discovery was lost, in percent. */
  readonly lostPercent: number;
}

/** `app` is taken away `atMs` after the start. */
export function outageOf(run: Run, app: string, atMs: number): Outage {
  const samples = samplesOf(run);
  const outAtS = loggedAtSeconds(run, 'balancer', new RegExp(`^${app} is out of rotation`), atMs);
  const outAtMs = (outAtS ?? Number.POSITIVE_INFINITY) * 1000;
  const after = dueBetween(samples, atMs, Number.POSITIVE_INFINITY);
  const during = dueBetween(samples, atMs, outAtMs);
  const onceOut = dueBetween(samples, outAtMs + 1000, Number.POSITIVE_INFINITY);
  const lost = samples.filter((sample) => !sample.ok);
  return {
    detectedAfterS: outAtMs / 1000 - atMs / 1000,
    lostBefore: lostAmong(dueBetween(samples, 0, atMs - 1000)),
    lostAfter: lost.length,
    lostOnceOut: lostAmong(onceOut),
    slowestLostMs: Math.max(0, ...lost.map((sample) => sample.latencyMs)),
    p99AfterMs: latencyMs(onceOut, 0.99),
    answeredByAfter: Object.keys(answersBy(dueBetween(after, outAtMs, Number.POSITIVE_INFINITY)))
      .sort()
      .join(', '),
    reasons: [...new Set(lost.map((sample) => sample.error || String(sample.status)))].sort().join(', '),
    lostPercent: during.length === 0 ? 0 : (100 * lostAmong(during)) / during.length,
  };
}
