// The floor of the engine: time in order, chance from a seed, a hash that tells runs apart, bytes in motion.
// Numbers of seed and hash are frozen: if one changes, every recorded run and trace hash changes with it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../../src/datacenter/base/address.ts';
import { EngineBug } from '../../src/datacenter/base/assert.ts';
import { ChunkQueue } from '../../src/datacenter/base/bytes.ts';
import { StreamHash } from '../../src/datacenter/base/hash.ts';
import { Random } from '../../src/datacenter/base/random.ts';
import { Timeline } from '../../src/datacenter/base/timeline.ts';

describe('Timeline', () => {
  it('runs by time, then by order of scheduling, and never what was cancelled', () => {
    const plan = fc.array(fc.record({ atNs: fc.nat({ max: 50 }), cancel: fc.boolean() }), { maxLength: 400 });
    fc.assert(
      fc.property(plan, (entries) => {
        const timeline = new Timeline();
        const ran: { atNs: number; index: number }[] = [];
        const made = entries.map(({ atNs }, index) =>
          timeline.schedule(atNs, () => {
            expect(timeline.nowNs).toBe(atNs);
            ran.push({ atNs, index });
          }),
        );
        entries.forEach(({ cancel }, index) => {
          const entry = made[index];
          if (cancel && entry !== undefined) timeline.cancel(entry);
        });
        const kept = entries.map((entry, index) => ({ ...entry, index })).filter(({ cancel }) => !cancel);
        expect(timeline.size).toBe(kept.length);
        expect(timeline.peekNs()).toBe(Math.min(Number.POSITIVE_INFINITY, ...kept.map(({ atNs }) => atNs)));
        while (timeline.runNext());
        const expected = kept.sort((a, b) => a.atNs - b.atNs || a.index - b.index);
        expect(ran.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
        expect(timeline.size).toBe(0);
      }),
    );
  });

  it('refuses the past, fractions and NaN', () => {
    const timeline = new Timeline();
    timeline.advanceTo(5);
    for (const atNs of [4, 5.5, Number.NaN]) {
      expect(() => timeline.schedule(atNs, () => {})).toThrow(EngineBug);
    }
  });
});

describe('Random', () => {
  it('gives these numbers for seed 1, on every engine', () => {
    const random = new Random(1);
    expect([random.uint32(), random.uint32(), random.uint32()]).toMatchInlineSnapshot(`
      [
        3315219847,
        3154754164,
        4172860882,
      ]
    `);
    expect(random.split('app1').fraction()).toMatchInlineSnapshot(`0.5677654758687193`);
  });

  it('splits by name alone: draws change no child, and names and seeds tell children apart', () => {
    const drawn = new Random(7);
    drawn.uint32();
    const child = new Random(7).split('a').uint32();
    expect(drawn.split('a').uint32()).toBe(child);
    expect(drawn.split('b').uint32()).not.toBe(child);
    expect(new Random(8).split('a').uint32()).not.toBe(child);
  });

  it('spreads evenly', () => {
    const random = new Random(3);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[random.below(10)] = (counts[random.below(10)] ?? 0) + 1;
    for (let i = 0; i < 10; i++) expect(counts[i]).toBeGreaterThan(0);
    let sum = 0;
    for (let i = 0; i < 100_000; i++) sum += random.fraction();
    expect(Math.abs(sum / 100_000 - 0.5)).toBeLessThan(0.005);
  });
});

describe('StreamHash', () => {
  it('gives these digits, on every engine, without ending the stream', () => {
    const hash = new StreamHash()
      .add('packet')
      .addNumber(4711)
      .addNumber(0.1)
      .addBytes(new Uint8Array([1, 2]));
    expect(hash.digest()).toMatchInlineSnapshot(`"8a7edcd56c38fe8a"`);
    expect(hash.digest()).toBe(hash.digest());
    expect(hash.add('').digest()).not.toBe(new StreamHash().digest());
  });

  it('hashes parts as the text that they are together', () => {
    for (const parts of [['ab', '', 'c\u{1f600}'], [''], []])
      expect(new StreamHash().addJoined(parts).digest()).toBe(new StreamHash().add(parts.join('')).digest());
  });

  it('tells different streams apart', () => {
    const digests = new Set<string>();
    for (let i = 0; i < 100_000; i++) digests.add(new StreamHash().addNumber(i).digest());
    for (let i = 0; i < 100_000; i++) digests.add(new StreamHash().add(String(i)).digest());
    for (let i = 1; i < 100_000; i++) digests.add(new StreamHash().addNumber(i / 131_072 + 0.3).digest());
    expect(digests.size).toBe(299_999);
    expect(new StreamHash().add('ab').add('c').digest()).not.toBe(
      new StreamHash().add('a').add('bc').digest(),
    );
  });
});

describe('ChunkQueue', () => {
  it('gives back what was pushed, however it is cut', () => {
    const sizes = fc.array(fc.nat({ max: 20 }), { maxLength: 80 });
    fc.assert(
      fc.property(
        sizes,
        fc.array(fc.integer({ min: 1, max: 45 })),
        fc.boolean(),
        (pushed, taken, together) => {
          const total = pushed.reduce((sum, size) => sum + size, 0);
          const whole = Uint8Array.from({ length: total }, (_, at) => at & 255);
          const queue = new ChunkQueue();
          let at = 0;
          for (const size of pushed) {
            queue.push(together ? whole.subarray(at, at + size) : whole.slice(at, at + size));
            at += size;
          }
          expect(queue.size).toBe(total);
          const out: number[] = [];
          for (const size of taken) out.push(...queue.take(Math.min(size, queue.size)));
          while (queue.size > 0) out.push(...queue.takeChunk(7));
          expect(out).toEqual([...whole]);
        },
      ),
    );
  });
});

describe('addresses', () => {
  it('are read and written, and anything else is refused', () => {
    expect(parseAddress('10.0.0.2')).toBe(0x0a000002);
    expect(formatAddress(0xfffefdfc)).toBe('255.254.253.252');
    for (const text of ['', '10.0.0', '10.0.0.256', '010.0.0.1', '1.2.3.4.5', 'a.b.c.d', '::1', ' 1.2.3.4']) {
      expect(parseAddress(text)).toBeNull();
    }
  });
});
