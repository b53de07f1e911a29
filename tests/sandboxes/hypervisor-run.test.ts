// What `run.ts` of the hypervisor sandbox says of a file and how it exits, and which settings its host refuses.
// Real processes; every message is frozen here.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assemble } from '../../sandboxes/hypervisor/assembler/assemble.ts';
import { settingsFrom } from '../../sandboxes/hypervisor/settings.ts';

const spin = assemble('loop: addi a0, a0, 1\n j loop');

describe('run.ts', () => {
  const root = resolve(import.meta.dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'guest-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes);
  const toHost = (value: number) => assemble(`li t0, ${value}\n li t1, 0x80001000\n sw t0, 0(t1)`);
  beforeAll(() => {
    file('pass.bin', toHost(1));
    file('fail.bin', toHost(7));
    file('even.bin', toHost(2));
    file('loop.bin', spin);
    file('wild.bin', assemble('li a0, 0\n sw a0, 0(a0)'));
    file('zeros.bin', new Uint8Array(64));
    file('handler.bin', assemble('csrwi mtvec, 16\n ecall'));
    file(
      'hello.bin',
      assemble(
        "li a0, 'h'\n li a1, 0x10000000\n sw a0, 0(a1)\n li a0, 10\n sw a0, 0(a1)\n j end\n.space 4\nend: li t0, 1\n li t1, 0x80001000\n sw t0, 0(t1)",
      ),
    );
    file('sleeper.bin', assemble('wfi\n li t0, 1\n li t1, 0x80001000\n sw t0, 0(t1)'));
    file('empty.bin', '');
    file('odd.bin', 'abc');
    file('huge.bin', '');
    truncateSync(join(folder, 'huge.bin'), 20_000_000);
  });

  const verdicts: readonly (readonly [string, number, string])[] = [
    ['pass.bin', 0, 'pass.bin: pass\n'],
    ['fail.bin', 1, 'fail.bin: failed test 3: tohost is 7\n'],
    ['even.bin', 1, 'even.bin: expected an odd number in tohost, found 2: store 1 for success\n'],
    [
      'loop.bin --steps 50000',
      1,
      'loop.bin: has not ended after 50000 steps: it loops, or needs more (--steps)\n',
    ],
    [
      'wild.bin',
      1,
      'wild.bin: crashed: store to 0x00000000, outside its memory, at pc 0x80000004; it has set no handler (mtvec)\n',
    ],
    [
      'zeros.bin',
      1,
      'zeros.bin: crashed: illegal instruction 0x00000000, at pc 0x80000000; it has set no handler (mtvec)\n',
    ],
    [
      'handler.bin',
      1,
      'handler.bin: crashed: ecall, at pc 0x80000004; its handler, at 0x00000010, is outside its memory\n',
    ],
    ['hello.bin --bare', 0, 'h\nhello.bin: pass\n'],
    ['sleeper.bin', 0, 'sleeper.bin: pass\n'],
    [
      'missing.bin',
      1,
      'run.ts: expected a file that can be read, found missing.bin (ENOENT): correct the path\n',
    ],
    ['.', 1, 'run.ts: expected a file that can be read, found . (EISDIR): correct the path\n'],
    ['empty.bin', 1, 'run.ts: expected a program, found empty.bin, which is empty: assemble it again\n'],
    [
      'odd.bin',
      1,
      'odd.bin: crashed: illegal instruction 0x00636261, at pc 0x80000000; it has set no handler (mtvec)\n',
    ],
    [
      'huge.bin',
      1,
      'run.ts: expected at most 16777216 bytes, the memory of a guest, found 20000000 in huge.bin: give a flat binary (objcopy -O binary)\n',
    ],
    ['', 1, 'run.ts: expected one file, found none: node run.ts guest.bin [--bare] [--steps N]\n'],
    [
      'pass.bin --steps many',
      1,
      "run.ts: expected a number of steps from 1 to 10000000000, found 'many': node run.ts guest.bin [--bare] [--steps N]\n",
    ],
  ];
  test.for(verdicts)('%s', ([words, status, said]) => {
    const run = spawnSync(
      join(root, 'node_modules/.bin/node'),
      [join(root, 'sandboxes/hypervisor/run.ts'), ...words.split(' ').filter((word) => word !== '')],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(run.stdout + run.stderr).toBe(said);
    expect(run.status).toBe(status);
  });
});

describe('settings', () => {
  test.for([
    ['CORES', '0', "CORES: expected a whole number from 1 to 16, found '0': correct CORES"],
    ['SPINNERS', 'many', "SPINNERS: expected a whole number from 0 to 32, found 'many': correct SPINNERS"],
    ['WEIGHTS', 'spin1=0', "WEIGHTS: expected guest=1 to 10000, found 'spin1=0': correct WEIGHTS"],
    ['CAPS', 'spin1', "CAPS: expected guest=1 to 100, found 'spin1': correct CAPS"],
  ] as const)('%s=%s is refused', ([name, value, message]) => {
    expect(() => settingsFrom({ [name]: value })).toThrow(message);
  });
});
