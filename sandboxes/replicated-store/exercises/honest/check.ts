// Judges the exercise `honest` by what clients were told, and when: by HTTP as it was seen on their machine, and by what
// they found in the end. The stores run the code that is judged, so nothing that they publish counts.
// Pure, and alone in its module (types apart). Run by the exercise runner, once for each seed.
import type { Action, Check, Finding, Run } from '../../../_shared/check.ts';

const OUTAGE_MS = 800;
/** Until connections and clients have felt the outage. */
const FELT_MS = 50;
/** PATIENCE_MS of cluster.json is 700; a client must have heard by then and a little more. */
const ANSWER_MS = 950;
const UNTIL_MS = 3100;

/** One PUT to the first primary. */
interface Put {
  readonly url: string;
  readonly fromMs: number;
  untilMs?: number;
  status?: number;
}

type Outage = 'cut' | 'replica' | 'blackout';
const outageOf = (seed: number): Outage => (['blackout', 'cut', 'replica'] as const)[seed % 3] ?? 'cut';

/** From 0 to 1, by seed and position. */
function draw(seed: number, position: number): number {
  let mixed = Math.imul(seed + 1, 0x9e3779b9) ^ Math.imul(position + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

function plan(seed: number): Action[] {
  const turn = (machine: string, values: object): Action => ({
    ...{ atNs: 0, do: 'input', machine, text: `${JSON.stringify(values)}\n` },
  });
  const dials = [
    turn('monitor', { mode: 'semi-sync', lagMs: 0 }),
    turn('clients', { ratePerSecond: 50, writes: 1 }),
  ];
  const at = (ms: number) => Math.round(ms * 1e6);
  const replicas = ['store2', 'store3'];
  const dead = replicas[draw(seed, 1) < 0.5 ? 0 : 1] ?? 'store2';
  switch (outageOf(seed)) {
    case 'cut':
      return [
        ...dials,
        ...replicas.map((to) => ({ atNs: at(OUTAGE_MS), do: 'cut', from: 'store1', to }) as const),
      ];
    case 'replica': {
      const deed = draw(seed, 2) < 0.5 ? 'powerOff' : 'kill';
      return [...dials, { atNs: at(OUTAGE_MS), do: deed, machine: dead }];
    }
    case 'blackout': {
      const offMs = OUTAGE_MS + 200 + 100 * draw(seed, 3);
      const slow = 40 + 40 * draw(seed, 4);
      const each = (machine: string): Action[] => [
        { atNs: at(OUTAGE_MS), do: 'slowDisk', machine, ms: slow },
        { atNs: at(offMs), do: 'powerOff', machine },
        { atNs: at(offMs + 10), do: 'mendDisk', machine },
        { atNs: at(offMs + 20), do: 'restart', machine },
      ];
      return [...dials, { atNs: at(offMs), do: 'powerOff', machine: 'store1' }, ...replicas.flatMap(each)];
    }
  }
}

/** As the clients' own machine saw them. */
function putsOf({ events }: Run): Put[] {
  const puts = new Map<number, Put>();
  for (const event of events) {
    if (event.kind !== 'http' || event.machine !== 'clients' || event.side !== 'client') continue;
    const { phase, id, method, url, peer, atNs, status } = event;
    const isToPrimary = method === 'PUT' && peer.startsWith('store1');
    if (phase === 'start' && isToPrimary) puts.set(id, { url, fromMs: atNs / 1e6 });
    const put = puts.get(id);
    if (phase === 'start' || !put) continue;
    put.untilMs = atNs / 1e6;
    if (phase === 'end' && status !== undefined) put.status = status;
  }
  return [...puts.values()];
}

function promise(name: string, expected: string, broken: Put | undefined, feedback: string): Finding {
  if (!broken) return { name, pass: true, expected, found: 'kept' };
  const { url, fromMs, untilMs, status } = broken;
  const end =
    untilMs === undefined ? 'no answer' : `${status ?? 'no status'} after ${Math.round(untilMs - fromMs)} ms`;
  const found = `PUT ${url} at ${Math.round(fromMs)} ms: ${end}`;
  return { name, pass: false, expected, found, atNs: (untilMs ?? fromMs) * 1e6, evidence: [found], feedback };
}

const tookMs = ({ fromMs, untilMs = UNTIL_MS }: Put) => untilMs - fromMs;

function judge(run: Run): Finding[] {
  const outage = outageOf(run.seed);
  const puts = putsOf(run);
  const after = puts.filter(
    ({ fromMs }) => fromMs > OUTAGE_MS + FELT_MS && fromMs < run.untilNs / 1e6 - ANSWER_MS,
  );
  const lie = outage === 'cut' ? after.find(({ status }) => status === 201) : undefined;
  const silent = outage === 'cut' ? after.find((put) => tookMs(put) > ANSWER_MS) : undefined;
  const isQuiet = (put: Put) => outage === 'replica' || put.fromMs < OUTAGE_MS - ANSWER_MS / 2;
  const refused = outage === 'cut' ? undefined : puts.find((put) => put.status === 503 && isQuiet(put));
  return [
    promise(
      'no write is acknowledged that only the primary has',
      'no 201 while both replicas are cut off',
      lie,
      lie && tookMs(lie) > 300 ? 'fallback' : 'alone',
    ),
    promise('a client hears within a second', `an answer within ${ANSWER_MS} ms`, silent, 'forever'),
    promise(
      'one dead replica stops nothing',
      'no 503 while a replica is well',
      refused,
      refused && tookMs(refused) > 300 ? 'all' : 'impatient',
    ),
    nothingLost(run, outage),
  ];
}

/** What the clients found at the next primary, in the end. */
function nothingLost({ events }: Run, outage: Outage): Finding {
  const name = 'what was acknowledged is there';
  const expected = 'every acknowledged write at the next primary';
  const audit = events.findLast(
    (event) => event.kind === 'publish' && event.channel === 'brownout:audit' && event.machine === 'clients',
  );
  const { lost = 0, by = '' } =
    audit?.kind === 'publish' ? (audit.value as { lost?: number; by?: string }) : {};
  if (lost === 0) return { name, pass: true, expected, found: 'kept' };
  const found = `${lost} acknowledged writes that ${by} does not have`;
  const feedback = outage === 'blackout' ? 'received' : 'lost';
  return { name, pass: false, expected, found, atNs: audit?.atNs ?? 0, evidence: [found], feedback };
}

export const check: Check = { seeds: 9, untilMs: UNTIL_MS, plan, judge };
