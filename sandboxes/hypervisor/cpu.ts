// The processor: 32 registers, a program counter, and one instruction after another. RV32I, as it is written in the
// RISC-V unprivileged specification, chapter 2. Loads and stores may be misaligned; jumps may not.
// What an instruction may not do comes back as a trap; who handles it is not the processor's business.
// Used by bare.ts (the processor by itself) and guest.ts (a guest of the hypervisor).
import {
  funct3Of,
  immediateB,
  immediateI,
  immediateJ,
  immediateS,
  immediateU,
  OPCODE,
  rdOf,
  rs1Of,
  rs2Of,
} from './encoding.ts';
import { type Memory, RAM_START, TO_HOST } from './memory.ts';
import { arithmetic, isArithmetic, taken } from './operations.ts';
import { Hart, system } from './system.ts';
import { CAUSE, type Trap, trap } from './traps.ts';

/** `tohost`: the guest has said that it is done. `wait`: it waits for an interrupt (wfi). */
export type Stop = Trap | 'tohost' | 'wait';

// Names of this module for what every step looks up: where modules are rewritten to run, an import costs a call.
const { load: LOAD, store: STORE, constant: CONSTANT, register: REGISTER, branch: BRANCH } = OPCODE;
const { jal: JAL, jalr: JALR, lui: LUI, auipc: AUIPC, fence: FENCE, system: SYSTEM } = OPCODE;
const SIZES = [1, 2, 4, 0, 1, 2] as const; // by funct3 of loads; of stores, the first three

export class Cpu {
  readonly x = new Int32Array(32);
  pc = RAM_START;
  readonly memory: Memory;
  /** Mode and control registers of the real processor. */
  readonly hart = new Hart();
  /** Instructions begun by the last call of `run`. */
  ran = 0;

  constructor(memory: Memory) {
    this.memory = memory;
  }

  /** Executes up to `most` instructions; less where one of them stops it. After a trap `pc` is at its instruction. */
  run(most: number): Stop | undefined {
    let stop: Stop | undefined;
    for (this.ran = 0; this.ran < most && stop === undefined; this.ran++) stop = this.#step();
    return stop;
  }

  #step(): Stop | undefined {
    const { x, pc, memory } = this;
    const place = memory.place(pc, 4);
    if (place < 0) return trap(CAUSE.fetch, pc);
    const word = memory.word(place);
    const a = x[rs1Of(word)] as number;
    const b = x[rs2Of(word)] as number;
    switch (word & 0x7f) {
      case CONSTANT: {
        if (!isArithmetic(word, false)) return trap(CAUSE.illegal, word);
        return this.#set(word, arithmetic(word, a, immediateI(word), false));
      }
      case REGISTER: {
        if (!isArithmetic(word, true)) return trap(CAUSE.illegal, word);
        return this.#set(word, arithmetic(word, a, b, true));
      }
      case LUI:
        return this.#set(word, immediateU(word));
      case AUIPC:
        return this.#set(word, pc + immediateU(word));
      case LOAD:
        return this.#load(word, (a + immediateI(word)) >>> 0);
      case STORE:
        return this.#store(word, (a + immediateS(word)) >>> 0, b);
      case BRANCH: {
        const goes = taken(funct3Of(word), a, b);
        if (goes === undefined) return trap(CAUSE.illegal, word);
        return goes ? this.#jump(pc + immediateB(word), 0) : this.#next();
      }
      case JAL:
        return this.#jump(pc + immediateJ(word), rdOf(word));
      case JALR:
        if (funct3Of(word) !== 0) return trap(CAUSE.illegal, word);
        return this.#jump((a + immediateI(word)) & ~1, rdOf(word));
      case FENCE: // One hart, and no caches: there is nothing to order (fence) or to flush (fence.i).
        return funct3Of(word) <= 1 ? this.#next() : trap(CAUSE.illegal, word);
      case SYSTEM:
        this.hart.csrs.ahead = this.ran;
        return system(word, this, this.hart);
      default:
        return trap(CAUSE.illegal, word);
    }
  }

  #next(): undefined {
    this.pc = (this.pc + 4) >>> 0;
  }

  #set(word: number, value: number): undefined {
    const rd = rdOf(word);
    if (rd !== 0) this.x[rd] = value;
    this.pc = (this.pc + 4) >>> 0;
  }

  #jump(target: number, link: number): Stop | undefined {
    if ((target & 3) !== 0) return trap(CAUSE.misalignedFetch, target >>> 0);
    if (link !== 0) this.x[link] = this.pc + 4;
    this.pc = target >>> 0;
    return undefined;
  }

  #load(word: number, address: number): Stop | undefined {
    const funct3 = funct3Of(word);
    const size = SIZES[funct3] ?? 0;
    if (size === 0) return trap(CAUSE.illegal, word);
    const place = this.memory.place(address, size);
    return place < 0 ? trap(CAUSE.load, address) : this.#set(word, this.memory.load(place, funct3));
  }

  #store(word: number, address: number, value: number): Stop | undefined {
    const funct3 = funct3Of(word);
    if (funct3 > 2) return trap(CAUSE.illegal, word);
    const place = this.memory.place(address, SIZES[funct3] ?? 4);
    if (place < 0) return trap(CAUSE.store, address);
    this.memory.store(place, funct3, value);
    this.#next();
    return address === TO_HOST && this.memory.word(place) !== 0 ? 'tohost' : undefined;
  }
}
