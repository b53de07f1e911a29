// Three small machines, each with a book of its own for the same 300 seats. Nobody asks anybody.
// Must show that every seat is sold three times.
import type { Run, Scenario } from '../../_shared/check.ts';
import { between, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { ownBooks } from './three-at-70.ts';

const SEATS = 300;
const books = Object.entries(ownBooks);

export interface Sales {
  /** Orders whose customers were told that they have a seat. */
  readonly sold: number;
  readonly soldOut: number;
  /** Median time of a question to the book, microseconds, payment included. */
  readonly callUs: number;
}

/** What the customers were told, and how long their shop had to ask for it. */
export function salesOf(run: Run): Sales {
  const samples = samplesOf(run);
  const calls = run.events.flatMap((event) => {
    if (event.kind !== 'publish' || event.channel !== 'brownout:state') return [];
    const { callMs } = event.value as { readonly callMs?: number };
    return callMs === undefined ? [] : [callMs * 1000];
  });
  return {
    sold: samples.filter(({ status }) => status === 201).length,
    soldOut: samples.filter(({ status }) => status === 409).length,
    callUs: median(calls),
  };
}

/** The middle one: what happens to most, whoever had to wait for somebody else's work. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export const scenario: Scenario = {
  name: 'own-books',
  title: '300 seats, 60 orders a second, three small machines, each with a book of its own.',
  seed: 4711,
  untilMs: 20_000,
  env: Object.fromEntries(books.map(([shop, env]) => [shop, { ...env, SEATS: String(SEATS) }])),
  actions: [],
  shows(run) {
    return [
      between('seats sold of 300', salesOf(run).sold, 3 * SEATS, 3 * SEATS),
      between('lost orders', lostAmong(samplesOf(run)), 0, 0),
    ];
  },
  values(run) {
    const sales = salesOf(run);
    return { seats: SEATS, ...sales, oversold: sales.sold - SEATS };
  },
};
