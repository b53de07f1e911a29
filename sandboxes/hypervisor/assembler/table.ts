// data table: every instruction of RV32I, with Zicsr and the two privileged ones that this machine has.
// Name, form, opcode, funct3, funct7 (or, of instructions without operands, the whole word).
// From the RISC-V unprivileged specification, 'RV32/64G Instruction Set Listings', and the privileged one, 3.3.
// Used by encode.ts and disassemble.ts.

export type Form =
  | 'register'
  | 'constant'
  | 'shift'
  | 'load'
  | 'store'
  | 'branch'
  | 'upper'
  | 'jump'
  | 'jalr'
  | 'control'
  | 'controlConstant'
  | 'alone';

export interface Instruction {
  readonly name: string;
  readonly form: Form;
  readonly opcode: number;
  readonly funct3: number;
  readonly funct7: number;
}

const rows: readonly (readonly [string, Form, number, number?, number?])[] = [
  ['add', 'register', 0x33, 0, 0x00],
  ['sub', 'register', 0x33, 0, 0x20],
  ['sll', 'register', 0x33, 1, 0x00],
  ['slt', 'register', 0x33, 2, 0x00],
  ['sltu', 'register', 0x33, 3, 0x00],
  ['xor', 'register', 0x33, 4, 0x00],
  ['srl', 'register', 0x33, 5, 0x00],
  ['sra', 'register', 0x33, 5, 0x20],
  ['or', 'register', 0x33, 6, 0x00],
  ['and', 'register', 0x33, 7, 0x00],
  ['addi', 'constant', 0x13, 0],
  ['slti', 'constant', 0x13, 2],
  ['sltiu', 'constant', 0x13, 3],
  ['xori', 'constant', 0x13, 4],
  ['ori', 'constant', 0x13, 6],
  ['andi', 'constant', 0x13, 7],
  ['slli', 'shift', 0x13, 1, 0x00],
  ['srli', 'shift', 0x13, 5, 0x00],
  ['srai', 'shift', 0x13, 5, 0x20],
  ['lb', 'load', 0x03, 0],
  ['lh', 'load', 0x03, 1],
  ['lw', 'load', 0x03, 2],
  ['lbu', 'load', 0x03, 4],
  ['lhu', 'load', 0x03, 5],
  ['sb', 'store', 0x23, 0],
  ['sh', 'store', 0x23, 1],
  ['sw', 'store', 0x23, 2],
  ['beq', 'branch', 0x63, 0],
  ['bne', 'branch', 0x63, 1],
  ['blt', 'branch', 0x63, 4],
  ['bge', 'branch', 0x63, 5],
  ['bltu', 'branch', 0x63, 6],
  ['bgeu', 'branch', 0x63, 7],
  ['lui', 'upper', 0x37],
  ['auipc', 'upper', 0x17],
  ['jal', 'jump', 0x6f],
  ['jalr', 'jalr', 0x67, 0],
  ['csrrw', 'control', 0x73, 1],
  ['csrrs', 'control', 0x73, 2],
  ['csrrc', 'control', 0x73, 3],
  ['csrrwi', 'controlConstant', 0x73, 5],
  ['csrrsi', 'controlConstant', 0x73, 6],
  ['csrrci', 'controlConstant', 0x73, 7],
  ['fence', 'alone', 0x0f, 0, 0x0ff0000f],
  ['fence.i', 'alone', 0x0f, 1, 0x0000100f],
  ['ecall', 'alone', 0x73, 0, 0x00000073],
  ['ebreak', 'alone', 0x73, 0, 0x00100073],
  ['mret', 'alone', 0x73, 0, 0x30200073],
  ['wfi', 'alone', 0x73, 0, 0x10500073],
];

export const instructions: ReadonlyMap<string, Instruction> = new Map(
  rows.map(([name, form, opcode, funct3 = 0, funct7 = 0]) => [name, { name, form, opcode, funct3, funct7 }]),
);

/** x0 to x31 by the names that programs use. */
export const registerNames: readonly string[] = [
  ...['zero', 'ra', 'sp', 'gp', 'tp', 't0', 't1', 't2', 's0', 's1', 'a0', 'a1', 'a2', 'a3', 'a4', 'a5'],
  ...['a6', 'a7', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 's10', 's11', 't3', 't4', 't5', 't6'],
];

/** Control registers that have a name here; any other is given by its number. */
export const controlNames: ReadonlyMap<string, number> = new Map(
  Object.entries({
    cycle: 0xc00,
    time: 0xc01,
    instret: 0xc02,
    cycleh: 0xc80,
    timeh: 0xc81,
    instreth: 0xc82,
    satp: 0x180,
    mstatus: 0x300,
    misa: 0x301,
    medeleg: 0x302,
    mideleg: 0x303,
    mie: 0x304,
    mtvec: 0x305,
    mcounteren: 0x306,
    mscratch: 0x340,
    mepc: 0x341,
    mcause: 0x342,
    mtval: 0x343,
    mip: 0x344,
    pmpcfg0: 0x3a0,
    pmpaddr0: 0x3b0,
    mcycle: 0xb00,
    minstret: 0xb02,
    mvendorid: 0xf11,
    marchid: 0xf12,
    mimpid: 0xf13,
    mhartid: 0xf14,
  }),
);
