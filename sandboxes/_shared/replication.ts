// What runs of replicated-store are asked: which writes were acknowledged, by whom, and what of them is gone at the end.
// Pure. Believes the clients' own words, and the stores' only about when a primary began. Used by its scenarios,
// experiments and tests.
import type { Action, Run } from './check.ts';

/** The newest word of the clients on what they were promised and what is gone. */
export interface Audited {
  readonly acknowledged: number;
  readonly lost: number;
  readonly by: string;
  readonly epoch: number;
}

export interface Begun {
  readonly atNs: number;
  readonly machine: string;
  readonly epoch: number;
  /** Index of its first record: what others have from there on is gone. */
  readonly start: number;
}

export function published<T>(
  run: Run,
  channel: string,
): (T & { readonly atNs: number; readonly machine: string })[] {
  return run.events.flatMap((event) =>
    event.kind === 'publish' && event.channel === `brownout:${channel}`
      ? [{ ...(event.value as T), atNs: event.atNs, machine: event.machine }]
      : [],
  );
}

export function lastAudit(run: Run): Audited {
  return published<Audited>(run, 'audit').at(-1) ?? { acknowledged: 0, lost: 0, by: '', epoch: 0 };
}

export function primariesOf(run: Run): Begun[] {
  return published<{ epoch: number; start: number }>(run, 'epoch');
}

/** Last state that a store told of itself. */
export function stateOf(run: Run, machine: string, atNs = Number.POSITIVE_INFINITY) {
  return published<{ role: string; epoch: number; index: number; applied: number; keys: number }>(
    run,
    'state',
  ).findLast((state) => state.machine === machine && state.atNs <= atNs);
}

/** Turns dials at the start of a run, or later. */
export function turn(machine: string, values: object, atMs = 0): Action {
  return { atNs: atMs * 1e6, do: 'input', machine, text: `${JSON.stringify(values)}\n` };
}

/** Cuts the links of a machine to others, or mends them. */
export function links(deed: 'cut' | 'mend', from: string, to: readonly string[], atMs: number): Action[] {
  return to.map((other) => ({ atNs: atMs * 1e6, do: deed, from, to: other }));
}

/** Of reads sent after an acknowledgement: the share that did not show what was acknowledged. */
export function staleShare(run: Run): number {
  const probes = published<{ isStale: boolean }>(run, 'probe');
  return probes.filter(({ isStale }) => isStale).length / probes.length;
}

/** What each write is read back for, right after its acknowledgement, from `stores` stores at random. */
export function probing(stores: number, afterMs: number, ratePerSecond: number) {
  return { WRITES: '1', READ_FROM: `${stores}`, PROBE_AFTER_MS: `${afterMs}`, RATE: `${ratePerSecond}` };
}
