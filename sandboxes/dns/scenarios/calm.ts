// Nothing is broken: the resolver asks from the root down once, and after that mostly knows.
// Must show three questions for the first name, no lost visit, and far fewer questions upstream than visits.
import type { Action, Run, Scenario } from '../../_shared/check.ts';
import type { RequestSample } from '../../_shared/load.ts';
import { between, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';

/** A visit, with the name that was looked up and the address that was asked last. */
export type Visit = RequestSample & { readonly name: string; readonly address: string };

/** Each visit of clients.ts, in order of becoming known. */
export function visitsOf(run: Run): Visit[] {
  return samplesOf(run) as Visit[];
}

/** Moments, in seconds, at which these authoritative servers were asked; about one name, if it is given. */
export function questionsTo(run: Run, machines: readonly string[], name?: string): number[] {
  return run.events.flatMap((event) => {
    if (event.kind !== 'publish' || event.channel !== 'brownout:query' || !machines.includes(event.machine))
      return [];
    const isAsked = name === undefined || (event.value as { name: string }).name === name;
    return isAsked ? [event.atNs / 1e9] : [];
  });
}

/** A dial of a program, turned. */
export function turn(
  atMs: number,
  machine: string,
  values: Readonly<Record<string, string | number>>,
): Action {
  return { atNs: Math.round(atMs * 1e6), do: 'input', machine, text: `${JSON.stringify(values)}\n` };
}

export const scenario: Scenario = {
  name: 'calm',
  title: 'Half a minute of ordinary visits.',
  seed: 4711,
  untilMs: 30_000,
  actions: [],
  shows(run) {
    const visits = visitsOf(run);
    const upstream = questionsTo(run, ['root', 'com', 'ns']).length;
    return [
      between('visits', visits.length, 1000, 1400),
      between('lost visits', lostAmong(visits), 0, 0),
      between('questions to the root', questionsTo(run, ['root']).length, 1, 1),
      between('questions to com', questionsTo(run, ['com']).length, 1, 1),
      // Three names, each asked again every 6 seconds and a little: 3 x 30 / 6.2, and the first of each.
      between('questions to all three', upstream, 12, 20),
    ];
  },
  values(run) {
    const visits = visitsOf(run);
    const upstream = questionsTo(run, ['root', 'com', 'ns']).length;
    const first = visits.reduce((least, one) => (one.id < least.id ? one : least));
    return {
      visits: visits.length,
      upstream,
      hitPercent: 100 * (1 - upstream / visits.length),
      firstMs: first.latencyMs,
      p50Ms: latencyMs(visits, 0.5),
    };
  },
};
