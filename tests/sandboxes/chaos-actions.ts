// The script of a chaotic run: from a seed, every deed that the contract has, in an order and at moments of chance,
// each with what takes it back. A new kind of deed does not compile here until it takes part. Pure.
// Used by chaos.ts.
import { seededRandom } from '../../sandboxes/_shared/random.ts';
import type { Action, Deed } from '../../src/datacenter/contract.ts';

const SERVERS = ['names', 'gate', 'store1', 'store2', 'jobs', 'mishaps'];
/** Links that carry something; to others a fault does nothing. */
const LINKS: readonly (readonly [string, string])[] = [
  ['clients', 'gate'],
  ['gate', 'store1'],
  ['gate', 'store2'],
  ['gate', 'names'],
  ['store1', 'store2'],
  ['clients', 'store1'],
];

/** Draws from what chance gives. */
export interface Draw {
  of<T>(choice: readonly T[]): T;
  from(least: number, most: number): number;
  readonly server: string;
  /** Two linked machines, in either order; sometimes one way. */
  readonly link: { readonly from: string; readonly to: string; readonly oneWay?: true };
}

/** Deeds with the milliseconds after which they come. */
type Episode = readonly (readonly [afterMs: number, deed: Deed])[];

const mend = ({ from, to }: Draw['link'], draw: Draw): Episode => [
  [draw.from(200, 900), { do: 'mend', from, to }],
];
const mendDisk = (machine: string, draw: Draw): Episode => [
  [draw.from(150, 700), { do: 'mendDisk', machine }],
];
const stores = ['store1', 'store2'];

function chanceOn(kind: 'loss' | 'duplicate' | 'corrupt', most: number): (draw: Draw) => Episode {
  return (draw) => {
    const { link } = draw;
    return [[0, { do: kind, ...link, chance: draw.from(0.01, most) }], ...mend(link, draw)];
  };
}

function endOf(kind: 'kill' | 'powerOff' | 'freeze', back: 'restart' | 'thaw'): (draw: Draw) => Episode {
  return (draw) => {
    const machine = draw.server;
    const torn = kind === 'powerOff' && draw.from(0, 1) < 0.5 ? { torn: true } : {};
    return [
      [0, { do: kind, machine, ...torn }],
      [draw.from(100, 600), { do: back, machine }],
    ];
  };
}

const episodes: Readonly<Record<Deed['do'], (draw: Draw) => Episode>> = {
  kill: endOf('kill', 'restart'),
  freeze: endOf('freeze', 'thaw'),
  powerOff: endOf('powerOff', 'restart'),
  // Of a machine that runs.
  thaw: ({ server }) => [[0, { do: 'thaw', machine: server }]],
  restart: ({ server }) => [[0, { do: 'restart', machine: server }]],
  replace: ({ server }) => [[0, { do: 'replace', machine: server }]],
  slowDisk: (draw) => {
    const machine = draw.of(stores);
    return [[0, { do: 'slowDisk', machine, ms: draw.from(1, 60) }], ...mendDisk(machine, draw)];
  },
  fullDisk: (draw) => {
    const machine = draw.of(stores);
    return [[0, { do: 'fullDisk', machine }], ...mendDisk(machine, draw)];
  },
  failDisk: (draw) => {
    const machine = draw.of(stores);
    return [[0, { do: 'failDisk', machine }], ...mendDisk(machine, draw)];
  },
  input: () => [[0, { do: 'input', machine: 'jobs', text: 'one more\n' }]],
  mendDisk: (draw) => [[0, { do: 'mendDisk', machine: draw.of(stores) }]],
  cut: (draw) => {
    const { link } = draw;
    return [[0, { do: 'cut', ...link }], ...mend(link, draw)];
  },
  mend: ({ link }) => [[0, { do: 'mend', ...link }]],
  delay: (draw) => {
    const { link } = draw;
    return [[0, { do: 'delay', ...link, ms: draw.from(1, 80) }], ...mend(link, draw)];
  },
  jitter: (draw) => {
    const { link } = draw;
    return [[0, { do: 'jitter', ...link, ms: draw.from(1, 30) }], ...mend(link, draw)];
  },
  loss: chanceOn('loss', 0.3),
  duplicate: chanceOn('duplicate', 0.5),
  corrupt: chanceOn('corrupt', 0.3),
  reorder: (draw) => {
    const { link } = draw;
    return [
      [0, { do: 'reorder', ...link, chance: draw.from(0.05, 0.5), ms: draw.from(1, 20) }],
      ...mend(link, draw),
    ];
  },
  slow: (draw) => {
    // Half the time where much is carried, so that its queue overflows.
    const link = draw.from(0, 1) < 0.5 ? draw.link : { from: 'clients', to: 'store1' };
    return [[0, { do: 'slow', ...link, kilobitsPerSecond: draw.from(50, 1500) }], ...mend(link, draw)];
  },
  edit: (draw) => {
    const text = `export const label = 'edition ${Math.floor(draw.from(2, 1e6))}';\n`;
    return [
      [0, { do: 'edit', path: 'chaos/words.ts', text }],
      [5, { do: 'restart', machine: draw.of(stores) }],
    ];
  },
};

export const deedsOfChaos = Object.keys(episodes) as readonly Deed['do'][];

/** Every deed once at least, from half a second on until there is half a second left. */
export function chaosOf(seed: number, untilMs: number): Action[] {
  const random = seededRandom(seed);
  const from = (least: number, most: number): number => least + (most - least) * random();
  const of = <T>(choice: readonly T[]): T => choice[Math.floor(random() * choice.length)] as T;
  const draw: Draw = {
    ...{ from, of },
    get server() {
      return of(SERVERS);
    },
    get link() {
      const [a, b] = of(LINKS);
      const ends = random() < 0.5 ? { from: a, to: b } : { from: b, to: a };
      return random() < 0.4 ? { ...ends, oneWay: true as const } : ends;
    },
  };
  const actions = deedsOfChaos.flatMap((kind) => {
    const beginsMs = from(500, untilMs - 500);
    return episodes[kind](draw).map(
      ([afterMs, deed]): Action => ({ atNs: Math.floor((beginsMs + afterMs) * 1e6), ...deed }),
    );
  });
  return actions.sort((a, b) => a.atNs - b.atNs);
}
