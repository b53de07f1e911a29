// The assembler of the hypervisor sandbox: what it writes can be read back, agrees with another assembler where one is
// installed, and says where a program is wrong. Round trips through its disassembler are by property.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AssemblyError, assemble } from '../../sandboxes/hypervisor/assembler/assemble.ts';
import { disassemble } from '../../sandboxes/hypervisor/assembler/disassemble.ts';
import { type Form, instructions, registerNames } from '../../sandboxes/hypervisor/assembler/table.ts';

function wordsOf(source: string): number[] {
  const bytes = assemble(source);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(4 * index, true));
}

const register = fc.constantFrom(...registerNames, ...registerNames.map((_, index) => `x${index}`));
const signed12 = fc.integer({ min: -2048, max: 2047 });
const operands: Record<Form, fc.Arbitrary<string>> = {
  register: fc.tuple(register, register, register).map((all) => all.join(', ')),
  constant: fc.tuple(register, register, signed12).map((all) => all.join(', ')),
  shift: fc.tuple(register, register, fc.nat(31)).map((all) => all.join(', ')),
  load: fc.tuple(register, signed12, register).map(([rd, at, base]) => `${rd}, ${at}(${base})`),
  store: fc.tuple(register, signed12, register).map(([rd, at, base]) => `${rd}, ${at}(${base})`),
  jalr: fc.tuple(register, signed12, register).map(([rd, at, base]) => `${rd}, ${at}(${base})`),
  branch: fc
    .tuple(register, register, fc.integer({ min: -2048, max: 2047 }))
    .map(([a, b, at]) => `${a}, ${b}, ${2 * at}`),
  upper: fc.tuple(register, fc.nat(0xfffff)).map((all) => all.join(', ')),
  jump: fc.tuple(register, fc.integer({ min: -524288, max: 524287 })).map(([rd, at]) => `${rd}, ${2 * at}`),
  control: fc.tuple(register, fc.nat(0xfff), register).map((all) => all.join(', ')),
  controlConstant: fc.tuple(register, fc.nat(0xfff), fc.nat(31)).map((all) => all.join(', ')),
  alone: fc.constant(''),
};
const instruction = fc
  .constantFrom(...instructions.values())
  .chain(({ name, form }) => operands[form].map((text) => `${name} ${text}`.trim()));

describe('round trips', () => {
  test('text to word to text to word', () => {
    const property = fc.property(instruction, (text) => {
      const [word = 0] = wordsOf(text);
      expect(wordsOf(disassemble(word)), `${text}, then ${disassemble(word)}`).toEqual([word]);
    });
    fc.assert(property, { numRuns: 3000 });
  });

  test('any word to text to word', () => {
    const property = fc.property(fc.nat(0xffffffff), (word) => {
      expect(wordsOf(disassemble(word)), disassemble(word)).toEqual([word]);
    });
    fc.assert(property, { numRuns: 3000 });
  });

  test('li gives any number of 32 bits', () => {
    for (const value of [
      0, 1, -1, 2047, 2048, -2048, -2049, 0x7ff, 0x800, 0xfff, 0x7fffffff, 0x80000000, 0xffffffff,
    ]) {
      const [first = 0, second] = wordsOf(`li a0, ${value}`);
      const upper = (first & 0x7f) === 0x37 ? first & 0xfffff000 : first >> 20;
      expect((upper + (second === undefined ? 0 : second >> 20)) | 0, String(value)).toBe(value | 0);
    }
  });
});

