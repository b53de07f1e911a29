// A process that waits for its child within a turn: others go on at their own times, all runs are equal, and what the
// child cannot have meanwhile is refused. Programs against real Node: see node/programs/spawn-sync.cjs.
import { afterAll, expect, it } from 'vitest';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import { REFUSALS } from '../../src/datacenter/datacenter.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const PROGRAMS = {
  'test/waits.cjs': `
const { spawnSync } = require('node:child_process');
const http = require('node:http');
const roles = {
  ticks: async () => { for (let i = 0; i < 3; i++) { await new Promise((r) => setTimeout(r, 300)); console.log('child', i, Math.random() < 2); } },
  local: () => { const s = http.createServer((_, r) => r.end('x')).listen(80, () => http.get('http://localhost/', (r) => { r.resume(); s.close(); })); },
  away: () => http.get('http://other/', (response) => console.log(response.statusCode)).on('error', console.log),
  evals: async () => console.log(await eval('(async () => 1)()')),
};
const role = roles[process.argv[2]];
if (role) role();
else {
  setInterval(() => console.log('own'), 500);
  for (const name of ['ticks', 'local', 'away', 'evals']) {
    const before = performance.now();
    try { spawnSync(process.execPath, [__filename, name], { stdio: 'inherit' }); }
    catch (error) { console.log(error.message); }
    console.log(name, 'took', Math.round(performance.now() - before));
  }
  process.exit();
}
`,
  'test/other.cjs': `
require('node:http').createServer((_, response) => response.end('hello')).listen(80);
setInterval(() => console.log('other'), 250);
`,
};

async function once(seed: number): Promise<{ readonly hash: string; readonly events: TraceEvent[] }> {
  const { run, first } = await runtime.boot({
    cluster: {
      name: 'two',
      title: 'Two',
      machines: [
        { name: 'waits', program: 'waits.cjs' },
        { name: 'other', program: 'other.cjs' },
      ],
    },
    files: PROGRAMS,
    sandbox: 'test',
    seed,
  });
  const { events, hash } = await run.advanceTo(2e9);
  run.stop();
  return { hash, events: [...first.events, ...events] };
}

const linesOf = (events: readonly TraceEvent[], machine: string): string[] =>
  events.flatMap((event) => (event.kind === 'log' && event.machine === machine ? [event.text.trim()] : []));

it('is equal in every run, in order of time, and lets others go on', async () => {
  const one = await once(7);
  expect((await once(7)).hash).toBe(one.hash);
  const times = one.events.map(({ atNs }) => atNs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const seen = one.events.flatMap((event) =>
    event.kind === 'log' && event.atNs < 1e9 ? [`${event.machine} ${event.text.trim()}`] : [],
  );
  expect(seen).toEqual([
    'other other',
    'waits child 0 true',
    'other other',
    'waits child 1 true',
    'other other',
    'waits child 2 true',
    'waits ticks took 940',
    'waits local took 40',
  ]);
});

it('refuses a child that needs what waits too', async () => {
  const lines = linesOf((await once(8)).events, 'waits');
  for (const what of ['another machine', 'promises of code made by eval()']) {
    const found = REFUSALS.find(({ name }) => name.endsWith(`needs ${what}`));
    expect(lines).toContain(`expected ${found?.expected}, found ${found?.name}: ${found?.why}`);
  }
});
