// A recorded run second by second: answered by each machine, p99, lost, and what was done to the cluster. Pure.
// Used by run-chart.ts, prediction-parts.ts and mdx/Lab.
import type { Action } from '../datacenter/contract.ts';
import { answering, type Second, secondsOf } from '../grading/run-values.ts';
import type { Recorded } from './recorded.ts';

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
  const marks = actionsOf(run).map((action) => ({ atSeconds: action.atNs / 1e9, words: inWords(action) }));
  return { machines: answering(run), seconds: secondsOf(run), marks };
}

export function actionsOf(run: Recorded): Action[] {
  return run.events.flatMap((event) => (event.kind === 'action' ? [event.action] : []));
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
