// Judges the exercise `budget` by what the server saw: which requests came, and which came again. Keeps the books of a
// budget that is right beside them. Pure, and alone in its module (types apart), so that it can run out of reach of the
// code that it judges: what the clients say of themselves does not count.
// Run by the exercise runner, once for each seed.
import type { Action, Check, Finding, Run } from '../../../_shared/check.ts';

const EARNED = 0.1;
const SAVED_MAX = 10;
/** A sum of tenths is not exact, and two requests may overtake each other on their way. */
const SLACK = 0.15;
const SEVERAL = 3;

/** Mixes a seed and a position into an integer from 0 to `below` - 1. */
function draw(seed: number, position: number, below: number): number {
  let mixed = Math.imul(seed + 1, 0x9e3779b9) ^ Math.imul(position + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

function turn(atMs: number, machine: string, values: object): Action {
  return { atNs: atMs * 1e6, do: 'input', machine, text: `${JSON.stringify(values)}\n` };
}

/** Odd seeds: failure from the start, then little traffic. Even ones: a calm time, then failure under heavy traffic. */
function plan(seed: number): Action[] {
  if (seed % 2 === 1)
    return [
      turn(20, 'server', { failing: 1 }),
      turn(600 + draw(seed, 2, 300), 'clients', { ratePerSecond: 4 }),
    ];
  const failsMs = 1500 + draw(seed, 1, 200);
  return [
    turn(failsMs, 'server', { failing: 1 }),
    turn(failsMs, 'clients', { ratePerSecond: 50 + draw(seed, 2, 30) }),
  ];
}

/** A broken promise, with its moment. */
interface Broken {
  readonly found: string;
  readonly atNs: number;
}

interface Books {
  unearned?: Broken & { readonly uncapped: boolean };
  stingy?: Broken;
  unasked?: Broken;
  readonly attempts: Map<number, number>;
}

/** Attempts at the server in order; beside them what a right budget would have saved, with and without its limit. */
function booksOf({ events, untilNs }: Run): Books {
  const books: Books = { attempts: new Map() };
  const waiting = new Map<number, Broken>();
  let saved = SAVED_MAX;
  let uncapped = SAVED_MAX;
  for (const event of events) {
    if (event.kind !== 'http' || event.machine !== 'server' || event.side !== 'server') continue;
    const id = Number(/[?&]id=(\d+)/.exec(event.url)?.[1] ?? 0);
    if (id === 0) continue;
    const { atNs } = event;
    const attempt = books.attempts.get(id) ?? 0;
    if (event.phase === 'end' && event.status === 503 && attempt < 3 && saved >= SEVERAL) {
      const found = `request ${id} failed after ${attempt} of 3 attempts with ${saved.toFixed(1)} saved`;
      waiting.set(id, { found, atNs });
    }
    if (event.phase !== 'start') continue;
    waiting.delete(id);
    books.attempts.set(id, attempt + 1);
    if (attempt === 0) {
      saved = Math.min(SAVED_MAX, saved + EARNED);
      uncapped += EARNED;
      continue;
    }
    if (saved < 1 - SLACK && books.unearned === undefined) {
      const found = `attempt ${attempt + 1} of request ${id} with ${Math.max(0, saved).toFixed(1)} saved`;
      books.unearned = { found, atNs, uncapped: uncapped >= saved + 2 };
    }
    saved -= 1;
    uncapped -= 1;
  }
  const stingy = [...waiting.values()].find((one) => one.atNs < untilNs - 100e6);
  return { ...books, ...(stingy && { stingy }), ...unaskedIn(books.attempts, untilNs) };
}

/** Requests are numbered without gaps, so a number that the server never saw was never asked. */
function unaskedIn(attempts: ReadonlyMap<number, number>, atNs: number): Pick<Books, 'unasked'> {
  const last = Math.max(0, ...attempts.keys());
  for (let id = 1; id < last; id++)
    if (!attempts.has(id))
      return { unasked: { found: `request ${id} never came, number ${last} did`, atNs } };
  return last >= 10 ? {} : { unasked: { found: `${last} requests in the whole run`, atNs } };
}

function promise(name: string, expected: string, broken: Broken | undefined, feedback: string): Finding {
  if (broken === undefined) return { name, pass: true, expected, found: 'kept' };
  const { found, atNs } = broken;
  return { name, pass: false, expected, found, atNs, evidence: [found], feedback };
}

function judge(run: Run): Finding[] {
  const { unearned, stingy, unasked, attempts } = booksOf(run);
  const counts = [...attempts.values()];
  const again = counts.filter((count) => count > 1).length;
  const always = again > 0.7 * counts.length || (again > 20 && again > 0.4 * counts.length);
  const most = Math.max(0, ...counts);
  const limit = unearned?.uncapped === true ? 'saved-up' : 'by-time';
  const why = !always ? limit : most > 2 ? 'no-budget' : 'cap-only';
  return [
    promise('every request is asked at least once', 'no number is missing', unasked, 'first-refused'),
    promise('no retry that was not earned', 'at least 1 saved', unearned, why),
    promise(
      'a failed request is asked again while the savings allow it',
      'another attempt',
      stingy,
      'stingy',
    ),
  ];
}

export const check: Check = { seeds: 12, untilMs: 2600, plan, judge };
