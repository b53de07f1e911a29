// What node:net and node:dgram promise programs whatever the network does: over TCP bytes in order, exactly once,
// complete or with an error, drain after every full write, and nothing left when both ends are closed; over UDP
// datagrams whole. Seeded chaos; a failing run prints its seed and path, and `fc.assert(…, {seed, path})` runs it again.
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Action, Deed } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { specOf } from './udp-world.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());
const HOUR_NS = 3600e9;
const RUNS = { numRuns: 10, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true };

const network = fc.record({
  loss: fc.constantFrom(0, 0.02, 0.2),
  duplicate: fc.constantFrom(0, 0.3),
  corrupt: fc.constantFrom(0, 0.1),
  reorder: fc.constantFrom(0, 0.3),
  delay: fc.constantFrom(0, 40),
  jitter: fc.constantFrom(0, 5),
  slow: fc.constantFrom(0, 500, 20_000),
});
type Network = typeof network extends fc.Arbitrary<infer T> ? T : never;

function faults({ loss, duplicate, corrupt, reorder, delay, jitter, slow }: Network): Action[] {
  const link = { from: 'client', to: 'server' };
  const deeds: Deed[] = [
    { do: 'loss', ...link, chance: loss },
    { do: 'duplicate', ...link, chance: duplicate },
    { do: 'corrupt', ...link, chance: corrupt },
    { do: 'reorder', ...link, chance: reorder, ms: 15 },
    { do: 'delay', ...link, ms: delay },
    { do: 'jitter', ...link, ms: jitter },
    { do: 'slow', ...link, kilobitsPerSecond: slow },
  ];
  return deeds.map((deed) => ({ atNs: 0, ...deed }));
}

const side = fc.record({
  bytes: fc.nat({ max: 150_000 }),
  chunk: fc.integer({ min: 1000, max: 90_000 }),
  /** Pauses its reading after so many chunks. */
  pauseEvery: fc.constantFrom(0, 1, 5),
  pauseMs: fc.constantFrom(1, 300),
  /** Breaks off once it has read so much. */
  breaksAt: fc.option(fc.nat({ max: 100_000 }), { freq: 4 }),
  how: fc.constantFrom('destroy', 'resetAndDestroy', 'end'),
});
type Side = typeof side extends fc.Arbitrary<infer T> ? T : never;

const TALK = `
const byteAt = (at) => Math.imul(at + 1, 0x9e3779b1) >>> 24;
export function talk(socket, plan) {
  const said = { got: 0, wrong: -1, sent: 0, full: 0, drained: 0, held: 0, ended: false, error: null, broke: false };
  let chunks = 0;
  socket.on('data', (chunk) => {
    for (let at = 0; at < chunk.length; at++) if (said.wrong < 0 && chunk[at] !== byteAt(said.got + at)) said.wrong = said.got + at;
    said.got += chunk.length;
    if (plan.breaksAt !== null && said.got >= plan.breaksAt && !said.broke) { said.broke = true; socket[plan.how](); }
    if (plan.pauseEvery > 0 && ++chunks % plan.pauseEvery === 0) { socket.pause(); setTimeout(() => socket.resume(), plan.pauseMs); }
  });
  socket.on('end', () => { said.ended = true; }).on('error', (error) => { said.error = error.code; });
  socket.on('close', () => console.log(JSON.stringify(said)));
  const write = () => {
    while (said.sent < plan.bytes && socket.writable) {
      const bytes = Uint8Array.from({ length: Math.min(plan.chunk, plan.bytes - said.sent) }, (_, at) => byteAt(said.sent + at));
      said.sent += bytes.length;
      const goesOn = socket.write(bytes);
      said.held = Math.max(said.held, socket.writableLength - bytes.length);
      if (!goesOn) { said.full++; return; }
    }
    socket.end();
  };
  socket.on('drain', () => { said.drained++; write(); });
  write();
}`;
const SERVER = `import net from 'node:net';
import { talk } from './talk.mjs';
const server = net.createServer({ allowHalfOpen: true }, (socket) => { server.close(); talk(socket, PLAN); }).listen(80);`;
const CLIENT = `import net from 'node:net';
import { talk } from './talk.mjs';
const socket = net.connect({ port: 80, host: 'server', allowHalfOpen: true }, () => talk(socket, PLAN));
socket.on('error', (error) => console.log(error.code));`;

interface Said {
  readonly got: number;
  readonly wrong: number;
  readonly full: number;
  readonly drained: number;
  readonly held: number;
  readonly ended: boolean;
  readonly error: string | null;
  readonly broke: boolean;
}

