// One word of 32 bits as an instruction in text, as assemble.ts takes it back; `.word 0x…` for what is none.
// Distances of branches and jumps are in bytes from the instruction. Used where a fault is explained, and by tests.
import * as word32 from '../encoding.ts';
import { type Instruction, instructions, registerNames } from './table.ts';

export function disassemble(word: number): string {
  for (const which of instructions.values()) if (isIt(word, which)) return text(word, which);
  return `.word 0x${(word >>> 0).toString(16).padStart(8, '0')}`;
}

function isIt(word: number, { form, opcode, funct3, funct7 }: Instruction): boolean {
  if (form === 'alone') return word >>> 0 === funct7;
  if ((word & 0x7f) !== opcode) return false;
  if (form === 'upper' || form === 'jump') return true;
  if (word32.funct3Of(word) !== funct3) return false;
  return (form !== 'register' && form !== 'shift') || word >>> 25 === funct7;
}

function text(word: number, { name, form }: Instruction): string {
  const rd = registerNames[word32.rdOf(word)];
  const rs1 = registerNames[word32.rs1Of(word)];
  const rs2 = registerNames[word32.rs2Of(word)];
  switch (form) {
    case 'alone':
      return name;
    case 'register':
      return `${name} ${rd}, ${rs1}, ${rs2}`;
    case 'constant':
      return `${name} ${rd}, ${rs1}, ${word32.immediateI(word)}`;
    case 'shift':
      return `${name} ${rd}, ${rs1}, ${word32.rs2Of(word)}`;
    case 'load':
    case 'jalr':
      return `${name} ${rd}, ${word32.immediateI(word)}(${rs1})`;
    case 'store':
      return `${name} ${rs2}, ${word32.immediateS(word)}(${rs1})`;
    case 'branch':
      return `${name} ${rs1}, ${rs2}, ${word32.immediateB(word)}`;
    case 'upper':
      return `${name} ${rd}, ${word32.immediateU(word) >>> 12}`;
    case 'jump':
      return `${name} ${rd}, ${word32.immediateJ(word)}`;
    case 'control':
      return `${name} ${rd}, ${word >>> 20}, ${rs1}`;
    default:
      return `${name} ${rd}, ${word >>> 20}, ${word32.rs1Of(word)}`;
  }
}
