// The privileged part of the processor: its mode, how it enters and leaves a trap, and the instructions that touch
// control registers. In user mode those instructions do nothing but trap: on that the whole hypervisor rests.
// The same rules serve twice: on the real hart (cpu.ts), and on the hart that a guest believes in (guest.ts).
import { Csrs, MSTATUS } from './csrs.ts';
import { funct3Of, rdOf, rs1Of } from './encoding.ts';
import { CAUSE, INTERRUPT, type Trap, trap } from './traps.ts';

export type Mode = 'machine' | 'user';

/** A hart (RISC-V's word for what runs instructions): the part of it that only machine mode may touch. */
export class Hart {
  mode: Mode = 'machine';
  readonly csrs = new Csrs();

  /** What a trap at `pc` does to the hart. Gives the address at which to go on. */
  enter({ cause, value }: Trap, pc: number): number {
    const { csrs } = this;
    const wasOn = (csrs.mstatus & MSTATUS.mie) !== 0;
    const before = this.mode === 'machine' ? MSTATUS.mpp : 0;
    csrs.mstatus = before | (wasOn ? MSTATUS.mpie : 0);
    csrs.mepc = pc | 0;
    csrs.mcause = cause | 0;
    csrs.mtval = value | 0;
    this.mode = 'machine';
    const base = csrs.mtvec & ~3;
    const isVectored = (csrs.mtvec & 1) !== 0 && cause >= 0x80000000;
    return (isVectored ? base + 4 * (cause & 0xff) : base) >>> 0;
  }

  /** mret: back to where the trap came from. Gives the address. */
  leave(): number {
    const { csrs } = this;
    this.mode = (csrs.mstatus & MSTATUS.mpp) !== 0 ? 'machine' : 'user';
    csrs.mstatus = MSTATUS.mpie | ((csrs.mstatus & MSTATUS.mpie) !== 0 ? MSTATUS.mie : 0);
    return csrs.mepc >>> 0;
  }

  /** The interrupt to take now, if one is pending, enabled, and not held off. */
  interrupt(): Trap | undefined {
    const { mip, mie, mstatus } = this.csrs;
    const due = mip & mie;
    if (due === 0 || (this.mode === 'machine' && (mstatus & MSTATUS.mie) === 0)) return undefined;
    return trap((due & (1 << 11)) !== 0 ? INTERRUPT.external : INTERRUPT.timer);
  }
}

const ECALL = 0x00000073;
const EBREAK = 0x00100073;
const MRET = 0x30200073;
const WFI = 0x10500073;

/** Executes a SYSTEM instruction with these registers on this hart; `pc` moves on unless it traps. */
export function system(
  word: number,
  cpu: { pc: number; readonly x: Int32Array },
  hart: Hart,
): Trap | 'wait' | undefined {
  const isMachine = hart.mode === 'machine';
  if (word === ECALL) return trap(isMachine ? CAUSE.callFromMachine : CAUSE.callFromUser);
  if (word === EBREAK) return trap(CAUSE.breakpoint, cpu.pc);
  if (word === MRET && isMachine) {
    cpu.pc = hart.leave();
    return undefined;
  }
  if (word === WFI && isMachine) {
    cpu.pc = (cpu.pc + 4) >>> 0;
    return 'wait';
  }
  return funct3Of(word) % 4 === 0 ? trap(CAUSE.illegal, word) : control(word, cpu, hart);
}

/** csrrw, csrrs, csrrc and their forms with a constant: read a control register and change it, at once. */
function control(word: number, cpu: { pc: number; readonly x: Int32Array }, hart: Hart): Trap | undefined {
  const { x } = cpu;
  const number = word >>> 20;
  const funct3 = funct3Of(word);
  const source = rs1Of(word);
  const operand = funct3 >= 4 ? source : (x[source] as number);
  const writes = funct3 % 4 === 1 || source !== 0;
  const old = mayTouch(number, writes, hart) ? hart.csrs.read(number) : undefined;
  if (old === undefined) return trap(CAUSE.illegal, word);
  if (writes) {
    const value = funct3 % 4 === 1 ? operand : funct3 % 4 === 2 ? old | operand : old & ~operand;
    hart.csrs.write(number, value);
  }
  if (rdOf(word) !== 0) x[rdOf(word)] = old;
  cpu.pc = (cpu.pc + 4) >>> 0;
  return undefined;
}

/** A register's number says who may use it: bits 10 and 11 whether it can be written, 8 and 9 the least mode. */
function mayTouch(number: number, writes: boolean, hart: Hart): boolean {
  if (writes && number >>> 10 === 3) return false;
  if (hart.mode === 'machine') return true;
  const isCounter = number >= 0xc00 && (number & ~0x80) <= 0xc02;
  return isCounter && (hart.csrs.mcounteren & (1 << (number & 3))) !== 0;
}
