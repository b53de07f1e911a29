// Every fault that can be laid on a link: what it does to packets, on which direction, how the link shows it, and
// that mending takes it away. Through the public door, with datagrams numbered by a program.
import { afterAll, describe, expect, it } from 'vitest';
import type { Action, Deed, LinkView } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { play, specOf } from './udp-world.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

/** Sends 200 numbered datagrams, one a millisecond; the other end says when it heard which, and sends it back. */
const SENDER = `import { createSocket } from 'node:dgram';
const socket = createSocket('udp4', (bytes) => console.log(bytes.readUInt32BE(0))).bind(8);
let n = 0;
const timer = setInterval(() => {
  const bytes = Buffer.alloc(500);
  bytes.writeUInt32BE(++n);
  socket.send(bytes, 7, '10.0.0.2');
  if (n === 200) clearInterval(timer);
}, 1);`;
const ECHO = `import { createSocket } from 'node:dgram';
const socket = createSocket('udp4', (bytes, from) => {
  console.log(bytes.readUInt32BE(0));
  socket.send(bytes, from.port, from.address);
}).bind(7);`;
const links = { default: { latencyMs: 1 } };

async function playWith(deeds: readonly Deed[]) {
  const actions = deeds.map((deed): Action => ({ atNs: 0, ...deed }));
  const run = await play(runtime, specOf({ one: SENDER, two: ECHO }, actions, { links }), 20e9);
  const numbers = (machine: string) => run.printed(machine).map(Number);
  const delays = (from: string) =>
    run
      .packets()
      .filter((packet) => packet.from === from && packet.arrivesNs !== null)
      .map((packet) => ((packet.arrivesNs ?? 0) - packet.atNs) / 1e6);
  const lost = (from: string) =>
    run
      .packets()
      .flatMap((packet) => (packet.from === from && packet.lost !== undefined ? [packet.lost] : []));
  return { run, there: numbers('two'), back: numbers('one'), delays, lost };
}

const ends = { from: 'one', to: 'two', oneWay: true };
const inOrder = Array.from({ length: 200 }, (_, i) => i + 1);

describe('a fault on one direction of a link', () => {
  it('jitter: later by chance, in order', async () => {
    const { there, back, delays } = await playWith([{ do: 'jitter', ...ends, ms: 10 }]);
    expect([there, back]).toEqual([inOrder, inOrder]);
    expect(Math.max(...delays('one'))).toBeGreaterThan(8);
    expect(Math.max(...delays('one'))).toBeLessThanOrEqual(11);
    expect(new Set(delays('two'))).toEqual(new Set([1]));
  });

  it('duplicate: some arrive twice, none is lost', async () => {
    const { there, lost } = await playWith([{ do: 'duplicate', ...ends, chance: 0.2 }]);
    expect([...new Set(there)]).toEqual(inOrder);
    expect(there.length).toBeGreaterThan(220);
    expect(there.length).toBeLessThan(265); // 240 expected, standard deviation 6
    expect(lost('one')).toEqual([]);
  });

  it('reorder: some are overtaken, none is lost', async () => {
    const { there } = await playWith([{ do: 'reorder', ...ends, chance: 0.2, ms: 10 }]);
    expect(there).not.toEqual(inOrder);
    expect(there.toSorted((a, b) => a - b)).toEqual(inOrder);
  });

  it('corrupt: the receiver drops them, as the trace says', async () => {
    const { there, lost } = await playWith([{ do: 'corrupt', ...ends, chance: 0.2 }]);
    expect(there.length + lost('one').length).toBe(200);
    expect(lost('one').length).toBeGreaterThan(20);
    expect(new Set(lost('one'))).toEqual(new Set(['corrupt']));
  });

  it('slow: one after the other, and what does not fit the queue is dropped', async () => {
    // 542 bytes on the wire at 1084 kb/s: one takes 4 ms, and one comes each millisecond.
    const { there, delays, lost } = await playWith([{ do: 'slow', ...ends, kilobitsPerSecond: 1084 }]);
    expect(delays('one').slice(0, 3)).toEqual([5, 8, 11]);
    expect(lost('one').every((why) => why === 'queue')).toBe(true);
    expect(there.length + lost('one').length).toBe(200);
    expect(Math.max(...delays('one'))).toBeLessThan(1 + (65_536 + 2 * 542) / 135.5);
  });
});

