// Judges the exercise `fair-queue` by what the clients saw: who was answered, when, in which order, and how much work the
// answers stand for. Pure, and alone in its module (types apart), so that it can run out of reach of the code it judges.
// Run by the exercise runner, once for each seed.
import type { Action, Check, Finding, Run } from '../../../_shared/check.ts';

const SITES = 'ants bread chess drums eels ferns goats harps inks jazz'.split(' ');
const UNTIL_MS = 1900;
/** By now the busy site's requests wait, so the server has no reason to be idle until the end. */
const BUSY_FROM_MS = 500;
/** In turns a neighbor's request takes 35 ms in the mean; in one line, 1.45 s more with each second of the run. */
const NEIGHBOR_MS = 600;
/** The server reads between two pages of at most 30 ms: requests that are further apart reach it in their order. */
const APART_MS = 100;

interface Asked {
  readonly id: number;
  readonly site: string;
  readonly busy: boolean;
  readonly workMs: number;
  readonly atMs: number;
  /** Times that the server says it came out of the line. Speaks only against it. */
  taken: number;
  endMs: number;
  status: number;
}

/** The busy site is another one in each run, and the rates differ a little. */
function plan(seed: number): Action[] {
  const busy = `${SITES[(seed * 7) % SITES.length]}.example`;
  const clients = { busy, busyPerSecond: 180 + ((seed * 13) % 50), othersPerSecond: 5 };
  return [
    { atNs: 20e6, do: 'input', machine: 'server', text: '{"line":"mine"}\n' },
    { atNs: 20e6, do: 'input', machine: 'clients', text: `${JSON.stringify(clients)}\n` },
  ];
}

/** Every request, in the order of asking. All but `taken` is from the clients, who do not run the code that is judged. */
function requestsOf({ events }: Run): Asked[] {
  const requests = new Map<number, Asked>();
  for (const event of events) {
    const atMs = event.atNs / 1e6;
    if (event.kind === 'publish' && event.channel === 'brownout:asked' && event.machine === 'clients') {
      const asked = event.value as { id: number; site: string; page: number; busy: boolean };
      const workMs = asked.page % 5 === 0 ? 30 : 5;
      requests.set(asked.id, {
        ...asked,
        workMs,
        atMs,
        taken: 0,
        endMs: Number.POSITIVE_INFINITY,
        status: 0,
      });
    } else if (event.kind === 'publish' && event.channel === 'brownout:taken') {
      const request = requests.get(idIn(String((event.value as { url?: unknown } | null)?.url)));
      if (request) request.taken++;
    } else if (event.kind === 'http' && event.machine === 'clients' && event.phase === 'end') {
      const request = requests.get(idIn(event.url));
      if (request) Object.assign(request, { endMs: atMs, status: event.status ?? 0 });
    }
  }
  return [...requests.values()];
}

function idIn(url: string): number {
  return Number(/[?&]id=(\d+)/.exec(url)?.[1] ?? 0);
}

interface Broken {
  readonly request: Asked;
  readonly found: string;
  readonly feedback: string;
}

function promise(name: string, expected: string, broken: Broken | undefined): Finding {
  if (!broken) return { name, pass: true, expected, found: 'kept' };
  const { request, found, feedback } = broken;
  const { id, site, atMs, endMs, status } = request;
  const fate = status > 0 ? `${status} after ${Math.round(endMs - atMs)} ms` : 'no answer';
  const evidence = [`number ${id} for ${site}, asked at ${(atMs / 1000).toFixed(3)} s: ${fate}`];
  return { name, pass: false, expected, found, atNs: Math.round(atMs * 1e6), evidence, feedback };
}

/** Answers to requests that were asked clearly later, and came earlier. */
function passedBy(one: Asked, all: readonly Asked[]): Asked[] {
  return all.filter(
    ({ status, atMs, endMs }) => status === 200 && atMs > one.atMs + APART_MS && endMs < one.endMs,
  );
}

/** A request that was overtaken by one of its own site. */
function overtaken(requests: readonly Asked[]): Broken | undefined {
  const passed = requests.filter(
    (one) => one.status !== 503 && passedBy(one, requests).some(({ site }) => site === one.site),
  );
  const late = passed.find(({ status }) => status === 200);
  const request = late ?? passed[0];
  if (!request) return undefined;
  const found = late ? 'one that was answered after a later one' : 'one that never came out of the line';
  return { request, found, feedback: late ? 'newest-first' : 'loses' };
}

/** A neighbor's request that was refused, or had to wait for too long. */
function wronged(requests: readonly Asked[]): Broken | undefined {
  const request = requests.find(
    ({ busy, atMs, endMs, status }) =>
      !busy && atMs < UNTIL_MS - NEIGHBOR_MS && (endMs - atMs > NEIGHBOR_MS || status !== 200),
  );
  if (!request) return undefined;
  if (request.status > 200)
    return { request, found: `${request.status} for a neighbor`, feedback: 'shared-room' };
  const ahead = passedBy(request, requests).filter(({ busy }) => busy).length;
  const found = `a neighbor's that took longer; ${ahead} later ones of the busy site were answered before`;
  return { request, found, feedback: ahead > 10 ? 'starves' : 'by-request' };
}

/** How much work the answers stand for, beside how much a server that never rests can do. */
function judgeWork(requests: readonly Asked[]): Finding {
  const done = requests.filter(({ status, endMs }) => status === 200 && endMs >= BUSY_FROM_MS);
  const share = done.reduce((sum, { workMs }) => sum + workMs, 0) / (UNTIL_MS - BUSY_FROM_MS);
  return {
    name: 'while requests wait, the server works',
    pass: share >= 0.95 && share <= 1.05,
    expected: '95 to 105% of its time spent on pages that were answered',
    found: `${Math.round(100 * share)}%`,
    atNs: BUSY_FROM_MS * 1e6,
    feedback: share < 1 ? 'wastes' : 'without-work',
  };
}

function judge(run: Run): Finding[] {
  const requests = requestsOf(run);
  const again = requests.find(({ taken }) => taken > 1);
  return [
    promise(
      'nothing comes out twice',
      'each request once',
      again && { request: again, found: `one that came out ${again.taken} times`, feedback: 'twice' },
    ),
    promise('the requests of a site keep their order', 'first in, first out', overtaken(requests)),
    promise(
      'the neighbors feel nothing',
      `every request of the nine others answered within ${NEIGHBOR_MS} ms`,
      wronged(requests),
    ),
    judgeWork(requests),
  ];
}

export const check: Check = { seeds: 10, untilMs: UNTIL_MS, plan, judge };
