// Judges the exercise `single-flight` by what the trace says: what the database loaded, what the clients got and when.
// Pure, and alone in its module (types apart), so that it can run out of reach of the code that it judges.
// The shop runs that code, so nothing that it says counts. Run by the exercise runner, once for each seed.
import type { Action, Check, Finding, Run } from '../../../_shared/check.ts';

const TTL_MS = 400;
const UNTIL_MS = 2800;
/** After a fault ends, a load that began before has this long to end. */
const RECOVERY_MS = 400;
/** A request of the last moments may still be waiting when the run ends. */
const PATIENCE_MS = 350;
/** Between a load and the use of its copy: some ways through the network. */
const SLACK_MS = 60;

/** Mixes a seed and a position into an integer from 0 to `below` - 1. */
function draw(seed: number, position: number, below: number): number {
  let mixed = Math.imul(seed + 1, 0x9e3779b9) ^ Math.imul(position + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

/** What befalls the database, and how long its loads take while all is well. */
function faultOf(seed: number) {
  const kind = (['kill', 'freeze', 'fail'] as const)[seed % 3] ?? 'kill';
  const fromMs = 900 + draw(seed, 1, 200);
  const toMs = fromMs + (kind === 'freeze' ? 400 + draw(seed, 2, 400) : 250 + draw(seed, 2, 150));
  const isWell = (ms: number): boolean => ms < fromMs || ms > toMs + RECOVERY_MS;
  return { kind, fromMs, toMs, loadMs: 80 + draw(seed, 3, 60), isWell };
}

type Deed = 'kill' | 'freeze' | 'thaw' | 'restart';

/** A few very popular items, short lives, slow loads; then the database is killed, frozen, or fails for a while. */
function plan(seed: number): Action[] {
  const { kind, fromMs, toMs, loadMs } = faultOf(seed);
  const machine = 'database';
  const type = (atMs: number, to: string, values: object): Action => {
    return { atNs: atMs * 1e6, do: 'input', machine: to, text: `${JSON.stringify(values)}\n` };
  };
  const deed = (atMs: number, what: Deed): Action => ({ atNs: atMs * 1e6, do: what, machine });
  const faults = {
    kill: [deed(fromMs, 'kill'), deed(toMs, 'restart'), type(toMs + 1, machine, { loadMs })],
    freeze: [deed(fromMs, 'freeze'), deed(toMs, 'thaw')],
    fail: [type(fromMs, machine, { failing: 1 }), type(toMs, machine, { failing: 0 })],
  };
  const clients = type(1, 'clients', { alpha: 3, ratePerSecond: 70 });
  return [type(1, 'shop', { ttlMs: TTL_MS }), type(1, machine, { loadMs }), clients, ...faults[kind]];
}

type Load = { readonly item: number; readonly fromMs: number; toMs?: number };
type Request = { readonly id: number; readonly item: number; readonly dueMs: number } & {
  endedMs?: number;
  status?: number;
  got?: { readonly item: number; readonly version: number };
};

/** Each fact only from the machine that must know it: loads from the database, questions and answers from the clients. */
function seenIn({ events }: Run) {
  const loads = new Map<number, Load>();
  const requests = new Map<number, Request>();
  const loadedMs = new Map<string, number>();
  for (const event of events) {
    const atMs = event.atNs / 1e6;
    if (event.kind === 'http') {
      const { machine, side, phase } = event;
      const item = Number(/^\/item\?id=(\d+)/.exec(event.url)?.[1] ?? 0);
      const id = Number(/[?&]request=(\d+)/.exec(event.url)?.[1] ?? 0);
      if (machine === 'clients' && phase === 'start' && id > 0) requests.set(id, { id, item, dueMs: atMs });
      if (machine !== 'database' || side !== 'server' || item === 0) continue;
      const load = loads.get(event.id);
      if (phase === 'start') loads.set(event.id, { item, fromMs: atMs });
      else if (load !== undefined && phase === 'end' && event.status === 200) load.toMs = atMs;
    } else if (event.kind === 'publish') {
      const value = event.value as { id: number; item: number; version: number; status: number };
      if (event.machine === 'database' && event.channel === 'brownout:loaded')
        loadedMs.set(`${value.item}-${value.version}`, atMs);
      const request = event.machine === 'clients' ? requests.get(value.id) : undefined;
      if (request && event.channel === 'brownout:answer') request.got = value;
      if (request && event.channel === 'brownout:request')
        Object.assign(request, { endedMs: atMs, status: value.status });
    }
  }
  return { loads: [...loads.values()], requests: [...requests.values()], loadedMs };
}

/** One promise; `found` is what broke it, if anything did. */
function promise(name: string, expected: string, found: string, atMs = 0, feedback = ''): Finding {
  if (found === '') return { name, pass: true, expected, found: 'kept' };
  return { name, pass: false, expected, found, atNs: Math.round(atMs * 1e6), feedback };
}

function judge(run: Run): Finding[] {
  const { fromMs: faultMs, loadMs, isWell } = faultOf(run.seed);
  const { loads, requests, loadedMs } = seenIn(run);
  const wrong = requests.find(({ item, got }) => got !== undefined && got.item !== item);
  const old = requests.find(({ got, endedMs = 0 }) => {
    const loaded = loadedMs.get(`${got?.item}-${got?.version}`);
    return got !== undefined && (loaded === undefined || endedMs - loaded > TTL_MS + SLACK_MS);
  });
  /** The load of the same item before this one, if both began in the same time in which the database was well. */
  const before = (load: Load): Load | undefined => {
    const last = loads.slice(0, loads.indexOf(load)).findLast(({ item }) => item === load.item);
    const isSameTime = last !== undefined && last.fromMs < faultMs === load.fromMs < faultMs;
    return isSameTime && isWell(last.fromMs) && isWell(load.fromMs) ? last : undefined;
  };
  const isDuring = (load: Load): boolean => load.fromMs < (before(load)?.toMs ?? run.untilNs);
  const isFresh = (load: Load): boolean => load.fromMs < (before(load)?.toMs ?? 0) + TTL_MS - 5;
  const needless = loads.find((load) => before(load) && (isDuring(load) || isFresh(load)));
  const again = needless && isDuring(needless) ? 'stampede' : 'one-by-one';
  const lost = requests.find(({ dueMs, status, got }) => {
    const isCounted = isWell(dueMs) && isWell(dueMs + 2 * loadMs) && dueMs < UNTIL_MS - PATIENCE_MS;
    return isCounted && !(status === 200 && got !== undefined);
  });
  const fate = lost?.endedMs === undefined ? 'no answer until the end of the run' : `answer ${lost.status}`;
  const since = lost?.endedMs === undefined ? 'never-released' : 'kept-failure';
  return [
    promise(
      'an answer holds the item that was asked for',
      'the same item',
      wrong ? `request ${wrong.id} for item ${wrong.item} got item ${wrong.got?.item}` : '',
      wrong?.endedMs,
      'one-for-all',
    ),
    promise(
      'no answer is older than a copy may be',
      `loaded at most ${TTL_MS} ms before`,
      old ? `request ${old.id} got item ${old.item} as it was long before, or never` : '',
      old?.endedMs,
      'kept-result',
    ),
    promise(
      'no item is loaded while it is being loaded, or has just been',
      `${TTL_MS} ms between a load and the next of the same item`,
      needless ? `item ${needless.item} was loaded again` : '',
      needless?.fromMs,
      again,
    ),
    promise(
      'who asks while the database is well is answered',
      'an answer with an item, also to the first who asks after a failure',
      lost ? `request ${lost.id} for item ${lost.item}: ${fate}` : '',
      lost?.endedMs ?? lost?.dueMs,
      lost !== undefined && lost.dueMs < faultMs ? 'turned-away' : since,
    ),
  ];
}

export const check: Check = { seeds: 10, untilMs: UNTIL_MS, plan, judge };
