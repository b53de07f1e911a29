// The hypervisor of its sandbox: guests are kept apart and cannot tell that they are guests, time is shared as promised,
// and hostile programs end nobody but themselves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../sandboxes/hypervisor/assembler/assemble.ts';
import { Bare } from '../../sandboxes/hypervisor/bare.ts';
import { Guest } from '../../sandboxes/hypervisor/guest.ts';
import { guests } from '../../sandboxes/hypervisor/guests.ts';
import { CYCLES_PER_SECOND, Hypervisor, PERIOD, SLICE } from '../../sandboxes/hypervisor/hypervisor.ts';
import { Memory } from '../../sandboxes/hypervisor/memory.ts';
import { type Scheduler, schedulerCalled } from '../../sandboxes/hypervisor/scheduler.ts';
import { stolenFrom } from '../../sandboxes/hypervisor/tenant.ts';

const KIB64 = 64 * 1024;
const spin = assemble('loop: addi a0, a0, 1\n j loop');
const program = (name: string) => assemble(guests[name] ?? '');

function machineOf(cores: number, spinners: number, scheduler = 'credit'): Hypervisor {
  const machine = new Hypervisor(cores, 16 * KIB64, schedulerCalled(scheduler));
  for (let number = 1; number <= spinners; number++) machine.boot(`spin${number}`, spin, KIB64);
  return machine;
}

const sharesOf = (machine: Hypervisor) => [...machine.tenants.values()].map(({ ran }) => ran / machine.now);

describe('shares', () => {
  test.for([
    [1, 1],
    [2, 1],
    [4, 1],
    [1, 2],
    [3, 2],
    [6, 2],
    [8, 4],
    [12, 3],
  ] as const)('%i guests that never sleep on %i cores', ([guestCount, cores]) => {
    for (const scheduler of ['credit', 'round-robin']) {
      const machine = machineOf(cores, guestCount, scheduler);
      machine.advanceTo(CYCLES_PER_SECOND);
      for (const share of sharesOf(machine))
        expect(Math.abs(share - Math.min(1, cores / guestCount)), scheduler).toBeLessThan(0.015);
    }
  });

  test('by weight, whatever the weights are', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 6 });
    const property = fc.property(weights, (wanted) => {
      const machine = machineOf(1, wanted.length);
      [...machine.tenants.values()].forEach((tenant, index) => {
        tenant.weight = wanted[index] ?? 1;
      });
      machine.advanceTo(2 * CYCLES_PER_SECOND);
      const all = wanted.reduce((sum, weight) => sum + weight, 0);
      const missed = sharesOf(machine).map((share, index) => Math.abs(share - (wanted[index] ?? 1) / all));
      expect(Math.max(...missed)).toBeLessThan(0.011);
    });
    fc.assert(property, { numRuns: 8 });
  });

  test('steal is what was wanted and not got; who sleeps loses nothing', () => {
    const machine = machineOf(2, 5);
    const sleeper = machine.boot('sleeper', program('serve'), KIB64);
    machine.advanceTo(2 * CYCLES_PER_SECOND);
    for (const one of machine.tenants.values())
      if (one !== sleeper) expect((one.ran + stolenFrom(one, machine.now)) / machine.now).toBeCloseTo(1, 2);
    expect(stolenFrom(sleeper, machine.now)).toBeLessThanOrEqual(2 * SLICE);
  });

  test('a cap holds on an idle machine, and only there where it is set', () => {
    const machine = machineOf(2, 2);
    const [first] = machine.tenants.values();
    if (first) first.cap = 0.3;
    machine.advanceTo(2 * CYCLES_PER_SECOND);
    const [capped = 0, free = 0] = sharesOf(machine);
    expect(capped).toBeCloseTo(0.3, 2);
    expect(free).toBeCloseTo(1, 3);
  });

  test('a scheduler that picks nobody, or somebody else, leaves the cores idle and hangs nothing', () => {
    const stranger = { name: 'stranger', weight: 1, credit: 0, wanted: true };
    for (const pick of [() => undefined, () => stranger]) {
      const broken: Scheduler = { refill() {}, charge() {}, pickNext: pick };
      const machine = new Hypervisor(2, KIB64, broken);
      const tenant = machine.boot('spin1', spin, KIB64);
      machine.advanceTo(10 * PERIOD);
      expect(tenant.ran).toBe(0);
    }
  });

  test('an unknown scheduler is refused', () => {
    expect(() => schedulerCalled('fair')).toThrow(
      "SCHEDULER: expected one of credit, round-robin, found 'fair': correct SCHEDULER",
    );
  });
});

