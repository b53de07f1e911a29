// Instructions that the processor does not have and programs use all the same: each stands for one or two that it has.
// Pure text to text. `li` and `la` are always known by their operands alone, so that addresses do not depend on labels
// that come later. Used by assemble.ts.
import { Misfit } from './encode.ts';

type Lines = readonly (readonly [string, ...string[]])[];

/** What an instruction stands for: itself, where it is none of these. */
export function expand(name: string, operands: readonly string[]): Lines {
  const rule = rules[name];
  if (!rule) return [[name, ...operands]];
  const wanted = rule.length;
  if (operands.length !== wanted)
    throw new Misfit(`expected ${wanted} operands of ${name}, found ${operands.length}`);
  const [first = '', second = '', third = ''] = operands;
  return rule(first, second, third);
}

const rules: Readonly<Record<string, (first: string, second: string, third: string) => Lines>> = fixed({
  nop: () => [['addi', 'x0', 'x0', '0']],
  mv: (rd, rs) => [['addi', rd, rs, '0']],
  not: (rd, rs) => [['xori', rd, rs, '-1']],
  neg: (rd, rs) => [['sub', rd, 'x0', rs]],
  seqz: (rd, rs) => [['sltiu', rd, rs, '1']],
  snez: (rd, rs) => [['sltu', rd, 'x0', rs]],
  li: (rd, number) => constant(rd, number),
  la: (rd, label) => [
    ['auipc', rd, `%upper(${label})`],
    ['addi', rd, rd, `%lower(${label})`],
  ],
  j: (label) => [['jal', 'x0', label]],
  call: (label) => [['jal', 'ra', label]],
  jr: (rs) => [['jalr', 'x0', `0(${rs})`]],
  ret: () => [['jalr', 'x0', '0(ra)']],
  beqz: (rs, label) => [['beq', rs, 'x0', label]],
  bnez: (rs, label) => [['bne', rs, 'x0', label]],
  bltz: (rs, label) => [['blt', rs, 'x0', label]],
  bgez: (rs, label) => [['bge', rs, 'x0', label]],
  blez: (rs, label) => [['bge', 'x0', rs, label]],
  bgtz: (rs, label) => [['blt', 'x0', rs, label]],
  bgt: (a, b, label) => [['blt', b, a, label]],
  ble: (a, b, label) => [['bge', b, a, label]],
  bgtu: (a, b, label) => [['bltu', b, a, label]],
  bleu: (a, b, label) => [['bgeu', b, a, label]],
  csrr: (rd, control) => [['csrrs', rd, control, 'x0']],
  csrw: (control, rs) => [['csrrw', 'x0', control, rs]],
  csrs: (control, rs) => [['csrrs', 'x0', control, rs]],
  csrc: (control, rs) => [['csrrc', 'x0', control, rs]],
  csrwi: (control, number) => [['csrrwi', 'x0', control, number]],
  csrsi: (control, number) => [['csrrsi', 'x0', control, number]],
  csrci: (control, number) => [['csrrci', 'x0', control, number]],
});

/** A table without a prototype: no program may find `constructor` in it. */
function fixed<T>(table: Record<string, T>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, table);
}

/** One instruction for 12 bits, two for 32: lui sets the upper 20, rounded so that addi can add the rest with its sign. */
function constant(rd: string, number: string): Lines {
  const value = numberOf(number);
  if (value === undefined || value < -(2 ** 31) || value >= 2 ** 32)
    throw new Misfit(`expected a number of 32 bits, found '${number}'; for a label use la`);
  const signed = value | 0;
  if (signed >= -2048 && signed <= 2047) return [['addi', rd, 'x0', String(signed)]];
  const lower = (signed << 20) >> 20;
  const upper = String(((signed - lower) >>> 12) & 0xfffff);
  if (lower === 0) return [['lui', rd, upper]];
  return [
    ['lui', rd, upper],
    ['addi', rd, rd, String(lower)],
  ];
}

/** 12, -3, 0xff, 0b101 or 'a'; undefined for anything else. */
export function numberOf(operand: string): number | undefined {
  const letter = /^'(\\?.)'$/.exec(operand)?.[1];
  if (letter !== undefined) return unescaped(letter).charCodeAt(0);
  const [, sign, digits] = /^(-?)(0x[\da-f]+|0b[01]+|\d+)$/i.exec(operand) ?? [];
  return digits === undefined ? undefined : (sign === '-' ? -1 : 1) * Number(digits);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  '0': '\0',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

export function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
}
