// Where the bits of an instruction are: the fields and the five forms of immediate operands of RV32I.
// Takes words apart; puts nothing together (assembler/encode.ts does). From the RISC-V unprivileged specification,
// chapter 2. Used by the processor, by the devices of a guest and by the disassembler.

export const rdOf = (word: number): number => (word >>> 7) & 31;
export const rs1Of = (word: number): number => (word >>> 15) & 31;
export const rs2Of = (word: number): number => (word >>> 20) & 31;
export const funct3Of = (word: number): number => (word >>> 12) & 7;

/** Loads, jalr and arithmetic with a constant: 12 bits, with sign. */
export const immediateI = (word: number): number => word >> 20;

/** Stores: 12 bits, with sign, in two parts, so that rs1 and rs2 stay where they are in every form. */
export const immediateS = (word: number): number => ((word >> 25) << 5) | ((word >>> 7) & 31);

/** Branches: 13 bits, with sign; the lowest is always 0. */
export const immediateB = (word: number): number =>
  ((word >> 31) << 12) | ((word & 0x80) << 4) | ((word >>> 20) & 0x7e0) | ((word >>> 7) & 0x1e);

/** lui and auipc: the upper 20 bits. */
export const immediateU = (word: number): number => word & 0xfffff000;

/** jal: 21 bits, with sign; the lowest is always 0. */
export const immediateJ = (word: number): number =>
  ((word >> 31) << 20) | (word & 0xff000) | ((word >>> 9) & 0x800) | ((word >>> 20) & 0x7fe);

/** The seven lowest bits say what kind of instruction it is. */
export const OPCODE = {
  load: 0x03,
  fence: 0x0f,
  constant: 0x13,
  auipc: 0x17,
  store: 0x23,
  register: 0x33,
  lui: 0x37,
  branch: 0x63,
  jalr: 0x67,
  jal: 0x6f,
  system: 0x73,
} as const;
