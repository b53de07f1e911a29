// A cluster of small programs, booted through the public door, and what their machines printed. Used by the tests
// of UDP, DNS, faults and captures.
import type { Action, ClusterSpec, TraceEvent } from '../../src/datacenter/contract.ts';
import type { NodeDatacenter } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';

/** Machine by machine: its program's text. Addresses are 10.0.0.1 and on, in this order. */
export type Programs = Readonly<Record<string, string>>;

export function specOf(
  programs: Programs,
  actions: readonly Action[] = [],
  more: Partial<ClusterSpec> = {},
): RunSpec {
  const names = Object.keys(programs);
  return {
    cluster: {
      name: 'test',
      title: 'Test',
      machines: names.map((name) => ({ name, program: `${name}.mjs` })),
      ...more,
    },
    files: Object.fromEntries(names.map((name) => [`test/${name}.mjs`, programs[name] ?? ''])),
    sandbox: 'test',
    seed: 4711,
    actions,
  };
}

export interface Played {
  readonly events: readonly TraceEvent[];
  readonly hash: string;
  /** Lines on stdout and stderr of a machine. */
  printed(machine: string): string[];
  packets(): Extract<TraceEvent, { kind: 'packet' }>[];
}

export async function play(runtime: NodeDatacenter, spec: RunSpec, untilNs = 60e9): Promise<Played> {
  const { run, first } = await runtime.boot(spec);
  const last = await run.advanceTo(untilNs);
  run.stop();
  const events = [...first.events, ...last.events];
  return {
    events,
    hash: last.hash,
    printed: (machine) =>
      events
        .flatMap((event) => (event.kind === 'log' && event.machine === machine ? [event.text] : []))
        .join('')
        .split('\n')
        .slice(0, -1),
    packets: () => events.flatMap((event) => (event.kind === 'packet' ? [event] : [])),
  };
}
