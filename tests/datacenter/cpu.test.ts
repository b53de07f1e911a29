// Cores and time slices, seen from programs: spinners share what there is, their clocks go on while they wait, and
// who wants little is let in soon. Shares for drawn numbers of processes and cores; a failure prints its seed.
import { afterAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/datacenter/base/random.ts';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

/** Prints what the processes print, once the last has ended. */
async function played(main: string, cores: number, env: Record<string, string> = {}) {
  const { run, first } = await runtime.boot({
    cluster: { name: 'one', title: 'One', machines: [{ name: 'box', program: 'main.mjs', cores, env }] },
    files: { 'test/main.mjs': main },
    sandbox: 'test',
    seed: 1,
  });
  const { events, hash } = await run.advanceTo(20e9);
  run.stop();
  const all: TraceEvent[] = [...first.events, ...events];
  const lines = all.flatMap((event) => (event.kind === 'log' ? event.text.trim().split('\n') : []));
  return { lines, all, hash };
}

/** Forks so many of itself; each prints the CPU time that it got in a second, in microseconds. */
const spinners = (count: number, spin: string, start: string): string => `
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
if (process.argv[2] === 'child') {
  const spin = () => {
    const until = performance.now() + 1000;
    const before = process.cpuUsage().user;
    const done = () => { console.log(process.cpuUsage().user - before); process.disconnect(); };
    ${spin}
  };
  ${start === 'message' ? "process.on('message', spin); process.send('ready');" : 'spin();'}
} else {
  const children = [];
  let ready = 0;
  for (let i = 0; i < ${count}; i++) {
    const child = fork(fileURLToPath(import.meta.url), ['child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', () => { if (++ready === ${count}) for (const each of children) each.send('go'); });
    children.push(child);
  }
}`;

/** Ways to spin for a second: in one turn, or in many. */
const SPINS: Readonly<Record<string, string>> = {
  'in one turn': 'while (performance.now() < until); done();',
  'in turns of 5 ms': `const on = () => {
      const end = Math.min(until, performance.now() + 5);
      while (performance.now() < end);
      if (end < until) setImmediate(on); else done();
    };
    on();`,
};

describe('n processes that spin on c cores', () => {
  const SEED = 4711;
  const random = new Random(SEED);
  for (const [how, spin] of Object.entries(SPINS)) {
    for (const start of ['message', 'boot']) {
      const cores = 1 + random.below(4);
      const processes = 1 + random.below(12);
      it(`${processes} on ${cores}, ${how}, from ${start} on (seed=${SEED}): each gets its share within 1%`, async () => {
        const { lines } = await played(spinners(processes, spin, start), cores);
        const share = Math.min(1, cores / processes) * 1e6;
        expect(lines.length).toBe(processes);
        for (const line of lines) expect(Math.abs(Number(line) / share - 1)).toBeLessThan(0.01);
      });
    }
  }
});

const BESIDE = `
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
if (process.argv[2] === 'child') {
  const until = performance.now() + 1000;
  while (performance.now() < until);
  console.log('spun', Math.round(process.cpuUsage().user / 1000));
} else {
  for (let i = 0; i < 3; i++) fork(fileURLToPath(import.meta.url), ['child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let due = performance.now();
  const ticks = setInterval(() => {
    const now = performance.now();
    const late = now - (due += 10);
    due = now;
    console.log('late', late.toFixed(3));
    if (now > 900) clearInterval(ticks);
  }, 10);
}`;

describe('a process that wants little, beside three that spin on one core', () => {
  it('is let in when a slice ends, and leaves them theirs', async () => {
    const { lines } = await played(BESIDE, 1);
    const late = lines.flatMap((line) => (line.startsWith('late') ? [Number(line.split(' ')[1])] : []));
    expect(late.length).toBeGreaterThan(75);
    expect(Math.max(...late)).toBeLessThan(4);
    expect(late.filter((ms) => ms > 0.01).length).toBeGreaterThan(20);
    const spun = lines.flatMap((line) => (line.startsWith('spun') ? [Number(line.split(' ')[1])] : []));
    for (const ms of spun) expect(Math.abs(ms / 333 - 1)).toBeLessThan(0.02);
  });

  it('does so the same way every time', async () => {
    const { all, hash } = await played(BESIDE, 1);
    const first = all.flatMap((event) =>
      event.kind === 'log' && event.atNs < 120e6 ? [`${event.atNs / 1e6} ms ${event.text.trim()}`] : [],
    );
    expect(first).toMatchInlineSnapshot(`
      [
        "10.022 ms late 0.021",
        "20.043 ms late 0.021",
        "30.064 ms late 0.021",
        "41.041 ms late 0.977",
        "52.041 ms late 1.000",
        "63.041 ms late 1.000",
        "74.041 ms late 1.000",
        "85.041 ms late 1.000",
        "96.041 ms late 1.000",
        "107.041 ms late 1.000",
        "118.041 ms late 1.000",
      ]
    `);
    expect((await played(BESIDE, 1)).hash).toBe(hash);
  });
});

it('gives a second core what the first has no time for', async () => {
  const two = await played(BESIDE, 2);
  for (const line of two.lines.filter((each) => each.startsWith('spun')))
    expect(Math.abs(Number(line.split(' ')[1]) / 667 - 1)).toBeLessThan(0.02);
});

it('lets time go on for a program that polls with immediates', async () => {
  const { lines } = await played(
    `let turns = 0;
     setTimeout(() => { console.log('after', Math.round(performance.now() / 1000), 's', turns > 1000); process.exit(); }, 10_000);
     const poll = () => { turns++; setImmediate(poll); };
     poll();`,
    1,
  );
  expect(lines).toEqual(['after 10 s true']);
});
