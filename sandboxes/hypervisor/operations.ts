// What the arithmetic instructions compute and when branches are taken. Pure: numbers in, a number out.
// Numbers are 32 bits with sign, as JavaScript's own bit operations give them; `>>> 0` reads them without.
// Used by cpu.ts.
import { funct3Of } from './encoding.ts';

/** Whether bits 25 to 31 are ones that RV32I knows for this operation. */
export function isArithmetic(word: number, withRegister: boolean): boolean {
  const funct3 = funct3Of(word);
  const isShift = funct3 === 1 || funct3 === 5;
  if (!withRegister && !isShift) return true; // Those bits belong to the constant.
  const funct7 = word >>> 25;
  return funct7 === 0 || (funct7 === 0x20 && (funct3 === 5 || (funct3 === 0 && withRegister)));
}

/** `b` is a register or a constant. Shifts use its lowest five bits only. */
export function arithmetic(word: number, a: number, b: number, withRegister: boolean): number {
  const other = (word & 0x40000000) !== 0; // sub instead of add, arithmetic instead of logical shift
  switch (funct3Of(word)) {
    case 0:
      return (withRegister && other ? a - b : a + b) | 0;
    case 1:
      return a << (b & 31);
    case 2:
      return a < b ? 1 : 0;
    case 3:
      return a >>> 0 < b >>> 0 ? 1 : 0;
    case 4:
      return a ^ b;
    case 5:
      return other ? a >> (b & 31) : a >>> (b & 31);
    case 6:
      return a | b;
    default:
      return a & b;
  }
}

/** Whether a branch with this funct3 is taken; undefined for the two that do not exist. */
export function taken(funct3: number, a: number, b: number): boolean | undefined {
  switch (funct3) {
    case 0:
      return a === b;
    case 1:
      return a !== b;
    case 4:
      return a < b;
    case 5:
      return a >= b;
    case 6:
      return a >>> 0 < b >>> 0;
    case 7:
      return a >>> 0 >= b >>> 0;
    default:
      return undefined;
  }
}
