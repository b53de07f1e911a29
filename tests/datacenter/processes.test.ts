// Many processes on one machine, seen from outside: deeds reach all of them, children outlive their parent, and
// their ends are seen by who started them. Programs against real Node: see node/programs/child-process.mjs.
import { afterAll, describe, expect, it } from 'vitest';
import type { Deed } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const PARENT = `
import { fork } from 'node:child_process';
if (process.argv[2] === 'child') setInterval(() => console.log('tick', process.ppid === 1), 1000);
else {
  const child = fork(new URL(import.meta.url).pathname, ['child'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('exit', (code, signal) => console.log('child', code, signal));
  setTimeout(() => { child.unref(); child.channel.unref(); }, 10);
  if (process.env.STAY) setInterval(() => undefined, 1000);
}
`;

async function printed(env: Record<string, string>, deed: Deed | null, deedAtMs = 2500): Promise<string[]> {
  const { run, first } = await runtime.boot({
    cluster: { name: 'one', title: 'One', machines: [{ name: 'box', program: 'main.mjs', env }] },
    files: { 'test/main.mjs': PARENT },
    sandbox: 'test',
    seed: 1,
    ...(deed === null ? {} : { actions: [{ atNs: deedAtMs * 1e6, ...deed }] }),
  });
  const { events } = await run.advanceTo(5e9);
  run.stop();
  return [...first.events, ...events].flatMap((event) => {
    if (event.kind === 'log') return [event.text.trim()];
    return event.kind === 'machine' && event.state !== 'up' ? [event.state] : [];
  });
}

describe('a machine with a main process and a child', () => {
  it('runs both', async () => {
    expect(await printed({ STAY: '1' }, null)).toEqual([
      'tick false',
      'tick false',
      'tick false',
      'tick false',
    ]);
  });

  it('keeps the child where the main process ends before it', async () => {
    expect((await printed({}, null)).slice(0, 3)).toEqual(['exited', 'tick false', 'tick false']);
  });

  for (const [name, state] of [
    ['kill', 'killed'],
    ['powerOff', 'off'],
    ['freeze', 'frozen'],
  ] as const) {
    it(`ends or stops both with ${name}`, async () => {
      const lines = await printed({ STAY: '1' }, { do: name, machine: 'box' });
      expect(lines).toEqual(['tick false', 'tick false', state]);
    });
  }
});
