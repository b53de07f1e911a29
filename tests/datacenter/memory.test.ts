// A machine's memory: what programs see of it, and what happens where it runs out: the process that has most is
// killed with SIGKILL, its parent hears of it, and the machine goes on.
import { afterAll, describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

async function played(main: string, memoryMiB?: number) {
  const machine = { name: 'box', program: 'main.mjs', ...(memoryMiB === undefined ? {} : { memoryMiB }) };
  const { run, first } = await runtime.boot({
    cluster: { name: 'one', title: 'One', machines: [machine] },
    files: { 'test/main.mjs': main },
    sandbox: 'test',
    seed: 1,
  });
  const { events, hash } = await run.advanceTo(5e9);
  run.stop();
  const all: TraceEvent[] = [...first.events, ...events];
  const lines = all.flatMap((event) => (event.kind === 'log' ? [event.text.trim()] : []));
  return { lines, hash, last: all.findLast((event) => event.kind === 'machine') };
}

const LEAK = 'const kept = []; const leak = () => kept.push(Buffer.alloc(1024 * 1024));';

describe('a machine of 128 MiB', () => {
  it('shows its memory, and what a program takes of it', async () => {
    const { lines } = await played(
      `import os from 'node:os';
       const before = process.memoryUsage();
       const kept = Buffer.alloc(8 * 1024 * 1024);
       const after = process.memoryUsage();
       console.log(os.totalmem(), after.arrayBuffers - before.arrayBuffers, after.rss - before.rss === kept.length);
       console.log(process.memoryUsage.rss() === after.rss, process.constrainedMemory());`,
      128,
    );
    expect(lines).toEqual(['134217728 8388608 true', 'true 134217728']);
  });

  for (const [how, grow] of [
    ['turn after turn', 'setInterval(() => { leak(); console.log(kept.length); }, 1);'],
    [
      'in one turn',
      'try { for (;;) { leak(); console.log(kept.length); } } finally { setInterval(leak, 1); }',
    ],
  ]) {
    it(`kills a program that takes more ${how}, at the same moment every time`, async () => {
      const { lines, last, hash } = await played(`${LEAK} ${grow}`, 128);
      expect(lines.at(-1)).toBe(
        'kernel: Out of memory: Killed process 101 (node) with 129 MiB; the machine has 128 MiB',
      );
      expect(Number(lines.at(-2))).toBeGreaterThanOrEqual(87);
      expect(last).toMatchObject({
        state: 'killed',
        why: 'killed for want of memory: it had 129 MiB of 128 MiB',
      });
      expect((await played(`${LEAK} ${grow}`, 128)).hash).toBe(hash);
    });
  }

  it('kills the child that has most; its parent hears of SIGKILL and goes on', async () => {
    const { lines, last } = await played(
      `import { fork } from 'node:child_process';
       import { fileURLToPath } from 'node:url';
       ${LEAK}
       if (process.argv[2] === 'child') setInterval(leak, 1);
       else fork(fileURLToPath(import.meta.url), ['child']).on('exit', (code, signal) => console.log(code, signal));`,
      128,
    );
    expect(lines).toEqual([
      'kernel: Out of memory: Killed process 102 (node) with 89 MiB; the machine has 128 MiB',
      'null SIGKILL',
    ]);
    expect(last).toMatchObject({ state: 'exited' });
  });
});

it('is refused with the name of the field where it makes no sense', async () => {
  for (const memoryMiB of [0, 63, 1.5, Number.NaN, 1e9])
    await expect(played('', memoryMiB)).rejects.toThrow(/memory of 64 to 65536 MiB.*`memoryMiB` of box/);
});