/** Plays until nothing is left that could happen; gives what the machines printed, by their names. */
async function played(
  programs: Record<string, string>,
  more: Record<string, string>,
  actions: Action[],
  seed: number,
) {
  const spec = specOf(programs, actions);
  const { run, first } = await runtime.boot({ ...spec, seed, files: { ...spec.files, ...more } });
  const last = await run.advanceTo(4 * HOUR_NS);
  run.stop();
  const lines = (machine: string): string[] =>
    [...first.events, ...last.events].flatMap((event) =>
      event.kind === 'log' && event.machine === machine ? event.text.trim().split('\n') : [],
    );
  return { lines, idle: last.idle, states: last.machines.map(({ state }) => state) };
}

/** What one end must have seen. */
function judge(mine: Said, theirs: Said, sent: number, plan: Side): void {
  expect(mine.wrong).toBe(-1);
  expect(mine.got).toBeLessThanOrEqual(sent);
  expect(mine.held).toBeLessThanOrEqual(65_536 + plan.chunk);
  if (mine.error !== null) expect(mine.error).toMatch(/^(?:ECONNRESET|EPIPE|ETIMEDOUT)$/);
  if (mine.error !== null || mine.broke) return;
  expect(mine.drained).toBe(mine.full);
  if (!theirs.broke && theirs.error === null) expect([mine.got, mine.ended]).toEqual([sent, true]);
  else expect(mine.ended).toBe(true);
}

it('TCP: all bytes in order and once, or an error; drain after each full write; nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), network, side, side, async (seed, faulty, up, down) => {
      const programs = {
        client: CLIENT.replace('PLAN', JSON.stringify(up)),
        server: SERVER.replace('PLAN', JSON.stringify(down)),
      };
      const run = await played(programs, { 'test/talk.mjs': TALK }, faults(faulty), seed);
      const [client, server] = ['client', 'server'].map((name) => run.lines(name));
      const saidOf = (lines: string[] = []): Said => JSON.parse(lines.at(-1) ?? '{}') as Said;
      judge(saidOf(client), saidOf(server), down.bytes, up);
      judge(saidOf(server), saidOf(client), up.bytes, down);
      expect([run.idle, ...run.states]).toEqual([true, 'exited', 'exited']);
    }),
    RUNS,
  );
}, 60_000);

it('UDP: datagrams arrive whole, as often as the network says, in order unless it reorders', async () => {
  const sizes = fc.array(fc.oneof(fc.nat({ max: 2000 }), fc.constantFrom(1472, 1473, 65_507, 65_508)), {
    minLength: 1,
    maxLength: 12,
  });
  const sender = (given: readonly number[]): string => `import dgram from 'node:dgram';
    import { setTimeout as wait } from 'node:timers/promises';
    const socket = dgram.createSocket('udp4');
    for (const [id, size] of ${JSON.stringify(given)}.entries())
      await new Promise((done) => socket.send(Buffer.alloc(size, id + 1), 53, 'server', (error) => { if (error) console.log(error.code, size); done(wait(1)); }));
    socket.close();`;
  const receiver = `import dgram from 'node:dgram';
    const socket = dgram.createSocket('udp4', (bytes) => console.log(bytes.length, bytes[0] ?? 0, bytes.every((byte) => byte === bytes[0]))).bind(53);
    setTimeout(() => socket.close(), 600_000);`;
  await fc.assert(
    fc.asyncProperty(fc.nat(), network, sizes, async (seed, faulty, given) => {
      const run = await played({ client: sender(given), server: receiver }, {}, faults(faulty), seed);
      expect(run.lines('client')).toEqual(
        given.filter((size) => size > 65_507).map((size) => `EMSGSIZE ${size}`),
      );
      const sent = given.flatMap((size, id) =>
        size > 65_507 ? [] : [`${size} ${size === 0 ? 0 : id + 1} true`],
      );
      const got = run.lines('server');
      const times = (all: readonly string[], one: string): number =>
        all.filter((each) => each === one).length;
      for (const one of got)
        expect(times(got, one)).toBeLessThanOrEqual(times(sent, one) * (faulty.duplicate > 0 ? 2 : 1));
      if (faulty.reorder === 0 && faulty.duplicate === 0) {
        let at = 0;
        for (const one of got) at = sent.indexOf(one, at) + 1 || Number.NaN;
        expect(at).not.toBeNaN();
      }
      if (faulty.loss + faulty.corrupt + faulty.slow === 0) expect(new Set(got)).toEqual(new Set(sent));
      expect([run.idle, ...run.states]).toEqual([true, 'exited', 'exited']);
    }),
    RUNS,
  );
}, 60_000);
