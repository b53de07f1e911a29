// The values that every recorded run has, computed from its request samples, and how numbers are printed. Pure.
// Latencies are of answered requests, from their intended start. Used by recorded.ts and everything that prints values.
import type { MachineView, RequestSample } from '../datacenter/contract.ts';

/** What a run says under a name: a number, or words such as a list of machines. */
export type Value = number | string;

interface Observed {
  readonly seed: number;
  readonly untilNs: number;
  readonly samples: readonly RequestSample[];
  readonly machines: readonly MachineView[];
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

/** Nearest rank; 0 for no values. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0;
}

/** 1,234 · 26.4 · 8.13; whole numbers as they are; words as they are. */
export function printed(value: Value, digits?: number): string {
  if (typeof value === 'string') return value;
  const size = Math.abs(value);
  const usual = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const places = digits ?? usual;
  return value.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
}
