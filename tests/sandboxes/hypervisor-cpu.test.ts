// The processor of the hypervisor sandbox: every instruction of RV32I against a table of cases, then its traps.
// Each case runs twice, on the processor itself and under the hypervisor: a guest must not be able to tell.
import { describe, expect, test } from 'vitest';
import { assemble } from '../../sandboxes/hypervisor/assembler/assemble.ts';
import { Bare } from '../../sandboxes/hypervisor/bare.ts';
import { Guest } from '../../sandboxes/hypervisor/guest.ts';
import { Memory } from '../../sandboxes/hypervisor/memory.ts';
import { branches, MIN, withConstants, withRegisters } from './hypervisor-cases.ts';

const BYTES = 16 * 1024;
const STEPS = 20_000;

/** What a program left in its registers, and how it ended; the same both ways. */
function play(source: string): { readonly x: Int32Array; readonly words: string | undefined } {
  const program = assemble(source);
  const bare = new Bare(program, BYTES);
  bare.run(STEPS);
  const guest = new Guest(new Memory(new Uint8Array(4 * BYTES), BYTES, BYTES), program);
  guest.run(0, STEPS);
  expect(guest.cpu.x).toEqual(bare.cpu.x);
  expect(guest.verdict?.words).toBe(bare.verdict?.words);
  return { x: guest.cpu.x, words: guest.verdict?.words };
}

const pass = 'li t5, 1\n li t6, 0x80001000\n sw t5, 0(t6)';

/** Runs `code` after a0 and a1 were set; gives a2. */
function compute(code: string, a: number, b = 0): number {
  const { x, words } = play(`li a0, ${a}\n li a1, ${b}\n li a2, 0x5a5a5a5a\n ${code}\n ${pass}`);
  expect(words).toBe('pass');
  return x[12] ?? Number.NaN;
}

describe.for(Object.entries(withRegisters))('%s', ([name, rows]) => {
  test.for(rows)('%i, %i gives %i', ([a, b, result]) => {
    expect(compute(`${name} a2, a0, a1`, a, b)).toBe(result);
    expect(compute(`mv a2, a0\n ${name} a2, a2, a1`, a, b), 'into its first operand').toBe(result);
    expect(compute(`${name} zero, a0, a1\n mv a2, zero`, a, b), 'into x0').toBe(0);
  });
});

describe.for(Object.entries(withConstants))('%s', ([name, rows]) => {
  test.for(rows)('%i, constant %i gives %i', ([a, b, result]) => {
    expect(compute(`${name} a2, a0, ${b}`, a)).toBe(result);
    expect(compute(`${name} zero, a0, ${b}\n mv a2, zero`, a)).toBe(0);
  });
});

describe.for(Object.entries(branches))('%s', ([name, rows]) => {
  test.for(rows)('%i, %i: taken is %s', ([a, b, goes]) => {
    const forward = `${name} a0, a1, there\n li a2, 0\n j end\nthere: li a2, 1\nend:`;
    const back = `j over\nthere: li a2, 1\n j end\nover: ${name} a0, a1, there\n li a2, 0\nend:`;
    expect(compute(forward, a, b)).toBe(goes ? 1 : 0);
    expect(compute(back, a, b)).toBe(goes ? 1 : 0);
  });
});