describe('a link', () => {
  const faults: readonly (readonly [Deed, Partial<LinkView>])[] = [
    [{ do: 'jitter', ...ends, ms: 5 }, { jitterMs: [5, 0] }],
    [{ do: 'duplicate', from: 'one', to: 'two', chance: 0.5 }, { duplicate: [0.5, 0.5] }],
    [{ do: 'reorder', from: 'two', to: 'one', oneWay: true, chance: 0.25, ms: 1 }, { reorder: [0, 0.25] }],
    [{ do: 'corrupt', ...ends, chance: 0.125 }, { corrupt: [0.125, 0] }],
    [{ do: 'slow', ...ends, kilobitsPerSecond: 56 }, { kilobitsPerSecond: [56, 0] }],
  ];
  it('shows what lies on it, until it is mended', async () => {
    const { run } = await runtime.boot(specOf({ one: ECHO, two: ECHO }));
    const plain = { a: 'one', b: 'two', cut: [false, false], delayMs: [0, 0], loss: [0, 0] };
    for (const [deed, shown] of faults)
      expect((await run.act(deed)).links).toContainEqual(expect.objectContaining(shown));
    const all = Object.assign({}, plain, ...faults.map(([, shown]) => shown));
    const again = await run.act({ do: 'jitter', ...ends, ms: 5 });
    expect(again.links).toEqual([all]);
    expect((await run.act({ do: 'mend', from: 'one', to: 'two' })).links).toEqual([plain]);
  });

  it('can be slow and uneven by itself, which is no fault to see', async () => {
    const own = { links: { default: { latencyMs: 1, jitterMs: 3, kilobitsPerSecond: 10_000 } } };
    const run = await play(runtime, specOf({ one: SENDER, two: ECHO }, [], own), 1e9);
    expect(run.printed('one').map(Number)).toEqual(inOrder);
    expect(
      new Set(run.packets().map((packet) => (packet.arrivesNs ?? 0) - packet.atNs)).size,
    ).toBeGreaterThan(50);
  });

  it('carries TCP through all of them at once, whole and in order, the same each run', async () => {
    const bytes = 300_000;
    const programs = {
      server: `import { createServer } from 'node:net';
        createServer((socket) => { socket.on('error', () => 0); socket.pipe(socket); }).listen(7);`,
      client: `import { connect } from 'node:net';
        const sent = Buffer.from(Array.from({ length: ${bytes} }, (_, i) => (i * 7919) % 251));
        const heard = [];
        const socket = connect(7, 'server', () => socket.end(sent));
        socket.on('data', (chunk) => heard.push(chunk));
        socket.on('end', () => console.log(Buffer.concat(heard).equals(sent)));
        socket.on('error', (error) => console.log(error.message));`,
    };
    const between = { from: 'client', to: 'server' };
    const actions: Action[] = [
      { atNs: 0, do: 'jitter', ...between, ms: 5 },
      { atNs: 0, do: 'duplicate', ...between, chance: 0.05 },
      { atNs: 0, do: 'reorder', ...between, chance: 0.05, ms: 10 },
      { atNs: 0, do: 'corrupt', ...between, chance: 0.02 },
      { atNs: 0, do: 'loss', ...between, chance: 0.02 },
      { atNs: 0, do: 'slow', ...between, kilobitsPerSecond: 5000 },
    ];
    const first = await play(runtime, specOf(programs, actions), 300e9);
    expect(first.printed('client')).toEqual(['true']);
    expect(new Set(first.packets().flatMap((packet) => packet.lost ?? []))).toContain('corrupt');
    expect((await play(runtime, specOf(programs, actions), 300e9)).hash).toBe(first.hash);
  });

  it('refuses what is no chance, no time and no speed', async () => {
    const wrong: readonly (readonly [Deed, string])[] = [
      [{ do: 'duplicate', ...ends, chance: 2 }, 'expected a chance of 0 to 1, found 2: correct `chance`'],
      [{ do: 'jitter', ...ends, ms: -1 }, 'expected a delay of 0 to 600000 ms, found -1: correct `ms`'],
      [
        { do: 'slow', ...ends, kilobitsPerSecond: Number.NaN },
        'expected 0 to 1000000000 kilobits per second, found NaN: correct `kilobitsPerSecond`',
      ],
    ];
    for (const [deed, message] of wrong) {
      const actions: Action[] = [{ atNs: 0, ...deed }];
      await expect(runtime.boot(specOf({ one: ECHO, two: ECHO }, actions))).rejects.toThrow(message);
    }
  });
});
