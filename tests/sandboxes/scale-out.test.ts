// scale-out, what needs no process: the book by properties, and the judge of the exercise `tickets` on made-up traces,
// fair, not to be lied to, its plans varied and the same for the same seed. exercises.test.ts runs the exercise.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../sandboxes/_shared/check.ts';
import { Book } from '../../sandboxes/scale-out/book.ts';
import { check } from '../../sandboxes/scale-out/exercises/tickets/check.ts';

const SEATS = 50;

describe('the book', () => {
  test('sells each order one seat at most, all seats while somebody wants one, and never more', () => {
    const orders = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), orders, (seats, wanted) => {
        const book = new Book(seats);
        const sold = new Set<number>();
        for (const order of wanted) {
          const should = sold.has(order) || sold.size < seats ? 'sold' : 'sold out';
          if (should === 'sold') sold.add(order);
          expect(book.sell(order)).toBe(should);
          expect([book.sold, book.left]).toEqual([sold.size, seats - sold.size]);
        }
      }),
    );
  });
});

type Fact = { readonly machine: string } & Record<string, unknown>;
const asks = (id: number): Fact => ({
  kind: 'http',
  machine: 'clients',
  side: 'client',
  phase: 'start',
  id,
  method: 'POST',
  url: `/order?id=${id}`,
  peer: 'balancer',
});
const sells = (order: number, machine = 'store'): Fact => ({
  kind: 'publish',
  machine,
  channel: 'brownout:sale',
  value: { order, left: 0 },
});
const told = (id: number, status: number, by = 'shop1', machine = 'clients'): Fact => ({
  kind: 'publish',
  machine,
  channel: 'brownout:request',
  value: { id, status, by },
});
const locks = (method: string, status: number): Fact => ({
  kind: 'http',
  machine: 'store',
  side: 'server',
  phase: 'end',
  id: 1,
  method,
  url: '/lock',
  peer: 'shop1',
  status,
});
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const sold = (from: number, to: number) =>
  ids(from, to).flatMap((id) => [asks(id), sells(id), told(id, 201)]);

function verdict(...facts: readonly Fact[]): string {
  const events = facts.map((fact, seq) => ({ seq, atNs: seq * 1000, ...fact }) as unknown as TraceEvent);
  const findings = check.judge({ seed: 1, untilNs: 1e9, events });
  const broken = findings.find((finding) => !finding.pass);
  return broken ? `${broken.feedback}: ${broken.found}` : 'kept';
}

describe('the judge of tickets', () => {
  const evening = sold(1, SEATS);
  test('keeps quiet where all is well: sold out, refused afterwards, one that was with the dead shop', () => {
    const [, , lost, ...rest] = evening;
    expect(lost).toMatchObject({ value: { id: 1 } });
    expect(verdict(...evening, asks(51), told(51, 409))).toBe('kept');
    expect(verdict(asks(1), sells(1), told(1, 502, 'balancer'), ...rest, asks(51), told(51, 503))).toBe(
      'kept',
    );
    expect(verdict(locks('POST', 201), ...evening, locks('DELETE', 204))).toBe('kept');
  });
  test.each([
    ['a seat too many', [...sold(1, 51)], 'oversold: a seat is sold for order 51, and all 50 were gone'],
    [
      'a seat for nobody',
      [...sold(1, 49), sells(77)],
      'sold-twice: a seat is sold for order 77, and nobody has ordered that',
    ],
    [
      'a promise without a seat',
      [asks(99), told(99, 201), ...evening],
      'no-seat: shop1 told order 99 201, and the store has sold it none',
    ],
    [
      'a seat that is denied',
      [...sold(1, 49), asks(50), sells(50), told(50, 409)],
      'not-told: shop1 told order 50 409, and it has a seat',
    ],
    [
      'a seat that nobody is sure of',
      [...sold(1, 49), asks(50), sells(50), told(50, 503)],
      'not-told: shop1 told order 50 503, and it has a seat',
    ],
    [
      'a refusal too early',
      [asks(99), told(99, 409), ...evening],
      'refused: shop1 told order 99 409, and seats were left',
    ],
    ['seats that stay', [...sold(1, 49)], 'unsold: 1 seats are left'],
    [
      'a lock that stays',
      [...sold(1, 20), locks('POST', 201), locks('POST', 423)],
      'locked-for-ever: taken, and 30 seats are left',
    ],
  ])('%s', (_, facts, expected) => expect(verdict(...facts)).toBe(expected));

  test('is not lied to by what shops publish', () => {
    expect(verdict(...sold(1, 49), asks(50), sells(50, 'shop1'), told(50, 201))).toMatch(/^no-seat/);
    expect(verdict(...evening, asks(60), told(60, 503), told(60, 201, 'shop1', 'shop1'))).toBe('kept');
    expect(verdict(...sold(1, 49), told(50, 201, 'shop2', 'shop2'))).toBe('unsold: 1 seats are left');
  });
});

describe('the plan of tickets', () => {
  const plans = ids(1, check.seeds).map((seed) => check.plan(seed));
  test('is the same for the same seed', () => expect(check.plan(7)).toEqual(check.plan(7)));
  test('kills one shop and makes another deaf, then dumb, while seats are sold; all is mended', () => {
    for (const plan of plans) {
      const killed = plan.flatMap((action) => (action.do === 'kill' ? [action.machine] : []));
      const cuts = plan.flatMap((action) => (action.do === 'cut' ? [`${action.from}>${action.to}`] : []));
      const mends = plan.flatMap((action) => (action.do === 'mend' ? [`${action.from}>${action.to}`] : []));
      expect(killed).toHaveLength(1);
      const [deaf = ''] = cuts;
      expect(cuts).toEqual([deaf, deaf.split('>').reverse().join('>')]);
      expect(mends).toEqual(cuts);
      expect(deaf).not.toContain(killed[0]);
      expect((plan.at(-1)?.atNs ?? 0) / 1e6).toBeLessThan(check.untilMs - 700);
    }
  });
  test('every shop gets its turn', () => {
    const killed = plans.flat().flatMap((action) => (action.do === 'kill' ? [action.machine] : []));
    expect([...new Set(killed)].sort()).toEqual(['shop1', 'shop2', 'shop3']);
  });
});
