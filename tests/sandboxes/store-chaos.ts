// Runs of replicated-store under every fault, from a seed: what is done to it, and how it is set. Holds no test.
// Everything is mended after two seconds, so that what is there in the end can be asked for.
// Used by store-chaos.test.ts and scripts/chaos-store.ts.
import { seededRandom } from '../../sandboxes/_shared/random.ts';
import type { Action, Deed, TraceEvent } from '../../src/datacenter/contract.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { runSpec, type Sandbox, type Texts } from '../../src/runtime/sandbox.ts';

export const MODES = ['async', 'semi-sync', 'quorum'] as const;
export type Mode = (typeof MODES)[number];

const FAULTS_FROM_MS = 350;
const MENDED_MS = 1150;
const UNTIL_MS = 2400;
const STORES = ['store1', 'store2', 'store3'];
const LINKS: readonly (readonly [string, string])[] = [
  ['store1', 'store2'],
  ['store1', 'store3'],
  ['store2', 'store3'],
  ['monitor', 'store1'],
  ['monitor', 'store2'],
  ['clients', 'store1'],
];

/** Deeds with the milliseconds after which they come. */
type Episode = readonly (readonly [afterMs: number, deed: Deed])[];

interface Draw {
  of<T>(choice: readonly T[]): T;
  from(least: number, most: number): number;
}

/** The first primary more often than the others. */
const storeOf = (draw: Draw): string => draw.of(['store1', ...STORES]);
const linkOf = (draw: Draw) => {
  const [a, b] = draw.of(LINKS);
  return draw.from(0, 1) < 0.5 ? { from: a, to: b } : { from: b, to: a };
};
const back = (machine: string, deed: 'restart' | 'thaw', draw: Draw): Episode[number] => [
  draw.from(30, 500),
  { do: deed, machine },
];

const faults: readonly ((draw: Draw) => Episode)[] = [
  (draw) => {
    const machine = draw.of(['monitor', ...STORES]);
    return [[0, { do: 'kill', machine }], back(machine, 'restart', draw)];
  },
  (draw) => {
    const machine = storeOf(draw);
    return [[0, { do: 'powerOff', machine }], back(machine, 'restart', draw)];
  },
  (draw) => {
    const machine = storeOf(draw);
    return [[0, { do: 'powerOff', machine, torn: true }], back(machine, 'restart', draw)];
  },
  // A building without power: all stores, one after another.
  (draw) =>
    STORES.flatMap((machine) => [
      [draw.from(0, 40), { do: 'powerOff', machine, torn: draw.from(0, 1) < 0.5 }] as const,
      [draw.from(60, 400), { do: 'restart', machine }] as const,
    ]),
  // The same while the replicas' disks are slow; the primary comes back last.
  (draw) => [
    ...['store2', 'store3'].flatMap((machine) => {
      const [ms, torn, offMs] = [draw.from(10, 60), draw.from(0, 1) < 0.7, draw.from(150, 200)];
      return [
        [0, { do: 'slowDisk', machine, ms }],
        [offMs, { do: 'powerOff', machine, torn }],
        [offMs + 1, { do: 'mendDisk', machine }],
        [offMs + draw.from(30, 90), { do: 'restart', machine }],
      ] satisfies Episode;
    }),
    [draw.from(150, 200), { do: 'powerOff', machine: 'store1' }],
  ],
  (draw) => {
    const machine = draw.of(['monitor', ...STORES, 'store1']);
    return [[0, { do: 'freeze', machine }], back(machine, 'thaw', draw)];
  },
  (draw) => [[0, { do: 'cut', ...linkOf(draw) }]],
  (draw) => [[0, { do: 'cut', ...linkOf(draw), oneWay: true }]],
  // The primary is alone with its clients.
  () =>
    ['store2', 'store3', 'monitor'].map(
      (to) => [0, { do: 'cut', from: 'store1', to }] satisfies Episode[number],
    ),
  (draw) => [[0, { do: 'delay', ...linkOf(draw), ms: draw.from(5, 150) }]],
  (draw) => [[0, { do: 'loss', ...linkOf(draw), chance: draw.from(0.02, 0.4) }]],
  (draw) => [[0, { do: 'slowDisk', machine: storeOf(draw), ms: draw.from(2, 80) }]],
  (draw) => [[0, { do: 'fullDisk', machine: storeOf(draw) }]],
  (draw) => [[0, { do: 'failDisk', machine: storeOf(draw) }]],
  (draw) => [[0, { do: 'restart', machine: storeOf(draw) }]],
];

