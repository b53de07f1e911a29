// How a guest ended, in a word and a sentence. The words are for people; tests freeze them.
// Pure. Used by guest.ts, bare.ts and run.ts.
import type { Cpu } from './cpu.ts';
import { TO_HOST } from './memory.ts';
import { hex, inWords, type Trap } from './traps.ts';

export interface Verdict {
  readonly pass: boolean;
  readonly words: string;
}

/** By what the guest stored at `tohost`: 1 is success, another odd number says which test failed. */
export function verdictOf(cpu: Cpu): Verdict {
  const value = cpu.memory.word(cpu.memory.place(TO_HOST, 4)) >>> 0;
  if (value === 1) return { pass: true, words: 'pass' };
  if (value % 2 === 1) return { pass: false, words: `failed test ${(value - 1) / 2}: tohost is ${value}` };
  return { pass: false, words: `expected an odd number in tohost, found ${value}: store 1 for success` };
}

/** It trapped, and has no handler that could be run. */
export function crash(what: Trap, pc: number, mtvec: number): Verdict {
  const handler =
    mtvec === 0 ? 'it has set no handler (mtvec)' : `its handler, at ${hex(mtvec)}, is outside its memory`;
  return { pass: false, words: `crashed: ${inWords(what)}, at pc ${hex(pc)}; ${handler}` };
}
