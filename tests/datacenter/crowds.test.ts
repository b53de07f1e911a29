// Programs that open or start without end: Linux's limits stop them with Linux's errors, and the machine goes on.
// Through the public door. What a machine's memory bounds is in memory.test.ts.
import { afterAll, describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

async function printed(main: string, seconds: number): Promise<string[]> {
  const { run, first } = await runtime.boot({
    cluster: { name: 'one', title: 'One', machines: [{ name: 'box', program: 'main.mjs', cores: 4 }] },
    files: { 'test/main.mjs': main, 'test/idle.mjs': 'setInterval(() => 0, 1000);' },
    sandbox: 'test',
    seed: 1,
  });
  const { events } = await run.advanceTo(seconds * 1e9);
  run.stop();
  const all: TraceEvent[] = [...first.events, ...events];
  return all.flatMap((event) => (event.kind === 'log' ? [event.text.trim()] : []));
}

describe('a program that never has enough', () => {
  it('of processes is told EAGAIN', async () => {
    const lines = await printed(
      `import { spawn } from 'node:child_process';
       let started = 0;
       const more = () => {
         const child = spawn(process.execPath, ['idle.mjs']);
         child.on('error', ({ code, syscall }) => { console.log(started, code, syscall); process.exit(); });
         if (child.pid !== undefined) { started++; setImmediate(more); }
       };
       more();`,
      0.03,
    );
    expect(lines).toEqual(['255 EAGAIN spawn /usr/bin/node']);
  });

  it('of connections is told EMFILE', async () => {
    const lines = await printed(
      `import net from 'node:net';
       let failed = null;
       const server = net.createServer().listen(80, () => {
         const more = () => {
           for (let i = 0; i < 500 && failed === null; i++)
             net.connect(80).on('error', (error) => { failed ??= error; });
           if (failed === null) setTimeout(more, 1);
           else { console.log(failed.code, failed.syscall); process.exit(); }
         };
         more();
       });`,
      5,
    );
    expect(lines).toEqual(['EMFILE connect']);
  });

  it('of connections within one turn is stopped', async () => {
    const lines = await printed(
      "import net from 'node:net'; for (;;) net.connect(80).on('error', () => 0);",
      1,
    );
    expect(lines.join(' ')).toContain('20,000,000 steps in one turn');
  });
});
