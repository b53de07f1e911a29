// data table: what the arithmetic instructions and the branches of RV32I must give, edge cases among them.
// Worked out by hand from the RISC-V unprivileged specification, chapter 2. Used by hypervisor-cpu.test.ts.

export const MIN = -(2 ** 31);
const MAX = 2 ** 31 - 1;

/** Instruction, then rows of a0, a1 and what must be in a2. */
export const withRegisters: Record<string, readonly (readonly [number, number, number])[]> = {
  add: [
    [3, 4, 7],
    [MAX, 1, MIN],
    [MIN, -1, MAX],
    [-1, 1, 0],
    [0, 0, 0],
  ],
  sub: [
    [3, 4, -1],
    [MIN, 1, MAX],
    [0, MIN, MIN],
    [5, 5, 0],
  ],
  sll: [
    [1, 31, MIN],
    [1, 0, 1],
    [1, 32, 1],
    [-1, 4, -16],
    [0x21212121, 35, 0x09090908],
  ],
  slt: [
    [-1, 1, 1],
    [1, -1, 0],
    [MIN, MAX, 1],
    [7, 7, 0],
  ],
  sltu: [
    [-1, 1, 0],
    [1, -1, 1],
    [MIN, MAX, 0],
    [0, 0, 0],
    [0, 1, 1],
  ],
  xor: [
    [0x0ff0, 0x00ff, 0x0f0f],
    [-1, -1, 0],
    [MIN, MAX, -1],
  ],
  srl: [
    [MIN, 31, 1],
    [MIN, 0, MIN],
    [-1, 1, MAX],
    [-1, 33, MAX],
    [0x21212121, 7, 0x00424242],
  ],
  sra: [
    [MIN, 31, -1],
    [MAX, 30, 1],
    [-8, 1, -4],
    [MIN, 0, MIN],
    [-1, 63, -1],
  ],
  or: [
    [0x0f0f, 0x00f0, 0x0fff],
    [MIN, MAX, -1],
    [0, 0, 0],
  ],
  and: [
    [0x0ff0, 0x00ff, 0x00f0],
    [MIN, MAX, 0],
    [-1, MIN, MIN],
  ],
};

/** Instruction, then rows of a0, the constant and what must be in a2. */
export const withConstants: Record<string, readonly (readonly [number, number, number])[]> = {
  addi: [
    [1, -1, 0],
    [MAX, 1, MIN],
    [MIN, -1, MAX],
    [0, -2048, -2048],
    [0, 2047, 2047],
  ],
  slti: [
    [-1, 0, 1],
    [0, -1, 0],
    [MIN, -2048, 1],
    [5, 5, 0],
  ],
  sltiu: [
    [0, 1, 1],
    [1, 1, 0],
    [5, -1, 1],
    [-1, -1, 0],
    [-2048, -1, 1],
  ],
  xori: [
    [0, -1, -1],
    [-1, -1, 0],
    [0x0ff0, 0x70f, 0x08ff],
  ],
  ori: [
    [0, -1, -1],
    [0x0f00, 0x0f, 0x0f0f],
  ],
  andi: [
    [-1, -1, -1],
    [0x12345678, 0x7ff, 0x678],
    [0x12345678, -16, 0x12345670],
  ],
  slli: [
    [1, 31, MIN],
    [1, 0, 1],
    [-1, 1, -2],
  ],
  srli: [
    [MIN, 31, 1],
    [MIN, 0, MIN],
    [-1, 1, MAX],
  ],
  srai: [
    [MIN, 31, -1],
    [MIN, 0, MIN],
    [-8, 2, -2],
  ],
};

/** a0, a1, taken? */
export const branches: Record<string, readonly (readonly [number, number, boolean])[]> = {
  beq: [
    [1, 1, true],
    [1, 2, false],
    [-1, -1, true],
  ],
  bne: [
    [1, 1, false],
    [1, 2, true],
    [0, MIN, true],
  ],
  blt: [
    [-1, 1, true],
    [1, -1, false],
    [1, 1, false],
    [MIN, MAX, true],
  ],
  bge: [
    [-1, 1, false],
    [1, -1, true],
    [1, 1, true],
    [MAX, MIN, true],
  ],
  bltu: [
    [-1, 1, false],
    [1, -1, true],
    [0, 0, false],
    [MAX, MIN, true],
  ],
  bgeu: [
    [-1, 1, true],
    [1, -1, false],
    [0, 0, true],
    [MIN, MAX, true],
  ],
};
