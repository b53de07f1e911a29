// Programs that behave badly: one that never comes to rest, one that forks without end, with children of children that
// ignore SIGTERM, and one that floods its log. None outlives its run, and none takes the run with it.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { localRuntime } from '../../../src/runtime/local.ts';
import type { Batch } from '../../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../../src/runtime/sandbox.ts';
import { Watched } from './cluster.ts';
import { canSee, folderOfRun, mostMemoryOf, standingIn, unseen } from './processes.ts';

const forker = `
import { spawn } from 'node:child_process';
process.on('SIGTERM', () => {});
let forked = 0;
setInterval(() => {
  spawn('sh', ['-c', 'trap "" TERM; sleep 1000 & wait'], { stdio: 'ignore' });
  if (++forked === 3) console.log('three');
}, 20);
`;
const LINES = 1_000_000;
const flooder = `
console.log('waits');
process.stdin.once('data', () => {
  const lines = ('x'.repeat(99) + '\\n').repeat(1000);
  let left = ${LINES / 1000};
  const go = () => left-- > 0 ? process.stdout.write(lines, go) : console.log('over');
  go();
});
`;

async function boot(programs: Readonly<Record<string, string>>) {
  const names = Object.keys(programs);
  const machines = names.map((name) => ({ name, program: `${name}.mjs`, stdin: 'open' }));
  const texts: Record<string, string> = {
    'bad/cluster.json': JSON.stringify({ name: 'bad', title: 'Bad', machines }),
  };
  for (const name of names) texts[`bad/${name}.mjs`] = programs[name] ?? '';
  const local = await localRuntime().boot(runSpec(loadSandbox('bad', texts), { seed: 4711 }));
  return { ...local, cluster: new Watched(local.run, local.first) };
}

test.skipIf(!canSee).each(['kill the machines', 'stop', 'kill the supervisor'] as const)(
  `%s: no process of a program that forks, or never rests, is left${unseen}`,
  async (how) => {
    const { run, pid, ended, cluster } = await boot({ forker, spinner: "console.log('spins'); for (;;);" });
    const folder = folderOfRun(pid);
    await cluster.log('spinner', /spins/);
    await cluster.any(
      (event) => (event.kind === 'log' && event.machine === 'forker' ? true : undefined),
      'three forks',
    );
    // Two machines, three shells, and three sleepers, of which the last is just beginning.
    while (standingIn(folder).length < 8) await setImmediate();
    if (how === 'kill the supervisor') process.kill(pid, 'SIGKILL');
    else if (how === 'stop') run.stop();
    else for (const machine of ['forker', 'spinner']) await cluster.act({ do: 'kill', machine });
    while (standingIn(folder).length > 0) await setImmediate();
    run.stop();
    await ended;
  },
);

test('a flood of 100 MB in a log: the run goes on, little is kept, and what was left out is counted', async () => {
  const echo = "process.stdin.on('data', (bytes) => console.log('heard ' + bytes)); console.log('waits')";
  const { run, first, pid, ended } = await boot({ flooder, echo });
  let lines = 0;
  let leftOut = 0;
  let last = '';
  let answers = 0;
  const take = (batch: Batch): Batch => {
    for (const event of batch.events) {
      if (event.kind !== 'log') continue;
      if (event.machine === 'flooder') lines++;
      else if (/^heard/.test(event.text)) answers++;
      last = event.text;
    }
    leftOut += batch.leftOut ?? 0;
    return batch;
  };
  let batch = take(first);
  while (lines < 1 || last !== 'waits\n') batch = take(await run.advanceTo(batch.nowNs + 10e6));
  take(await run.act({ do: 'input', machine: 'flooder', text: 'go\n' }));
  // Three times nobody asks for what takes the echo to answer; then everything is asked for.
  for (let asked = 1; asked <= 3; asked++) {
    take(await run.act({ do: 'input', machine: 'echo', text: 'you\n' }));
    while (answers < asked) batch = take(await run.advanceTo(batch.nowNs + 100e6));
  }
  while (lines + leftOut < LINES + 2) batch = take(await run.advanceTo(batch.nowNs + 100e6));
  expect(leftOut).toBeGreaterThan(LINES / 2);
  if (canSee) expect(mostMemoryOf(pid), 'MiB').toBeLessThan(400);
  run.stop();
  await ended;
});