describe('loads and stores', () => {
  const at = 'li t0, 0x80002000';
  const rows: readonly (readonly [string, string, number, number])[] = [
    ['sb', 'lb', 0x80, -128],
    ['sb', 'lbu', 0x80, 128],
    ['sb', 'lbu', 0x1ff, 255],
    ['sh', 'lh', 0x8000, -32768],
    ['sh', 'lhu', 0x8000, 32768],
    ['sh', 'lhu', -1, 65535],
    ['sw', 'lw', MIN, MIN],
    ['sw', 'lb', 0x1234567f, 0x7f],
    ['sw', 'lh', 0x1234fffe, -2],
  ];
  test.for(rows)('%s then %s of %i gives %i', ([store, load, value, result]) => {
    for (const offset of [0, 4, -4, 2047, -2048, 1, 2, 3])
      expect(compute(`${at}\n ${store} a0, ${offset}(t0)\n ${load} a2, ${offset}(t0)`, value)).toBe(result);
  });

  test('bytes are in order of weight, and neighbors are left alone', () => {
    const fill = `${at}\n sw a0, 0(t0)`;
    expect(compute(`${fill}\n lbu a2, 0(t0)`, 0x04030201)).toBe(1);
    expect(compute(`${fill}\n lbu a2, 3(t0)`, 0x04030201)).toBe(4);
    expect(compute(`${fill}\n sb a1, 1(t0)\n lw a2, 0(t0)`, 0x04030201, 0xff)).toBe(0x0403ff01);
    expect(compute(`${fill}\n sh a1, 2(t0)\n lw a2, 0(t0)`, 0x04030201, 0xbbaa)).toBe(0xbbaa0201 | 0);
    expect(compute(`${fill}\n lw zero, 0(t0)\n mv a2, zero`, 7)).toBe(0);
  });

  test('misaligned ones work, and say the same as bytes do', () => {
    const fill = `${at}\n sw a0, 0(t0)\n sw a1, 4(t0)`;
    expect(compute(`${fill}\n lw a2, 1(t0)`, 0x04030201, 0x08070605)).toBe(0x05040302);
    expect(compute(`${fill}\n lh a2, 3(t0)`, 0x04030201, 0x08070605)).toBe(0x0504);
    expect(compute(`${fill}\n li a3, -1\n sw a3, 3(t0)\n lw a2, 4(t0)`, 1, 2)).toBe(0x00ffffff);
  });

  test('the last byte of the window is there, the next is not', () => {
    expect(play(`li t0, 0x80004000\n sb t0, -1(t0)\n ${pass}`).words).toBe('pass');
    expect(play('li t0, 0x80004000\n sb t0, 0(t0)').words).toMatch(/^crashed: store to 0x80004000, outside/);
    expect(play('li t0, 0x80004000\n lw t0, -2(t0)').words).toMatch(
      /^crashed: load from 0x80003ffe, outside/,
    );
    expect(play('li t0, 0x7fffffff\n lw t0, 0(t0)').words).toMatch(/^crashed: load from 0x7fffffff, outside/);
  });
});

describe('upper constants and jumps', () => {
  test('lui fills the upper 20 bits; auipc adds them to its address, around the end as well', () => {
    expect(compute('lui a2, 0xfffff', 0)).toBe(-4096);
    expect(compute('lui a2, 0', 0)).toBe(0);
    expect(compute('lui zero, 1\n mv a2, zero', 0)).toBe(0);
    // a0, a1 and a2 take one, one and two instructions: auipc is the fifth.
    expect(compute('auipc a2, 0', 0)).toBe((0x80000000 + 16) | 0);
    expect(compute('auipc a2, 0x80000', 0)).toBe(16);
    expect(compute('auipc a2, 0xfffff', 0)).toBe((0x80000000 + 16 - 4096) | 0);
  });

  test('jal links the next address; into x0 it links nothing', () => {
    expect(compute('jal a2, over\nover:', 0)).toBe((0x80000000 + 20) | 0);
    expect(compute('jal zero, over\nover: mv a2, zero', 0)).toBe(0);
  });

  test('jalr adds, drops the lowest bit, and may link into its own base', () => {
    expect(compute('la t0, over\n jalr a2, 1(t0)\n nop\nover:', 0)).toBe((0x80000000 + 28) | 0);
    expect(compute('la t0, over\n jalr t0, 0(t0)\n nop\nover: mv a2, t0', 0)).toBe((0x80000000 + 28) | 0);
    expect(compute('la t0, over\n addi t0, t0, 8\n jalr a2, -8(t0)\n nop\nover:', 0)).toBe(
      (0x80000000 + 32) | 0,
    );
  });

  test('x0 stays 0, and the other 31 registers are all there', () => {
    const names = Array.from({ length: 31 }, (_, index) => `x${index + 1}`);
    const { x } = play(
      `${names.map((name, index) => `li ${name}, ${index + 100}`).join('\n')}\n addi x0, x0, 5\nend: j end`,
    );
    expect([...x]).toEqual([0, ...names.map((_, index) => index + 100)]);
  });

  test('fence and fence.i order nothing, and code may be written and run', () => {
    expect(compute('fence\n fence.i\n li a2, 3', 0)).toBe(3);
    const patched =
      'la t0, new\n lw t1, 0(t0)\n la t0, old\n sw t1, 0(t0)\n fence.i\nold: li a2, 1\n j end\nnew: li a2, 2\nend:';
    expect(compute(patched, 0)).toBe(2);
  });
});

/** A handler that keeps mcause in a2, mtval in a3, mepc in a4, and ends. */
const handled = (code: string) =>
  `
  la t0, handler
  csrw mtvec, t0
  ${code}
  j .
handler: csrr a2, mcause
  csrr a3, mtval
  csrr a4, mepc
  ${pass}
`.replace('j .', 'loop: j loop');

function trapOf(code: string): { cause: number; value: number; at: number } {
  const { x, words } = play(handled(code));
  expect(words).toBe('pass');
  return { cause: x[12] ?? -1, value: (x[13] ?? 0) >>> 0, at: (x[14] ?? 0) >>> 0 };
}

