// What a run has to say in numbers: values over all of it and second by second, from its request samples. Pure.
// Latencies are of answered requests, from their intended start; a request belongs to the second in which it was meant to
// start. Used by the build for recorded runs and by own-run.ts for a reader's own: both are measured alike.
import type { MachineView, RequestSample } from '../datacenter/contract.ts';

/** What a run says under a name: a number, or words such as a list of machines. */
export type Value = number | string;

export type SampleInShort = Pick<RequestSample, 'intendedMs' | 'latencyMs' | 'ok' | 'by'>;

export interface Observed {
  readonly seed: number;
  readonly untilNs: number;
  readonly samples: readonly SampleInShort[];
  readonly machines: readonly Pick<MachineView, 'name' | 'role'>[];
}

export function standardValues(run: Observed): Record<string, Value> {
  const answered = run.samples.filter((sample) => sample.ok);
  const latencies = answered.map((sample) => sample.latencyMs).sort((a, b) => a - b);
  const seconds = run.untilNs / 1e9;
  const late = answered.filter((sample) => sample.intendedMs > run.untilNs / 1e6 - 1000);
  const values: Record<string, Value> = {
    seed: run.seed,
    seconds,
    sent: run.samples.length,
    answered: answered.length,
    lost: run.samples.length - answered.length,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    maxMs: latencies.at(-1) ?? 0,
    answeredPerSecond: seconds === 0 ? 0 : answered.length / seconds,
    answeredBy: [...new Set(late.map((sample) => sample.by).filter((name) => name !== ''))].sort().join(', '),
  };
  for (const machine of run.machines) {
    const count = answered.filter((sample) => sample.by === machine.name).length;
    if (machine.role === 'server') values[`servedBy.${machine.name}`] = count;
  }
  return values;
}

/** What a value must be for an option to hold. */
export interface Match {
  readonly is?: string | number | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export function matches({ is, from, to }: Match, value: Value): boolean {
  if (is !== undefined) return is === value;
  if (from === undefined && to === undefined) return false;
  return typeof value === 'number' && value >= (from ?? -Infinity) && value <= (to ?? Infinity);
}

export interface Second {
  readonly second: number;
  readonly answeredBy: Readonly<Record<string, number>>;
  readonly lost: number;
  /** Of answered requests; null when nothing was answered. */
  readonly p99Ms: number | null;
}

/** One for each second of the run. */
export function secondsOf(run: Observed): Second[] {
  const length = Math.max(1, Math.ceil(run.untilNs / 1e9));
  const machines = answering(run);
  return Array.from({ length }, (_, second) => {
    const own = run.samples.filter((sample) => Math.floor(sample.intendedMs / 1000) === second);
    const answered = own.filter((sample) => sample.ok);
    const latencies = answered.map((sample) => sample.latencyMs).sort((a, b) => a - b);
    return {
      second,
      answeredBy: Object.fromEntries(
        machines.map((name) => [name, answered.filter((sample) => sample.by === name).length]),
      ),
      lost: own.length - answered.length,
      p99Ms: latencies.length === 0 ? null : quantile(latencies, 0.99),
    };
  });
}

/** The machines that have answered anything. */
export function answering({ machines, samples }: Observed): string[] {
  return machines
    .map((machine) => machine.name)
    .filter((name) => samples.some((sample) => sample.ok && sample.by === name));
}

/** A second's value in a series: `lost`, `p99Ms`, or what a machine answered. */
export function inSeries(one: Second, series: string): number | null {
  if (series === 'lost') return one.lost;
  return series === 'p99Ms' ? one.p99Ms : (one.answeredBy[series] ?? 0);
}

/** Nearest rank; 0 for no values. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}
