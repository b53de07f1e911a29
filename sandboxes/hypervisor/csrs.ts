// The control and status registers of one hart that this machine has, and what of them can be read and written.
// A plain table: it checks no right to touch them (system.ts does). Registers that exist but have nothing to say read
// as 0 and ignore writes; a number that is none gives undefined. From the RISC-V privileged specification, chapters 2, 3.

export const MSTATUS = { mie: 1 << 3, mpie: 1 << 7, mpp: 3 << 11 } as const;
/** Bits of `mie` and `mip`, by the number of the interrupt. */
export const PENDING = { timer: 1 << 7, external: 1 << 11 } as const;
/** 32 bits, base instructions (I), and user mode (U). */
const MISA = (1 << 30) | (1 << 8) | (1 << 20);

/** There, and empty: no PMP entries, no paging, no delegation, and of the counters only the first three. */
function isEmpty(number: number): boolean {
  return (
    [0x302, 0x303, 0x310, 0x320, 0x180].includes(number) || // medeleg, mideleg, mstatush, mcountinhibit, satp
    (number >= 0xf11 && number <= 0xf15) || // vendor, architecture, implementation, hart, configuration
    (number >= 0x3a0 && number <= 0x3ef) || // pmpcfg, pmpaddr
    (number >= 0x323 && number <= 0x33f) || // mhpmevent
    (number >= 0xb03 && number <= 0xb1f) || // mhpmcounter
    (number >= 0xb83 && number <= 0xb9f)
  );
}

export class Csrs {
  mstatus = 0;
  mie = 0;
  mip = 0;
  mtvec = 0;
  mscratch = 0;
  mepc = 0;
  mcause = 0;
  mtval = 0;
  mcounteren = 0;
  /** Cycles that the hart has computed, instructions among them, and time that has passed. Kept by whoever runs it. */
  cycles = 0;
  instructions = 0;
  time = 0;
  /** Instructions begun since these three were last brought up to date: the hart runs many before its keeper looks. */
  ahead = 0;

  read(number: number): number | undefined {
    switch (number) {
      case 0x300:
        return this.mstatus;
      case 0x301:
        return MISA;
      case 0x304:
        return this.mie;
      case 0x305:
        return this.mtvec;
      case 0x306:
        return this.mcounteren;
      case 0x340:
        return this.mscratch;
      case 0x341:
        return this.mepc;
      case 0x342:
        return this.mcause;
      case 0x343:
        return this.mtval;
      case 0x344:
        return this.mip;
      default:
        return this.#counter(number) ?? (isEmpty(number) ? 0 : undefined);
    }
  }

  /** cycle, time, instret and their upper halves; by the numbers of user mode (0xc..) and of machine mode (0xb..). */
  #counter(number: number): number | undefined {
    const isUpper = (number & 0x80) !== 0;
    const base = number & ~0x80;
    const both = [0xb00, 0xc00].includes(base) ? this.cycles : undefined;
    const value =
      both ?? ([0xb02, 0xc02].includes(base) ? this.instructions : base === 0xc01 ? this.time : undefined);
    if (value === undefined) return undefined;
    const exact = value + this.ahead;
    return (isUpper ? Math.floor(exact / 2 ** 32) : exact) | 0;
  }

  write(number: number, value: number): void {
    switch (number) {
      case 0x300: {
        // Of the modes before a trap there are two: 3 (machine) and 0 (user).
        const mpp = (value & MSTATUS.mpp) === MSTATUS.mpp ? MSTATUS.mpp : 0;
        this.mstatus = (value & (MSTATUS.mie | MSTATUS.mpie)) | mpp;
        break;
      }
      case 0x304:
        this.mie = value & (PENDING.timer | PENDING.external);
        break;
      case 0x305:
        this.mtvec = value & ~2;
        break;
      case 0x306:
        this.mcounteren = value & 7;
        break;
      case 0x340:
        this.mscratch = value;
        break;
      case 0x341:
        this.mepc = value & ~3;
        break;
      case 0x342:
        this.mcause = value;
        break;
      case 0x343:
        this.mtval = value;
        break;
      default: // misa, mip and the counters cannot be changed here; the others are empty.
    }
  }
}
