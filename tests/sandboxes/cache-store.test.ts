// What the cache holds and whom it throws out, beside models so plain that they can be seen to be right. Time stands
// still unless a test moves it. Properties print their seed when they fail.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../sandboxes/cache/glob.ts';
import { che, coldLru, fifo, ideal, ttlHits } from '../../sandboxes/cache/readings/theory.ts';
import { encodeCommand, readReply } from '../../sandboxes/cache/reply.ts';
import { Sketch } from '../../sandboxes/cache/sketch.ts';
import { Store } from '../../sandboxes/cache/store.ts';
import { zipf, zipfShares } from '../../sandboxes/cache/zipf.ts';
import { Line, storeWith } from './cache-socket.ts';

const key = fc.integer({ min: 0, max: 9 }).map(String);
const CAPACITY = 4;

interface Kept {
  readonly key: string;
  readonly cameAt: number;
  usedAt: number;
  uses: number;
}

/** Who goes, for each policy, out of all who are there. */
const worst: Record<string, (kept: readonly Kept[]) => Kept | undefined> = {
  fifo: (kept) => kept.toSorted((a, b) => a.cameAt - b.cameAt)[0],
  lru: (kept) => kept.toSorted((a, b) => a.usedAt - b.usedAt)[0],
  lfu: (kept) => kept.toSorted((a, b) => a.uses - b.uses || a.usedAt - b.usedAt)[0],
};