/** Two to four faults, and after MENDED_MS the end of all of them. */
export function planOf(seed: number): Action[] {
  const random = seededRandom(seed);
  const from = (least: number, most: number): number => least + (most - least) * random();
  const of = <T>(choice: readonly T[]): T => choice[Math.floor(random() * choice.length)] as T;
  const draw: Draw = { from, of };
  const at = (ms: number, deed: Deed): Action => ({ atNs: Math.floor(ms * 1e6), ...deed });
  const actions = Array.from({ length: 2 + Math.floor(random() * 3) }, () => {
    const beginsMs = from(FAULTS_FROM_MS, MENDED_MS - 100);
    return of(faults)(draw).map(([afterMs, deed]) => at(Math.min(beginsMs + afterMs, MENDED_MS - 1), deed));
  }).flat();
  const touched = (deeds: readonly string[]) =>
    new Set(actions.flatMap((one) => ('machine' in one && deeds.includes(one.do) ? [one.machine] : [])));
  const ends = [
    ...[...touched(['freeze'])].map((machine) => at(MENDED_MS, { do: 'thaw', machine })),
    ...STORES.map((machine) => at(MENDED_MS, { do: 'mendDisk', machine })),
    ...LINKS.map(([a, b]) => at(MENDED_MS, { do: 'mend', from: a, to: b })),
    ...[...touched(['kill', 'powerOff', 'failDisk', 'fullDisk'])].map((machine) =>
      at(MENDED_MS + 1, { do: 'restart', machine }),
    ),
  ];
  return [...actions, ...ends].sort((a, b) => a.atNs - b.atNs);
}

/** Few clients and much that can go wrong: small snapshots, records that reach over blocks of the disk. */
function envOf(mode: Mode, more: Readonly<Record<string, string>>) {
  const store = { PATIENCE_MS: '150', SNAPSHOT_EVERY: '25', LAG_MS: '0', HEARTBEAT_MS: '25', ...more };
  return {
    clients: {
      ...{ RATE: '60', WRITES: '0.7', KEYS: '3', UNIQUE: '0.5', NEWCOMERS: '0.2', PADDING: '700' },
      ...{ HISTORY: 'on', START_MS: '200', TIMEOUT_MS: '300', AUDIT_MS: '1000000' },
      ...{ STOP_MS: String(MENDED_MS + 200), FINAL_MS: '1800' },
    },
    monitor: { MODE: mode, LAG_MS: mode === 'async' ? '20' : '0', INTERVAL_MS: '50' },
    ...{ store1: store, store2: store, store3: store },
  };
}

/** A program with a mistake: other texts for files of the sandbox, or other settings. */
export interface Change {
  readonly edits?: Texts;
  readonly env?: Readonly<Record<string, string>>;
}

/** Plays the run of a seed in a mode to its end. */
export async function playChaos(
  runtime: Runtime,
  sandbox: Sandbox,
  mode: Mode,
  seed: number,
  { edits = {}, env = {} }: Change = {},
): Promise<TraceEvent[]> {
  const spec = runSpec(sandbox, { seed, actions: planOf(seed), env: envOf(mode, env), edits });
  const { run, first } = await runtime.boot(spec);
  try {
    const last = await run.advanceTo(UNTIL_MS * 1e6);
    return [...first.events, ...last.events];
  } finally {
    run.stop();
  }
}