describe('memory', () => {
  test('the window holds what a guest writes, and nothing of its neighbors', () => {
    const real = new Uint8Array(3 * 4096).fill(7);
    const memory = new Memory(real, 4096, 4096);
    memory.fill(new Uint8Array());
    const property = fc.property(
      fc.nat(0xffffffff),
      fc.constantFrom(0, 1, 2),
      fc.integer(),
      (address, funct3, value) => {
        const place = memory.place(address, 1 << funct3);
        if (place >= 0) memory.store(place, funct3, value);
        const inside = address >= 0x80000000 && address + (1 << funct3) <= 0x80000000 + 4096;
        expect(place >= 0).toBe(inside);
      },
    );
    fc.assert(property, {
      numRuns: 2000,
      examples: [
        [0x80000ffd, 2, -1],
        [0x80000ffc, 2, -1],
        [0x7fffffff, 2, -1],
        [0x80000ffe, 1, -1],
      ],
    });
    expect(real.subarray(0, 4096).every((byte) => byte === 7)).toBe(true);
    expect(real.subarray(8192).every((byte) => byte === 7)).toBe(true);
  });

  test('is never promised twice; a guest that does not fit is refused, and one that ends makes room', () => {
    const machine = new Hypervisor(1, 3 * KIB64, schedulerCalled('credit'));
    for (const name of ['a', 'b', 'c']) machine.boot(name, spin, KIB64);
    expect(() => machine.boot('d', spin, KIB64)).toThrow(
      'd: expected 64 KiB of memory in one piece, found 0 KiB free of 192: end a guest, or give less',
    );
    machine.end('b');
    expect(machine.boot('d', spin, KIB64).guest.memory.base).toBe(KIB64);
  });

  test('a guest that writes to its neighbor ends, and the neighbor runs on untouched', () => {
    const machine = new Hypervisor(1, 4 * KIB64, schedulerCalled('credit'));
    const wild = machine.boot('wild', program('wild'), KIB64);
    const next = machine.boot('spin1', spin, KIB64);
    machine.advanceTo(9 * CYCLES_PER_SECOND);
    const before = next.ran;
    machine.advanceTo(11 * CYCLES_PER_SECOND);
    expect(wild.guest.verdict?.words).toBe(
      'crashed: store to 0x80010000, outside its memory, at pc 0x8000002c; it has set no handler (mtvec)',
    );
    expect(next.guest.verdict).toBe(undefined);
    expect((next.ran - before) / (2 * CYCLES_PER_SECOND)).toBeCloseTo(1, 2);
  });
});

describe('a guest cannot tell', () => {
  /** Words that are more often instructions of interest than chance would have it. */
  const word = fc.oneof(
    fc.nat(0xffffffff),
    fc
      .nat(0x1ffffff)
      .chain((rest) =>
        fc
          .constantFrom(0x13, 0x33, 0x03, 0x23, 0x63, 0x6f, 0x67, 0x37, 0x17)
          .map((code) => ((rest << 7) | code) >>> 0),
      ),
    fc.constantFrom(0x73, 0x100073, 0x30200073, 0x0000100f),
    fc
      .tuple(
        fc.constantFrom(0x300, 0x304, 0x305, 0x340, 0x341, 0x342, 0xf14, 0x180),
        fc.nat(31),
        fc.constantFrom(1, 2, 3, 5, 6, 7),
        fc.nat(31),
      )
      .map(([csr, rs1, funct3, rd]) => ((csr << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | 0x73) >>> 0),
  );

  test('10,000 programs of chance: the same registers, memory and end as on the processor itself', () => {
    const bytes = 8192;
    const untouched = Buffer.alloc(bytes, 7);
    const property = fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
      const code = new Uint8Array(Uint32Array.from(words).buffer);
      const bare = new Bare(code, bytes);
      const real = new Uint8Array(3 * bytes).fill(7);
      const guest = new Guest(new Memory(real, bytes, bytes), code);
      for (let step = 0; step < 120 && !guest.verdict && !guest.isAsleep; step++) {
        guest.run(0, 1);
        bare.run(1);
      }
      expect(guest.cpu.x).toEqual(bare.cpu.x);
      expect(guest.cpu.pc).toBe(bare.cpu.pc);
      expect(guest.verdict).toEqual(bare.verdict);
      expect(guest.cpu.hart.mode, 'no guest ever leaves user mode').toBe('user');
      expect(guest.hart.mode).toBe(bare.cpu.hart.mode);
      expect(untouched.equals(real.subarray(0, bytes)) && untouched.equals(real.subarray(2 * bytes))).toBe(
        true,
      );
    });
    fc.assert(property, { numRuns: 10_000 });
  });

  test('timer, console and sleep work the same', () => {
    const source = `
      la t0, handler
      csrw mtvec, t0
      li s0, 0x10000000
      li t1, 0x02004000
      li t2, 5000
      sw t2, 0(t1)
      sw zero, 4(t1)
      li t0, 0x880
      csrw mie, t0
      csrsi mstatus, 8
wait: wfi
      beqz s1, wait
      li t0, 1
      li t6, 0x80001000
      sw t0, 0(t6)
handler: csrr s2, mcause
      lbu a0, 0(s0)
      sw a0, 0(s0)
      li t3, -1
      sw t3, 4(t1)
      addi s1, s1, 1
      mret`;
    const bare = new Bare(assemble(source), KIB64);
    const guest = new Guest(new Memory(new Uint8Array(KIB64), 0, KIB64), assemble(source));
    const printed: [number[], number[]] = [[], []];
    bare.devices.onByte = (byte) => printed[0].push(byte);
    guest.devices.onByte = (byte) => printed[1].push(byte);
    bare.run(20_000);
    for (let now = 0; now < 20_000; now += Math.max(100, guest.run(now, 1000))) guest.wake(now);
    expect(bare.verdict?.words).toBe('pass');
    expect(guest.verdict?.words).toBe('pass');
    expect(guest.cpu.x[18]).toBe(bare.cpu.x[18]);
    expect((guest.cpu.x[18] ?? 0) >>> 0).toBe(0x80000007);
    expect(printed).toEqual([[255], [255]]);
  });

  test('most instructions run without the hypervisor', () => {
    const machine = machineOf(1, 0);
    const { guest } = machine.boot('spin', program('spin'), KIB64);
    machine.advanceTo(CYCLES_PER_SECOND);
    expect(guest.exits).toBeLessThan(10);
    expect(guest.instructions).toBeGreaterThan(0.99 * CYCLES_PER_SECOND);
  });
});
