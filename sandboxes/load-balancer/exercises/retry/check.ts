// Judges the exercise `retry` by what the trace says: which requests were lost, tried how often, ordered twice.
// Pure, and alone in its module (types apart), so that it can run out of reach of the code that it judges.
// Run by the exercise runner, once for each seed.
import type { Action, Check, Finding, Run } from '../../../_shared/check.ts';

const APPS = ['app1', 'app2', 'app3'] as const;

interface Sample {
  readonly id: number;
  readonly ok: boolean;
  readonly status: number;
  readonly error: string;
}

interface Request {
  readonly id: number;
  readonly method: string;
  /** Apps that the balancer asked, in order. */
  readonly tries: string[];
  /** Apps that carried the order out. */
  readonly orderedBy: string[];
  /** An app has answered it. */
  served: boolean;
  lastNs: number;
  sample?: Sample;
}

/** Mixes a seed and a position into an integer from 0 to `below` - 1. */
function draw(seed: number, position: number, below: number): number {
  let mixed = Math.imul(seed + 1, 0x9e3779b9) ^ Math.imul(position + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

/**
 * One app dies loudly (refusals, resets) and a moment before or after another falls silent (a freeze, later thawed, or
 * the power, later back), so that each run holds every kind of failure and the third app must carry on alone.
 */
function plan(seed: number): Action[] {
  const first = draw(seed, 1, 3);
  const loud = APPS[first] ?? 'app1';
  const silent = APPS[(first + 1 + draw(seed, 2, 2)) % 3] ?? 'app2';
  const killMs = 700 + draw(seed, 3, 600);
  const silenceMs = 700 + draw(seed, 4, 600);
  const backMs = silenceMs + 1300 + draw(seed, 5, 700);
  const power = draw(seed, 6, 3) === 0;
  const actions: Action[] = [
    { atNs: killMs * 1e6, do: 'kill', machine: loud },
    { atNs: silenceMs * 1e6, do: power ? 'powerOff' : 'freeze', machine: silent },
    { atNs: backMs * 1e6, do: power ? 'restart' : 'thaw', machine: silent },
  ];
  return actions.sort((a, b) => a.atNs - b.atNs);
}

/**
 * Every request of the clients, by its number, with what befell it. Each fact is taken only from the machine that must
 * know it: what was asked and how it ended from the clients, who ordered from the apps. The balancer runs the code that
 * is judged, so it may say which apps it asked, and nothing else that it publishes counts.
 */
function requestsOf({ events }: Run): Request[] {
  const requests = new Map<number, Request>();
  for (const event of events) {
    if (event.kind !== 'http' && event.kind !== 'publish') continue;
    const { kind, machine } = event;
    const id = kind === 'http' ? idIn(event.url) : ((event.value as { id?: number } | null)?.id ?? 0);
    const asks = kind === 'http' && event.side === 'client' && event.phase === 'start';
    if (asks && id !== 0 && !requests.has(id) && machine === 'clients')
      requests.set(id, { id, method: event.method, tries: [], orderedBy: [], served: false, lastNs: 0 });
    const request = requests.get(id);
    if (!request) continue;
    if (asks && machine === 'balancer') request.tries.push(event.peer.split(':')[0] ?? '');
    else if (kind === 'http' && event.side === 'server' && APPS.some((app) => app === machine))
      request.served ||= event.phase === 'end';
    else if (kind === 'publish' && event.channel === 'brownout:order' && APPS.some((app) => app === machine))
      request.orderedBy.push(machine);
    else if (kind === 'publish' && event.channel === 'brownout:request' && machine === 'clients')
      request.sample = event.value as unknown as Sample;
    else if (!asks) continue;
    request.lastNs = event.atNs;
  }
  return [...requests.values()];
}

function idIn(url: string): number {
  return Number(/[?&]id=(\d+)/.exec(url)?.[1] ?? 0);
}

/** One promise: kept where no request is `broken`; the first that is gives the evidence. */
function promise(name: string, expected: string, broken: Request | undefined, feedback: string): Finding {
  if (!broken) return { name, pass: true, expected, found: 'kept' };
  const { id, method, tries, orderedBy, sample, lastNs } = broken;
  const fate = !sample ? 'no answer yet' : sample.error || `answer ${sample.status}`;
  const found = `${method} number ${id}: tried on ${tries.join(', then ') || 'no app'}; ${fate}`;
  const orders = orderedBy.length > 0 ? [`carried out by ${orderedBy.join(' and by ')}`] : [];
  return { name, pass: false, expected, found, atNs: lastNs, evidence: [found, ...orders], feedback };
}

/**
 * Lost for a reason that the promise does not exclude: no app in rotation (503), or an answer that broke after its head.
 * An answer that no app gave is none.
 */
function isLostGet({ method, sample, tries, served }: Request): boolean {
  if (method !== 'GET' || !sample) return false;
  if (sample.ok) return !served;
  if (sample.status === 503 && tries.length === 0) return false;
  return sample.error === '' || sample.status === 0;
}

function judge(run: Run): Finding[] {
  const requests = requestsOf(run);
  const lost = requests.find(isLostGet);
  const someRetried = requests.some((one) => one.method === 'GET' && one.tries.length > 1);
  const why = lost && lost.tries.length > 1 ? 'lost' : someRetried ? 'some-failures' : 'no-retry';
  return [
    promise(
      'no request goes twice in a row to the same app',
      'another app after a failure',
      requests.find(({ tries }) => tries.some((app, i) => i > 0 && app === tries[i - 1])),
      'same-app',
    ),
    promise(
      'no request is tried more often than there are apps',
      `at most ${APPS.length} tries, each on another app`,
      requests.find(({ tries }) => new Set(tries).size < tries.length),
      'without-end',
    ),
    promise(
      'no order is carried out twice',
      'each order at most once',
      requests.find(({ orderedBy }) => orderedBy.length > 1),
      'post-twice',
    ),
    promise('every GET is answered', 'an answer from an app that is up', lost, why),
  ];
}

export const check: Check = { seeds: 50, untilMs: 4500, plan, judge };