describe('traps', () => {
  const first = 0x8000000c; // after la and csrw
  const illegal: readonly (readonly [string, number])[] = [
    ['all zeros', 0x00000000],
    ['all ones', 0xffffffff],
    ['a load of 8 bytes', 0x00003003],
    ['a store of 8 bytes', 0x00003023],
    ['a branch with funct3 2', 0x00002063],
    ['a branch with funct3 3', 0x00003063],
    ['jalr with funct3 1', 0x00001067],
    ['slli by 32', 0x02001013],
    ['srai with other bits', 0x60005013],
    ['mul', 0x02000033],
    ['sub with funct3 1', 0x40001033],
    ['fence with funct3 2', 0x0000200f],
    ['a compressed instruction', 0x00000001],
    ['lr.w', 0x1000202f],
    ['sret', 0x10200073],
    ['csrrw with funct3 4', 0x30004073],
    ['ecall with a register', 0x000000f3],
  ];
  test.for(illegal)('%s is illegal', ([, word]) => {
    expect(trapOf(`.word ${word}`)).toEqual({ cause: 2, value: word, at: first });
  });

  test('ecall and ebreak say where from', () => {
    expect(trapOf('ecall')).toMatchObject({ cause: 11, at: first });
    expect(trapOf('ebreak')).toMatchObject({ cause: 3, at: first });
  });

  test('a jump to an address that is no multiple of 4 traps at the jump, and links nothing', () => {
    expect(trapOf('jal a5, 6')).toEqual({ cause: 0, value: first + 6, at: first });
    expect(trapOf('li t1, 0x80000102\n jalr a5, 0(t1)')).toMatchObject({ cause: 0, value: 0x80000102 });
    expect(trapOf('beq zero, zero, 6')).toMatchObject({ cause: 0, value: first + 6 });
    expect(trapOf('bne zero, zero, 6\n ecall'), 'a branch that is not taken').toMatchObject({ cause: 11 });
    expect(play(handled('li a5, 5\n jal a5, 6')).x[15]).toBe(5);
  });

  test('access outside the window is the fault of the access', () => {
    expect(trapOf('li t1, 4\n lw t1, 0(t1)')).toMatchObject({ cause: 5, value: 4 });
    expect(trapOf('li t1, -4\n sw t1, 0(t1)')).toMatchObject({ cause: 7, value: 0xfffffffc });
    expect(trapOf('li t1, 0x90000000\n jr t1')).toEqual({ cause: 1, value: 0x90000000, at: 0x90000000 });
  });

  test('control registers: read, set, clear; those that are none trap; counters cannot be written', () => {
    expect(compute('csrw mscratch, a0\n csrrs a2, mscratch, a1\n csrr a2, mscratch', 0b0011, 0b0101)).toBe(
      0b0111,
    );
    expect(compute('csrw mscratch, a0\n csrrc a2, mscratch, a1', 0b0011, 0b0001)).toBe(0b0011);
    expect(compute('csrwi mscratch, 21\n csrrci a2, mscratch, 1\n csrr a2, mscratch', 0)).toBe(20);
    expect(compute('csrr a2, mhartid', 0)).toBe(0);
    expect(compute('csrr a2, misa', 0)).toBe(0x40000000 | (1 << 8) | (1 << 20) | 0);
    expect(compute('csrw satp, a0\n csrw medeleg, a0\n csrw pmpcfg0, a0\n csrr a2, satp', -1)).toBe(0);
    expect(compute('csrw mepc, a0\n csrr a2, mepc', -1)).toBe(-4);
    expect(compute('csrw mstatus, a0\n csrr a2, mstatus', -1)).toBe(0x1888);
    expect(trapOf('csrr a2, 0x123')).toMatchObject({ cause: 2 });
    expect(trapOf('csrw mhartid, zero')).toMatchObject({ cause: 2 });
    expect(trapOf('csrw cycle, zero')).toMatchObject({ cause: 2 });
  });

  test('user mode may not touch the machine, and its calls come from there', () => {
    const user = (code: string) => `csrwi mstatus, 0\n la t0, user\n csrw mepc, t0\n mret\nuser: ${code}`;
    expect(trapOf(user('ecall'))).toMatchObject({ cause: 8 });
    for (const privileged of [
      'csrr a5, mstatus',
      'csrw mtvec, zero',
      'mret',
      'wfi',
      'csrr a5, cycle',
      'csrr a5, mhartid',
    ])
      expect(trapOf(user(privileged)), privileged).toMatchObject({ cause: 2 });
    expect(trapOf(user('li a5, 3\n ecall'))).toMatchObject({ cause: 8 });
    expect(trapOf(`csrwi mcounteren, 7\n ${user('csrr a5, instret\n ecall')}`)).toMatchObject({ cause: 8 });
  });
});
