// A small assembler: the text of a program to the bytes of a guest. Two passes: the first gives every label its
// address, the second writes words. Knows RV32I, the usual pseudo-instructions, and .word .byte .ascii .asciz .space
// .align. Refuses what it does not know, and says the line. Used by guests.ts and tests.
import { RAM_START } from '../memory.ts';
import { encode, Misfit, type Scope } from './encode.ts';
import { expand, numberOf, unescaped } from './pseudo.ts';
import { instructions } from './table.ts';

/** A program that could not be assembled: 'line 3: expected …, found …: …'. */
export class AssemblyError extends Error {}

interface Statement {
  readonly line: number;
  readonly name: string;
  readonly operands: readonly string[];
  readonly at: number;
  readonly size: number;
}

const PROGRAM_MAX = 1 << 20;

export function assemble(source: string): Uint8Array {
  const labels = new Map<string, number>();
  const statements: Statement[] = [];
  let at = RAM_START;
  source.split('\n').forEach((text, index) => {
    const line = index + 1;
    located(line, () => {
      let rest = withoutComment(text).trim();
      for (
        let label = /^([A-Za-z_.][\w.]*)\s*:/.exec(rest);
        label;
        label = /^([A-Za-z_.][\w.]*)\s*:/.exec(rest)
      ) {
        const name = label[1] ?? '';
        if (labels.has(name)) throw new Misfit(`expected each label once, found '${name}' again`);
        labels.set(name, at);
        rest = rest.slice(label[0].length).trim();
      }
      if (rest === '') return;
      for (const [name, ...operands] of statementsIn(rest)) {
        const size = sizeOf(name, operands, at);
        statements.push({ line, name, operands, at, size });
        at += size;
        if (at - RAM_START > PROGRAM_MAX)
          throw new Misfit(`expected at most ${PROGRAM_MAX} bytes, found more`);
      }
    });
  });
  const bytes = new Uint8Array(Math.ceil((at - RAM_START) / 4) * 4);
  for (const each of statements) located(each.line, () => write(each, bytes, labels));
  return bytes;
}

/** Adds the line to what goes wrong. */
function located(line: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    throw new AssemblyError(`line ${line}: ${error.message}: correct the line`);
  }
}

/** Comments begin with # or //, but not inside quotes. */
function withoutComment(text: string): string {
  return /^(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])'|(?!#|\/\/).)*/.exec(text)?.[0] ?? '';
}

/** `add a0, a1, a2` is one statement; a pseudo-instruction may be two. */
function statementsIn(text: string): readonly (readonly [string, ...string[]])[] {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
  if (name === '.ascii' || name === '.asciz') return [[name, rest]];
  const operands = rest === '' ? [] : rest.split(/,(?!')/).map((operand) => operand.trim());
  return name.startsWith('.') ? [[name, ...operands]] : expand(name, operands);
}

function sizeOf(name: string, operands: readonly string[], at: number): number {
  if (instructions.has(name)) {
    if (at % 4 === 0) return 4;
    throw new Misfit(
      `expected an address that is a multiple of 4 for ${name}, found 0x${at.toString(16)} (use .align 2)`,
    );
  }
  const [first = ''] = operands;
  if (name === '.word') return 4 * operands.length;
  if (name === '.byte') return operands.length;
  if (name === '.ascii' || name === '.asciz') return textOf(first).length + (name === '.asciz' ? 1 : 0);
  if (name === '.space') return amount(first, PROGRAM_MAX);
  if (name === '.align') return (1 << amount(first, 12)) - 1 - ((at - 1) & ((1 << amount(first, 12)) - 1));
  throw new Misfit(`expected an instruction of RV32I or a directive, found '${name}'`);
}

function amount(operand: string, most: number): number {
  const value = numberOf(operand);
  if (value !== undefined && value >= 0 && value <= most) return value;
  throw new Misfit(`expected a number from 0 to ${most}, found '${operand}'`);
}

function textOf(operand: string): string {
  const quoted = /^"((?:\\.|[^"\\])*)"$/.exec(operand)?.[1];
  if (quoted === undefined) throw new Misfit(`expected a text in double quotes, found ${operand || 'none'}`);
  return unescaped(quoted);
}

function write(
  { name, operands, at, size }: Statement,
  bytes: Uint8Array,
  labels: ReadonlyMap<string, number>,
): void {
  const view = new DataView(bytes.buffer, at - RAM_START, size);
  const value = (operand: string): number => {
    const [, part, label = operand] = /^%(upper|lower)\((.*)\)$/.exec(operand) ?? [];
    const found = numberOf(label) ?? labels.get(label);
    if (found === undefined) throw new Misfit(`expected a number or a label, found '${label}'`);
    // From the auipc: the lower part is 12 bits with sign, and the upper makes up for it. The addi stands 4 bytes on.
    const from = found - at + (part === 'lower' ? 4 : 0);
    const lower = (from << 20) >> 20;
    return part === undefined ? found : part === 'lower' ? lower : ((from - lower) >>> 12) & 0xfffff;
  };
  const scope: Scope = { value, isLabel: (operand) => labels.has(operand), pc: at };
  const which = instructions.get(name);
  if (which) view.setInt32(0, encode(which, operands, scope), true);
  else if (name === '.word')
    operands.forEach((each, index) => void view.setInt32(4 * index, value(each) | 0, true));
  else if (name === '.byte') operands.forEach((each, index) => void view.setUint8(index, value(each)));
  else if (name.startsWith('.asci'))
    [...textOf(operands[0] ?? '')].forEach(
      (letter, index) => void view.setUint8(index, letter.charCodeAt(0)),
    );
}