describe('a full cache throws out', () => {
  test.each(Object.keys(worst))('whom %s says, and nobody else', (policy) => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), (questions) => {
        const store = storeWith(CAPACITY, policy);
        let kept: Kept[] = [];
        for (const [now, asked] of questions.entries()) {
          const there = kept.find((one) => one.key === asked);
          expect(store.read(asked) !== undefined).toBe(there !== undefined);
          if (there !== undefined) Object.assign(there, { usedAt: now, uses: there.uses + 1 });
          else {
            store.write(asked, 'value');
            const gone = kept.length === CAPACITY ? worst[policy]?.(kept) : undefined;
            kept = [...kept.filter((one) => one !== gone), { key: asked, cameAt: now, usedAt: now, uses: 1 }];
          }
          expect(Array.from(store.entries(), ([name]) => name).sort()).toEqual(
            kept.map((one) => one.key).sort(),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  test('under TinyLFU the least recently used, and only for who was asked for more often', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), (questions) => {
        const store = storeWith(CAPACITY, 'tinylfu');
        const counts = new Sketch(CAPACITY);
        let kept: string[] = [];
        for (const asked of questions) {
          counts.count(asked);
          const isThere = kept.includes(asked);
          expect(store.read(asked) !== undefined).toBe(isThere);
          const [oldest = ''] = kept;
          const comesIn = kept.length < CAPACITY || counts.estimate(asked) > counts.estimate(oldest);
          if (isThere) kept = [...kept.filter((one) => one !== asked), asked];
          else {
            store.write(asked, 'value');
            if (comesIn) kept = [...kept.slice(kept.length < CAPACITY ? 0 : 1), asked];
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('as many as it takes, where a limit counts bytes', () => {
    const write = fc.tuple(key, fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(
        fc.array(write, { maxLength: 40 }),
        fc.constantFrom('lru', 'lfu', 'fifo', 'tinylfu'),
        (writes, policy) => {
          const store = new Store({ entries: Number.POSITIVE_INFINITY, bytes: 50 }, policy, () => 0);
          for (const [name, length] of writes) {
            store.write(name, 'x'.repeat(length));
            const held = Array.from(store.entries(), ([one, { value }]) => one.length + value.length);
            expect(store.bytes).toBe(held.reduce((sum, bytes) => sum + bytes, 0));
            expect(store.bytes).toBeLessThanOrEqual(50);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('a sketch says too much at times, and never too little', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 30 }), (keys) => {
      const sketch = new Sketch(100);
      for (const one of keys) sketch.count(one);
      for (const one of new Set(keys))
        expect(sketch.estimate(one)).toBeGreaterThanOrEqual(
          Math.min(15, keys.filter((k) => k === one).length),
        );
    }),
  );
});

test('commands do what a plain map with dates would do', () => {
  const step = fc.oneof(
    fc.tuple(fc.constantFrom('GET', 'DEL', 'EXISTS', 'TTL', 'INCR'), key).map((words) => [...words]),
    fc.tuple(fc.constant('SET'), key, fc.nat(50).map(String)).map((words) => [...words]),
    fc
      .tuple(key, fc.nat(50).map(String), fc.constantFrom(['NX'], ['XX'], ['GET'], ['KEEPTTL'], ['EX', '2']))
      .map(([name, value, options]) => ['SET', name, value, ...options]),
    fc
      .tuple(fc.constant('EXPIRE'), key, fc.integer({ min: -1, max: 3 }).map(String))
      .map((words) => [...words]),
    fc.constant(['wait']),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const clock = { nowMs: 5000 };
      const line = new Line(storeWith(Number.POSITIVE_INFINITY, 'lru', clock));
      const model = new Map<string, { value: string; until: number }>();
      for (const words of steps) {
        if (words[0] === 'wait') clock.nowMs += 1000;
        else {
          const found = readReply(Buffer.from(line.ask(encodeCommand(words)), 'latin1'))?.reply;
          expect([words, found]).toEqual([words, modelled(model, words, clock.nowMs)]);
        }
      }
    }),
    { numRuns: 500 },
  );
});

function modelled(
  model: Map<string, { value: string; until: number }>,
  words: readonly string[],
  now: number,
) {
  const [command, name = '', value = '', option = ''] = words;
  for (const [one, { until }] of model) if (until <= now) model.delete(one);
  const old = model.get(name);
  if (command === 'GET') return old?.value ?? null;
  if (command === 'DEL') return model.delete(name) ? 1 : 0;
  if (command === 'EXISTS') return old ? 1 : 0;
  if (command === 'TTL')
    return old ? (old.until === Infinity ? -1 : Math.round((old.until - now) / 1000)) : -2;
  if (command === 'INCR') {
    const next = Number(old?.value ?? 0) + 1;
    model.set(name, { value: String(next), until: old?.until ?? Infinity });
    return next;
  }
  if (command === 'EXPIRE') {
    if (old) old.until = now + Number(value) * 1000;
    return old ? 1 : 0;
  }
  if ((option === 'NX' && old) || (option === 'XX' && !old)) return null;
  const until = option === 'EX' ? now + 2000 : option === 'KEEPTTL' ? (old?.until ?? Infinity) : Infinity;
  model.set(name, { value, until });
  return option === 'GET' ? (old?.value ?? null) : { simple: 'OK' };
}

test('SCAN returns whatever is there all the time exactly once, while others come and go', () => {
  const coming = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 20 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.array(coming, { maxLength: 30 }), (count, changes) => {
      const line = new Line(storeWith());
      for (let index = 0; index < 20; index++) line.ask(encodeCommand(['SET', `stays:${index}`, '']));
      const seen: string[] = [];
      let cursor = '0';
      do {
        const found = readReply(
          Buffer.from(line.ask(`SCAN ${cursor} COUNT ${count} MATCH stays:*\r\n`), 'latin1'),
        );
        const [next, page] = (found?.reply ?? ['0', []]) as [string, string[]];
        seen.push(...page);
        cursor = next;
        const [comes, other] = changes.pop() ?? [true, 0];
        line.ask(encodeCommand(comes ? ['SET', `other:${other}`, ''] : ['DEL', `other:${other}`]));
      } while (cursor !== '0');
      expect(seen.sort()).toEqual(Array.from({ length: 20 }, (_, index) => `stays:${index}`).sort());
    }),
    { numRuns: 100 },
  );
});

describe('a pattern', () => {
  test('matches as the same regular expression would', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?', '[ab]', '[^a]', '[b-c]', '\\*', 'c');
    const asExpression = (parts: readonly string[]): RegExp =>
      new RegExp(`^${parts.map((part) => ({ '*': '.*', '?': '.' })[part] ?? part).join('')}$`, 's');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', '*'), maxLength: 8 }),
        (parts, text) => {
          expect(matches(parts.join(''), text)).toBe(asExpression(parts).test(text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('cannot be made to take for ever, or to read past its end', () => {
    expect(matches(`${'*a'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false);
    for (const open of ['[', '[^', '[a-', '\\', '[\\']) expect(matches(open, 'x')).toBe(open === '[^');
  });
});

describe('theory', () => {
  /** alpha, capacity, LRU, ideal, FIFO: the course's table. */
  test.each([
    [0.8, 100, 0.157, 0.3, 0.134],
    [0.8, 1000, 0.437, 0.571, 0.394],
    [1, 100, 0.391, 0.53, 0.342],
    [1, 500, 0.587, 0.694, 0.539],
    [1, 1000, 0.676, 0.765, 0.631],
    [1, 2000, 0.768, 0.836, 0.728],
    [1.2, 100, 0.656, 0.751, 0.603],
    [1.2, 1000, 0.861, 0.903, 0.832],
  ])('of Zipf %d with room for %d of 10,000', (alpha, capacity, lru, best, first) => {
    const shares = zipfShares(10_000, alpha);
    expect(che(shares, capacity)).toBeCloseTo(lru, 2.9);
    expect(ideal(shares, capacity)).toBeCloseTo(best, 2.9);
    expect(fifo(shares, capacity)).toBeCloseTo(first, 2.9);
    expect(coldLru(shares, capacity, 1e9)).toBeCloseTo(che(shares, capacity), 4);
  });

  test('of expiry', () => expect(ttlHits(1, 60)).toBeCloseTo(0.984, 3));

  test('Zipf shares fall as 1/k^alpha, and ranks are drawn by them', () => {
    const shares = zipfShares(1000, 1.2);
    for (const rank of [2, 10, 999])
      expect((shares[0] ?? 0) / (shares[rank - 1] ?? 1)).toBeCloseTo(rank ** 1.2, 6);
    const pick = zipf(1000, 1.2);
    expect([pick(0), pick((shares[0] ?? 0) - 1e-9), pick((shares[0] ?? 0) + 1e-9), pick(1 - 1e-12)]).toEqual([
      1, 1, 2, 1000,
    ]);
  });
});
