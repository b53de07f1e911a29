// What TCP promises whatever the network does: every byte in order, exactly once, or an error. Seeded chaos;
// a failing run prints its seed and path, and `fc.assert(..., {seed, path})` runs it again.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concat } from '../../src/datacenter/base/bytes.ts';
import { StreamHash } from '../../src/datacenter/base/hash.ts';
import { cut } from '../../src/datacenter/network/rules/cut.ts';
import { delay } from '../../src/datacenter/network/rules/delay.ts';
import { loss } from '../../src/datacenter/network/rules/loss.ts';
import { reorder } from '../../src/datacenter/network/rules/reorder.ts';
import { MS, pattern, readAll, SECOND, World, writeAll } from './tcp-world.ts';

const chaos = fc.record({
  seed: fc.nat(),
  up: fc.nat({ max: 200_000 }),
  down: fc.nat({ max: 200_000 }),
  readMax: fc.integer({ min: 1, max: 70_000 }),
  loss: fc.constantFrom(0, 0.01, 0.1, 0.3),
  lateChance: fc.constantFrom(0, 0.05, 0.5),
  lateMs: fc.constantFrom(1, 20),
  delayMs: fc.constantFrom(0, 5, 300),
  cuts: fc.array(
    fc.record({
      atMs: fc.nat({ max: 2000 }),
      forMs: fc.nat({ max: 3000 }),
      direction: fc.constantFrom('both' as const, 'there' as const, 'back' as const),
    }),
    { maxLength: 3 },
  ),
});
type Chaos = typeof chaos extends fc.Arbitrary<infer T> ? T : never; // all that can go wrong in a run

/** Both ends write and read at once through the chaos; gives what each received. */
function converse(plan: Chaos): {
  world: World;
  atServer: Uint8Array;
  atClient: Uint8Array;
  errors: unknown[];
} {
  const world = new World({ seed: plan.seed });
  const atServer: Uint8Array[] = [];
  const atClient: Uint8Array[] = [];
  const errors: unknown[] = [];
  world.addRules(() => loss(plan.loss));
  world.addRules(() => reorder(plan.lateChance, plan.lateMs));
  world.addRules(() => delay(plan.delayMs));
  for (const { atMs, forMs, direction } of plan.cuts) {
    world.timeline.schedule(atMs * MS, () => {
      const mend = world.addRules(cut, direction);
      world.timeline.schedule((atMs + forMs) * MS, mend);
    });
  }
  const listener = world.listen(2);
  listener.wake = () => {
    const server = listener.accept();
    if (server === null) return;
    readAll(server, atServer, plan.readMax);
    writeAll(server, pattern(plan.down, 7));
    const before = server.wake;
    server.wake = () => {
      before();
      if (server.error !== null) errors.push(server.error);
    };
  };
  const client = world.connect(1, 2);
  readAll(client, atClient, plan.readMax);
  writeAll(client, pattern(plan.up));
  world.run(4 * 3600 * SECOND);
  if (client.error !== null) errors.push(client.error);
  return { world, atServer: concat(atServer), atClient: concat(atClient), errors };
}

/** One word for all packets of a run. */
function hashOf(world: World): string {
  const hash = new StreamHash();
  for (const line of world.log) hash.add(line);
  return hash.digest();
}

it('every byte arrives in order exactly once, or an error is reported', () => {
  fc.assert(
    fc.property(chaos, (plan) => {
      const { world, atServer, atClient, errors } = converse(plan);
      if (errors.length === 0) {
        expect(atServer.length).toBe(plan.up);
        expect(atClient.length).toBe(plan.down);
        expect(world.timeline.size).toBe(0);
      }
      expect(Buffer.compare(atServer, pattern(plan.up).subarray(0, atServer.length))).toBe(0);
      expect(Buffer.compare(atClient, pattern(plan.down, 7).subarray(0, atClient.length))).toBe(0);
    }),
    { numRuns: 60, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
  );
}, 60_000);

it('a network that loses little never ends a connection', () => {
  fc.assert(
    fc.property(chaos, (plan) => {
      const { errors } = converse({ ...plan, loss: plan.loss === 0 ? 0 : 0.01, cuts: plan.cuts.slice(0, 1) });
      expect(errors).toEqual([]);
    }),
    { numRuns: 40, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
  );
}, 60_000);

it('the same seed gives the same packets, another seed others', () => {
  fc.assert(
    fc.property(chaos, (plan) => {
      const first = hashOf(converse(plan).world);
      expect(hashOf(converse(plan).world)).toBe(first);
      expect(hashOf(converse({ ...plan, seed: plan.seed + 1 }).world)).not.toBe(first);
    }),
    { numRuns: 15, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
  );
}, 60_000);

it('a reader that never reads stops the writer at a bound, whatever is lost', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(0, 0.1), (seed, chance) => {
      const world = new World({ seed });
      const { client } = world.pair();
      world.addRules(() => loss(chance));
      const chunk = pattern(10_000);
      let written = 0;
      client.wake = () => {
        for (let accepted = 1; accepted > 0; written += accepted) accepted = client.write(chunk);
      };
      client.wake();
      world.run(600 * SECOND);
      expect(written).toBeLessThanOrEqual(65_535 + 131_072);
    }),
    { numRuns: 20, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
  );
}, 60_000);
