// A recorded run second by second: answered by each machine, p99, lost, and what was done to the cluster. Pure.
// A request belongs to the second in which it was meant to start. Used by run-chart.ts and mdx/Lab.
import type { Action } from '../datacenter/contract.ts';
import type { Recorded } from './recorded.ts';
import { quantile } from './values.ts';

export interface Second {
  readonly second: number;
  readonly answeredBy: Readonly<Record<string, number>>;
  readonly lost: number;
  /** Of answered requests; null when nothing was answered. */
  readonly p99Ms: number | null;
}
export interface Mark {
  readonly atSeconds: number;
  readonly words: string;
}
export interface Series {
  readonly machines: readonly string[];
  readonly seconds: readonly Second[];
  readonly marks: readonly Mark[];
}

export function seriesOf(run: Recorded): Series {
  const length = Math.max(1, Math.ceil(run.untilNs / 1e9));
  const machines = run.machines
    .map((machine) => machine.name)
    .filter((name) => run.samples.some((sample) => sample.ok && sample.by === name));
  const seconds = Array.from({ length }, (_, second) => {
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
  const marks = run.events.flatMap((event) =>
    event.kind === 'action' ? [{ atSeconds: event.action.atNs / 1e9, words: inWords(event.action) }] : [],
  );
  return { machines, seconds, marks };
}

const deeds: Readonly<Record<string, string>> = { powerOff: 'power off', thaw: 'thaw', restart: 'restart' };

export function inWords(action: Action): string {
  if ('machine' in action) return `${deeds[action.do] ?? action.do} ${action.machine}`;
  if (action.do === 'edit') return `edit ${action.path}`;
  const between = `${action.from} ${action.oneWay === true ? '→' : '–'} ${action.to}`;
  if (action.do === 'delay') return `delay ${between} by ${action.ms} ms`;
  if (action.do === 'loss') return `lose ${(action.chance * 100).toFixed(0)}% on ${between}`;
  return `${action.do} ${between}`;
}
