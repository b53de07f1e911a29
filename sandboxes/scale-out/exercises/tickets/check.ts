// Judges the exercise `tickets` by what the trace says: what the store has sold, and what the customers were told.
// Pure, and alone in its module (types apart), so that it can run out of reach of the code that it judges. The shops run
// that code, so nothing counts that they publish: sales are the store's to tell, answers the customers'.
// Run by the exercise runner, once for each seed.
import type { Action, Check, Finding, Run, TraceEvent } from '../../../_shared/check.ts';

const SEATS = 50;
const RATE = 80;
const SHOPS = ['shop1', 'shop2', 'shop3'] as const;

interface Answer {
  readonly id: number;
  readonly status: number;
  readonly by: string;
  readonly atNs: number;
}

/** Mixes a seed and a position into an integer from 0 to `below` - 1. */
function draw(seed: number, position: number, below: number): number {
  let mixed = Math.imul(seed + 1, 0x9e3779b9) ^ Math.imul(position + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
}

/**
 * Fifty seats, eighty orders a second, quick shops. While seats are sold one shop is killed; from another the store's
 * answers are cut off for a while (what it asks still arrives), and a moment later the same befalls what it asks.
 */
function plan(seed: number): Action[] {
  const first = draw(seed, 1, 3);
  const dead = SHOPS[first] ?? 'shop1';
  const deaf = SHOPS[(first + 1 + draw(seed, 2, 2)) % 3] ?? 'shop2';
  const killMs = 250 + draw(seed, 3, 300);
  const deafMs = 200 + draw(seed, 4, 150);
  const backMs = deafMs + 80 + draw(seed, 5, 120);
  const dumbMs = backMs + 120;
  const type = (machine: string, values: object): Action => ({
    atNs: 1e6,
    do: 'input',
    machine,
    text: `${JSON.stringify(values)}\n`,
  });
  const actions: Action[] = [
    type('clients', { ratePerSecond: RATE }),
    type('store', { seats: SEATS }),
    ...SHOPS.map((shop) => type(shop, { serviceMs: 2 })),
    { atNs: killMs * 1e6, do: 'kill', machine: dead },
    { atNs: deafMs * 1e6, do: 'cut', from: 'store', to: deaf, oneWay: true },
    { atNs: backMs * 1e6, do: 'mend', from: 'store', to: deaf },
    { atNs: dumbMs * 1e6, do: 'cut', from: deaf, to: 'store', oneWay: true },
    { atNs: (dumbMs + 100) * 1e6, do: 'mend', from: deaf, to: 'store' },
  ];
  return actions.sort((a, b) => a.atNs - b.atNs);
}

interface Facts {
  readonly asked: ReadonlySet<number>;
  readonly sales: readonly { readonly order: number; readonly atNs: number }[];
  /** What shops told the customers, in the order of telling. */
  readonly answers: readonly Answer[];
  /** When the lock was taken that nobody has given back by the end. */
  readonly lockedNs: number | undefined;
}

function factsOf({ events }: Run): Facts {
  const asked = new Set<number>();
  const sales: Facts['sales'][number][] = [];
  const answers: Answer[] = [];
  let lockedNs: number | undefined;
  for (const event of events) {
    const { atNs } = event;
    if (isBy(event, 'clients', 'brownout:request')) {
      const answer = { ...(event.value as Omit<Answer, 'atNs'>), atNs };
      if (SHOPS.some((shop) => shop === answer.by)) answers.push(answer);
    } else if (isBy(event, 'store', 'brownout:sale')) {
      sales.push({ order: (event.value as { readonly order: number }).order, atNs });
    } else if (event.kind !== 'http') {
    } else if (event.machine === 'clients' && event.phase === 'start') {
      asked.add(Number(/[?&]id=(\d+)/.exec(event.url)?.[1] ?? 0));
    } else if (event.machine === 'store' && event.phase === 'end' && event.url === '/lock') {
      if (event.status === 201) lockedNs = atNs;
      else if (event.status === 204) lockedNs = undefined;
    }
  }
  return { asked, sales, answers, lockedNs };
}

function isBy(
  event: TraceEvent,
  machine: string,
  channel: string,
): event is TraceEvent & { kind: 'publish' } {
  return event.kind === 'publish' && event.machine === machine && event.channel === channel;
}

type Broken = { readonly atNs: number; readonly found: string } | undefined;

/** One promise: kept where nothing is found `broken`. */
function promise(name: string, feedback: string, broken: Broken): Finding {
  if (!broken) return { name, pass: true, expected: 'kept', found: 'kept' };
  const { atNs, found } = broken;
  return { name, pass: false, expected: 'kept', found, atNs, evidence: [found], feedback };
}

function judge(run: Run): Finding[] {
  const { asked, sales, answers, lockedNs } = factsOf(run);
  const left = SEATS - sales.length;
  const sold = new Set(sales.map(({ order }) => order));
  const lastSeatNs = sales[SEATS - 1]?.atNs ?? Number.POSITIVE_INFINITY;
  const told = (answer: Answer | undefined, words: string): Broken =>
    answer && { atNs: answer.atNs, found: `${answer.by} told order ${answer.id} ${answer.status}, ${words}` };
  const sale = (one: Facts['sales'][number] | undefined, words: string): Broken =>
    one && { atNs: one.atNs, found: `a seat is sold for order ${one.order}, ${words}` };
  const strange = sales.find(({ order }) => !asked.has(order));
  const unseated = answers.find(({ id, status }) => status === 201 && !sold.has(id));
  const unheard = answers.find(({ id, status }) => status !== 201 && sold.has(id));
  const refused = answers.find(({ status, atNs }) => status === 409 && atNs < lastSeatNs);
  const stuck = left > 0 && lockedNs !== undefined;
  const locked = stuck ? { atNs: lockedNs, found: `taken, and ${left} seats are left` } : undefined;
  const unsold = left > 0 ? { atNs: run.untilNs, found: `${left} seats are left` } : undefined;
  return [
    promise('the lock comes free again', 'locked-for-ever', locked),
    promise('each seat is sold for an order', 'sold-twice', sale(strange, 'and nobody has ordered that')),
    promise(
      'no more seats are sold than there are',
      'oversold',
      sale(sales[SEATS], `and all ${SEATS} were gone`),
    ),
    promise(
      'who is told that he has a seat has one',
      'no-seat',
      told(unseated, 'and the store has sold it none'),
    ),
    promise('who has a seat is told so', 'not-told', told(unheard, 'and it has a seat')),
    promise('nobody is sent away while seats are left', 'refused', told(refused, 'and seats were left')),
    promise('every seat is sold', 'unsold', unsold),
  ];
}

export const check: Check = { seeds: 10, untilMs: 1600, plan, judge };
