// One instruction from its name and operands to 32 bits. Says what is wrong with an operand by throwing `Misfit`.
// Knows no labels: an operand that may be one is looked up by the `Scope` of the caller, assemble.ts.
// The counterpart of ../encoding.ts.
import { controlNames, type Instruction, registerNames } from './table.ts';

/** What an operand may be, what it was: assemble.ts adds the line. */
export class Misfit extends Error {}

export interface Scope {
  /** A number or a label's address. Throws Misfit. */
  readonly value: (operand: string) => number;
  readonly isLabel: (operand: string) => boolean;
  /** Address of this instruction. */
  readonly pc: number;
}

export function encode(which: Instruction, operands: readonly string[], scope: Scope): number {
  const { form, opcode, funct3, funct7 } = which;
  const head = opcode | (funct3 << 12);
  const [first = '', second = '', third = ''] = operands;
  const count = (wanted: number): void => {
    if (operands.length !== wanted)
      throw new Misfit(`expected ${wanted} operands of ${which.name}, found ${operands.length}`);
  };
  if (form === 'alone') {
    count(0);
    return funct7;
  }
  const hasThree = ['register', 'constant', 'shift', 'branch', 'control', 'controlConstant'].includes(form);
  count(hasThree || (form === 'jalr' && operands.length === 3) ? 3 : 2);
  switch (form) {
    case 'register':
      return head | rd(first) | rs1(second) | rs2(third) | (funct7 << 25);
    case 'constant':
      return head | rd(first) | rs1(second) | upper12(scope.value(third));
    case 'shift':
      return head | rd(first) | rs1(second) | (within(scope.value(third), 0, 31) << 20) | (funct7 << 25);
    case 'load':
    case 'jalr': {
      const [offset, base] = operands.length === 3 ? [third, second] : indirect(second);
      return head | rd(first) | rs1(base) | upper12(scope.value(offset));
    }
    case 'store': {
      const [offset, base] = indirect(second);
      const at = within(scope.value(offset), -2048, 2047);
      return head | rs2(first) | rs1(base) | ((at >> 5) << 25) | ((at & 31) << 7);
    }
    case 'branch':
      return head | rs1(first) | rs2(second) | branchBits(distance(third, scope, 4096));
    case 'upper':
      return head | rd(first) | (within(scope.value(second), 0, 0xfffff) << 12);
    case 'jump':
      return head | rd(first) | jumpBits(distance(second, scope, 1 << 20));
    case 'control':
      return head | rd(first) | (control(second) << 20) | rs1(third);
    default:
      return head | rd(first) | (control(second) << 20) | (within(scope.value(third), 0, 31) << 15);
  }
}

export function register(operand: string): number {
  const byName = operand === 'fp' ? 8 : registerNames.indexOf(operand);
  const byNumber = /^x(\d|[12]\d|3[01])$/.exec(operand)?.[1];
  if (byNumber !== undefined) return Number(byNumber);
  if (byName >= 0) return byName;
  throw new Misfit(`expected a register (x0 to x31, or a name such as a0), found '${operand}'`);
}

const rd = (operand: string): number => register(operand) << 7;
const rs1 = (operand: string): number => register(operand) << 15;
const rs2 = (operand: string): number => register(operand) << 20;
const upper12 = (value: number): number => within(value, -2048, 2047) << 20;

function within(value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new Misfit(`expected a number from ${least} to ${most}, found ${value}`);
}

/** `8(sp)` is [8, sp]. */
function indirect(operand: string): [string, string] {
  const [, offset, base] = /^([^()]*)\(([^()]+)\)$/.exec(operand) ?? [];
  if (base === undefined) throw new Misfit(`expected an address such as 8(sp), found '${operand}'`);
  return [offset || '0', base.trim()];
}

function control(operand: string): number {
  const number = controlNames.get(operand) ?? (/^(0x[\da-f]+|\d+)$/i.test(operand) ? Number(operand) : -1);
  if (number >= 0 && number <= 0xfff) return number;
  throw new Misfit(`expected a control register such as mtvec, or a number up to 0xfff, found '${operand}'`);
}

/** From here to a label, or a number of bytes. */
function distance(operand: string, scope: Scope, most: number): number {
  const bytes = scope.isLabel(operand) ? scope.value(operand) - scope.pc : scope.value(operand);
  if (bytes % 2 !== 0) throw new Misfit(`expected an even distance, found ${bytes} bytes`);
  return within(bytes, -most, most - 2);
}

const branchBits = (at: number): number =>
  ((at >> 12) << 31) | (((at >> 5) & 63) << 25) | (((at >> 1) & 15) << 8) | (((at >> 11) & 1) << 7);

const jumpBits = (at: number): number =>
  ((at >> 20) << 31) | (((at >> 1) & 1023) << 21) | (((at >> 11) & 1) << 20) | (((at >> 12) & 255) << 12);