describe('what programs say', () => {
  test('labels, comments, texts and directives', () => {
    expect(wordsOf('j end # one\n.word 0x12345678 // two\nend: nop')).toEqual([
      0x0080006f, 0x12345678, 0x00000013,
    ]);
    expect([...assemble('.ascii "a#b"\n.byte 1\n.align 2\n.asciz "\\n//"')]).toEqual([
      97, 35, 98, 1, 10, 47, 47, 0,
    ]);
    expect([...assemble(".space 3\n.byte '\"'")]).toEqual([0, 0, 0, 34]);
    expect(wordsOf(".word one, 'a'\none: .word one")).toEqual([0x80000008, 97, 0x80000008]);
    expect(wordsOf('')).toEqual([]);
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['addd a0, a1, a2', "expected an instruction of RV32I or a directive, found 'addd'"],
    ['constructor', "expected an instruction of RV32I or a directive, found 'constructor'"],
    ['mul a0, a1, a2', "expected an instruction of RV32I or a directive, found 'mul'"],
    ['add a0, a1', 'expected 3 operands of add, found 2'],
    ['add a0, a1, q9', "expected a register (x0 to x31, or a name such as a0), found 'q9'"],
    ['addi a0, a1, 2048', 'expected a number from -2048 to 2047, found 2048'],
    ['slli a0, a1, 32', 'expected a number from 0 to 31, found 32'],
    ['lw a0, a1', "expected an address such as 8(sp), found 'a1'"],
    ['j nowhere', "expected a number or a label, found 'nowhere'"],
    ['beq a0, a1, 5000', 'expected a number from -4096 to 4094, found 5000'],
    ['beq a0, a1, 3', 'expected an even distance, found 3 bytes'],
    ['csrr a0, mfoo', "expected a control register such as mtvec, or a number up to 0xfff, found 'mfoo'"],
    ['li a0, label', "expected a number of 32 bits, found 'label'; for a label use la"],
    ['twice: nop\ntwice: nop', "expected each label once, found 'twice' again"],
    ['.byte 1\nnop', 'expected an address that is a multiple of 4 for nop, found 0x80000001 (use .align 2)'],
    ['.asciz hello', 'expected a text in double quotes, found hello'],
    ['.space 9999999999', "expected a number from 0 to 1048576, found '9999999999'"],
  ];
  test.for(wrong)('%s', ([source, message]) => {
    const line = source.split('\n').length;
    expect(() => assemble(`${source}\nnop`)).toThrow(
      new AssemblyError(`line ${line}: ${message.replace('for nop', 'for addi')}: correct the line`),
    );
  });

  test('10,000 texts of chance: assembled or refused, nothing else', () => {
    const piece = fc.oneof(
      instruction,
      fc.string({ maxLength: 20 }),
      fc.constantFrom('a:', '.word', '"', "'", '(', '#', ','),
    );
    const property = fc.property(
      fc.array(piece, { maxLength: 4 }),
      fc.constantFrom('\n', ' '),
      (pieces, between) => {
        try {
          expect(assemble(pieces.join(between)).length % 4).toBe(0);
        } catch (error) {
          expect(error).toBeInstanceOf(AssemblyError);
        }
      },
    );
    fc.assert(property, { numRuns: 10_000 });
  });
});

const other = spawnSync('llvm-mc', ['-triple=riscv32', '-show-encoding'], {
  input: 'nop\n',
  encoding: 'utf8',
});
const there = other.status === 0 && other.stdout.includes('encoding');
test.skipIf(!there)(`llvm-mc writes the same words${there ? '' : ' (not installed here)'}`, () => {
  const sample = fc
    .sample(instruction, { numRuns: 1000, seed: 4711 })
    .filter((text) => !/ 0\(|, (-?1), /.test(text));
  const asked = spawnSync('llvm-mc', ['-triple=riscv32', '-show-encoding'], {
    input: sample.map((text) => `${text}\n`).join(''),
    encoding: 'utf8',
  });
  const theirs = [...asked.stdout.matchAll(/encoding: \[(.*?)\]/g)].map(([, bytes = '']) =>
    bytes.split(',').reduceRight((word, byte) => word * 256 + Number(byte), 0),
  );
  expect(asked.stderr).toBe('');
  expect(theirs).toEqual(sample.flatMap(wordsOf));
});
