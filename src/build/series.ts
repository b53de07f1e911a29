// A recorded run second by second: answered by each machine, p99, lost, what the cluster names to be watched, and
// what was done to it. Pure. Used by run-chart.ts, prediction-parts.ts and mdx/Lab.
import type { Action, WatchSpec } from '../datacenter/contract.ts';
import { answering, type Second, secondsOf } from '../grading/run-values.ts';
import { NumberLine, WatchedEntry } from '../grading/watched.ts';
import type { Recorded } from './recorded.ts';

export interface Mark {
  readonly atSeconds: number;
  readonly words: string;
}
/** A line of what is watched: the key that `*` stood for, else the machine. */
export interface WatchedSeries {
  readonly label: string;
  readonly name: string;
  readonly unit: string;
  /** One for each second; null where nothing was published. A share is in percent. */
  readonly values: readonly (number | null)[];
}
export interface Series {
  /** Whether anybody sent requests: there are runs without. */
  readonly hasRequests: boolean;
  readonly machines: readonly string[];
  readonly seconds: readonly Second[];
  readonly marks: readonly Mark[];
  readonly watched: readonly WatchedSeries[];
}

/** `watch`: entries of the cluster file that are to be shown with the requests. */
export function seriesOf(run: Recorded, watch: readonly WatchSpec[] = []): Series {
  const marks = actionsOf(run).map((action) => ({ atSeconds: action.atNs / 1e9, words: inWords(action) }));
  return {
    hasRequests: run.samples.length > 0,
    machines: answering(run),
    seconds: secondsOf(run),
    marks,
    watched: watchedIn(run, watch),
  };
}

function watchedIn(run: Recorded, watch: readonly WatchSpec[]): WatchedSeries[] {
  const entries = watch.map((spec) => new WatchedEntry(spec));
  for (const event of run.events) {
    const isDown = event.kind === 'machine' && event.state !== 'up' && event.state !== 'frozen';
    const isState = event.kind === 'publish' && event.channel === 'brownout:state';
    if (!isDown && !isState) continue;
    for (const entry of entries)
      entry.take(event.atNs, event.machine, event.kind === 'publish' ? event.value : undefined);
  }
  const length = Math.ceil(run.untilNs / 1e9);
  const series = entries.flatMap((entry) => {
    entry.passTo(run.untilNs);
    const { label, kind, unit = '' } = entry.spec;
    return entry.lines.flatMap(({ machine, key, line }) => {
      if (!(line instanceof NumberLine)) return [];
      const scale = kind === 'share' ? 100 : 1;
      const values = Array.from({ length }, (_, second) => {
        const value = line.seconds[second - line.first] ?? null;
        return value === null ? null : value * scale;
      });
      return [{ label, name: key || machine, unit: kind === 'share' ? '%' : unit, values }];
    });
  });
  return inOneLine(series);
}

/** What two machines tell of the same thing, one after the other, is one line; where both do, the later one is believed. */
function inOneLine(all: readonly WatchedSeries[]): WatchedSeries[] {
  const lines = new Map<string, WatchedSeries>();
  for (const one of all) {
    const key = JSON.stringify([one.label, one.name]);
    const earlier = lines.get(key)?.values ?? [];
    lines.set(key, { ...one, values: one.values.map((value, second) => value ?? earlier[second] ?? null) });
  }
  return [...lines.values()];
}

/** A label with its unit, unless it names that already. */
export function withUnit({ label, unit }: Pick<WatchedSeries, 'label' | 'unit'>): string {
  return unit === '' || label.toLowerCase().includes(unit.toLowerCase()) ? label : `${label} (${unit})`;
}

export function actionsOf(run: Recorded): Action[] {
  return run.events.flatMap((event) => (event.kind === 'action' ? [event.action] : []));
}

const deeds: Readonly<Record<string, string>> = { powerOff: 'power off', thaw: 'thaw', restart: 'restart' };

export function inWords(action: Action): string {
  // A dial's line is JSON, and reads better without its marks: {"rate":200} as rate 200.
  if (action.do === 'input')
    return `${action.machine}: ${action.text.trim().replaceAll(/[{}"]/g, '').replaceAll(':', ' ')}`;
  if ('machine' in action) return `${deeds[action.do] ?? action.do} ${action.machine}`;
  if (action.do === 'edit') return `edit ${action.path}`;
  const between = `${action.from} ${action.oneWay === true ? '→' : '–'} ${action.to}`;
  if (action.do === 'delay') return `delay ${between} by ${action.ms} ms`;
  if (action.do === 'loss') return `lose ${(action.chance * 100).toFixed(0)}% on ${between}`;
  return `${action.do} ${between}`;
}
