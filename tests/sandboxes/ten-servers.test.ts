// Ten servers: rules, rings and keys as pure functions, by properties; the server's little protocol against hostile
// datagrams, as a real process.
// The exercise is in exercises.test.ts, the scenarios in scenarios.test.ts.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../../sandboxes/_shared/random.ts';
import { bounded as solution } from '../../sandboxes/ten-servers/exercises/bounded/solution/bounded.ts';
import { hashed } from '../../sandboxes/ten-servers/hashing.ts';
import { pickCalled } from '../../sandboxes/ten-servers/pick.ts';
import { maxOverMean, Tally } from '../../sandboxes/ten-servers/tally.ts';
import { zipf } from '../../sandboxes/ten-servers/zipf.ts';
import { type Program, portOf, start } from './processes.ts';

const started: Program[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.end()));
});

const counts = fc.array(fc.nat(50), { minLength: 2, maxLength: 12 });
const key = fc.nat(100_000);
const seed = fc.integer();

describe('every way', () => {
  test.each(['random', 'round-robin', 'two-choices', 'shortest', 'bounded', 'hashed', 'hashed-bounded'])(
    '%s chooses one of the servers',
    (name) => {
      fc.assert(
        fc.property(counts, key, seed, (inFlight, wanted, chance) => {
          const pick = pickCalled(name, seededRandom(chance), inFlight.length);
          expect(inFlight[pick(inFlight, wanted)]).not.toBe(undefined);
        }),
      );
    },
  );

  test('an unknown one is refused with those there are', () => {
    expect(() => pickCalled('best', Math.random, 2)).toThrow(
      "PICK: expected one of random, round-robin, two-choices, shortest, bounded, hashed, hashed-bounded, found 'best': correct PICK",
    );
  });

  test('the shortest line is joined; of two choices never the fuller', () => {
    fc.assert(
      fc.property(counts, seed, (inFlight, chance) => {
        const shortest = pickCalled('shortest', seededRandom(chance), inFlight.length)(inFlight, 0);
        expect(inFlight[shortest]).toBe(Math.min(...inFlight));
        const two = pickCalled('two-choices', seededRandom(chance), inFlight.length)(inFlight, 0);
        const others = inFlight.filter((_, index) => index !== two);
        expect(others.some((count) => count >= (inFlight[two] ?? 0))).toBe(true);
      }),
    );
  });
});

describe('a bound', () => {
  const most = (inFlight: readonly number[]) =>
    Math.ceil((1.25 * (inFlight.reduce((sum, count) => sum + count, 0) + 1)) / inFlight.length);

  test('is kept by the solution and by hashing, whatever is in flight', () => {
    fc.assert(
      fc.property(counts, key, seed, (inFlight, wanted, chance) => {
        const drawn = solution(inFlight, seededRandom(chance));
        const homed = hashed(inFlight.length, 1.25, chance)(inFlight, wanted);
        for (const server of [drawn, homed]) expect(inFlight[server]).toBeLessThan(most(inFlight));
      }),
    );
  });

  test('leaves a key at home while its home has room', () => {
    fc.assert(
      fc.property(key, seed, fc.integer({ min: 2, max: 12 }), (wanted, salt, servers) => {
        const idle = Array.from({ length: servers }, () => 0);
        expect(hashed(servers, 1.25, salt)(idle, wanted)).toBe(hashed(servers, 1e9, salt)(idle, wanted));
      }),
    );
  });
});

test('keys follow the law of Zipf: the first twice as often as the second', () => {
  const draw = zipf(1000, seededRandom(7));
  const drawn = Array.from({ length: 100_000 }, draw);
  const share = (rank: number) => drawn.filter((one) => one === rank).length / drawn.length;
  // Of 1000 keys the first has 1 in 7.485; a share of 100,000 draws is within .0043 of that (four deviations).
  expect(Math.abs(share(0) - 1 / 7.485)).toBeLessThan(0.0043);
  expect(Math.abs(share(1) - 0.5 / 7.485)).toBeLessThan(0.0032);
  expect(Math.min(...drawn)).toBe(0);
  expect(Math.max(...drawn)).toBeLessThan(1000);
});

test('the tally leaves the first out and takes the nearest rank', () => {
  const tally = new Tally(10);
  for (let number = 1; number <= 110; number++) tally.answered(number, number <= 10 ? 1e9 : number - 10);
  expect(tally.told()).toEqual({ answered: 100, meanMs: 51, p99Ms: 99 });
  expect(maxOverMean([4, 0, 0, 0])).toBe(4);
});

test('the server answers what is no number with `?`, and lives on, through 10,000 hostile datagrams', async () => {
  const server = start('ten-servers/server.ts', { PORT: '0', SERVICE_MS: '0' });
  started.push(server);
  const port = await portOf(server);
  const socket = createSocket('udp4');
  const ask = async (bytes: Uint8Array | string): Promise<string> => {
    const answered = once(socket, 'message');
    socket.send(bytes, port, '127.0.0.1');
    return String((await answered)[0]);
  };
  const isNumber = (bytes: Uint8Array) => /^\d{1,9}$/.test(Buffer.from(bytes).toString('latin1'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.uint8Array({ minLength: 1, maxLength: 40 }).filter((one) => !isNumber(one)),
        {
          minLength: 100,
          maxLength: 100,
        },
      ),
      async (hostile) => {
        for (const bytes of hostile) expect(await ask(bytes)).toBe('?');
      },
    ),
    { numRuns: 100 },
  );
  expect(await ask('17')).toBe('17');
  socket.close();
}, 60_000);
