// Numbers drawn for a question: formulas read and computed as JavaScript would, draws within their ranges and the same
// for the same seed, the judge content with its own answer; and what is refused, in words.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countOf,
  draw,
  drawn,
  firstSeed,
  nextSeed,
  nth,
  type Parameter,
  type Template,
} from '../../src/grading/draw.ts';
import { compute } from '../../src/grading/expression.ts';
import { judge } from '../../src/grading/quiz.ts';

const names = new Map([
  ['a', 3],
  ['rate', 0.5],
]);

describe('formulas', () => {
  it('are computed in the usual order', () => {
    const known: readonly [string, number][] = [
      ['1 + 2 * 3', 7],
      ['(1 + 2) * 3', 9],
      ['8 / 2 / 2', 2],
      ['7 - 2 - 1', 4],
      ['2 ^ 3 ^ 2', 512],
      ['-a ^ 2', -9],
      ['2 * -a', -6],
      ['max(a, ceil(rate * 7)) - min(1, 2)', 3],
      ['round(2.5) + floor(2.9) + sqrt(9) + ln(1)', 8],
      [' a*rate ', 1.5],
    ];
    for (const [formula, value] of known) expect(compute(formula, names), formula).toBe(value);
  });

  it('agree with JavaScript on arithmetic of any depth', () => {
    const tree = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.integer({ min: 0, max: 99 }).map(String),
        fc
          .tuple(tie('node'), fc.constantFrom('+', '-', '*', '/'), tie('node'))
          .map((parts) => `(${parts.join(' ')})`),
        tie('node').map((inner) => `(-${inner})`),
      ),
    })).node;
    fc.assert(
      fc.property(
        tree.filter((formula) => formula.length <= 200),
        (formula) => {
          // biome-ignore lint/security/noGlobalEval: the formula is this test's own, of digits and operators alone.
          expect(compute(formula, names)).toBe(globalThis.eval(formula));
        },
      ),
    );
  });

  it('that are no formulas are refused in words, and reach nothing', () => {
    const refused: readonly [string, string][] = [
      ['1 +', 'expected a number, a name or (, found the end'],
      ['(1', "expected ')', found the end"],
      ['1 2', "expected an operator or the end, found '2'"],
      ['lost * 2', "expected one of a, rate, found 'lost'"],
      ['pow(2, 3)', "expected one of the functions min, max, round, floor, ceil, sqrt, ln, found 'pow'"],
      ['min(1)', "expected ',', found ')'"],
      ["a['constructor']", "expected numbers, names and + - * / ^ ( ), found '['"],
      ['a; b', "expected numbers, names and + - * / ^ ( ), found ';'"],
      ['constructor', "expected one of a, rate, found 'constructor'"],
      [
        'toString(1)',
        "expected one of the functions min, max, round, floor, ceil, sqrt, ln, found 'toString'",
      ],
      ['1'.repeat(201), 'expected 200 characters at most, found 201 of them'],
    ];
    for (const [formula, message] of refused) expect(() => compute(formula, names), formula).toThrow(message);
  });
});

const parameters: Readonly<Record<string, Parameter>> = {
  apps: { from: 3, to: 6, step: 1 },
  share: { of: [20, 30, 50] },
  wait: { from: 0.1, to: 0.5, step: 0.1 },
};
const template: Template = {
  id: 'q',
  parameters,
  formulas: { rate: 'apps * share', lost: 'rate * wait' },
  ask: '{apps} apps, {rate} a second, {wait} s, {unknown}',
  answer: 'lost',
  tolerance: 'lost / 100',
  unit: 'requests',
  right: 'yes, {lost}',
  wrong: 'no',
  mistakes: [{ from: '2 * lost', to: '2 * lost', feedback: 'twice {lost}' }],
};

describe('a draw', () => {
  const seeds = fc.integer({ min: 1, max: 1_000_000 });

  it('stays in its ranges, is the same for the same seed, and its own answer is accepted', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const known = drawn(template, seed);
        for (const [name, parameter] of Object.entries(parameters)) {
          const all = Array.from({ length: countOf(parameter) }, (_, index) => nth(parameter, index));
          expect(all, `seed=${seed} ${name}`).toContain(known.get(name));
        }
        const question = draw(template, seed);
        expect(draw(template, seed)).toEqual(question);
        expect(judge(question, { kind: 'number', value: question.answer }).right, `seed=${seed}`).toBe(true);
        expect(judge(question, { kind: 'number', value: 2 * question.answer }).remarks[0]?.feedback).toMatch(
          /^twice/,
        );
      }),
    );
  });

  it('reaches every value of every parameter', () => {
    const met = new Set<string>();
    for (let seed = 1; seed <= 200; seed++)
      for (const [name, value] of drawn(template, seed)) if (name in parameters) met.add(`${name}=${value}`);
    expect(met.size).toBe(4 + 3 + 5);
  });

  it('puts numbers into the texts without binary dust, and leaves unknown names alone', () => {
    expect(nth({ from: 0.1, to: 0.5, step: 0.1 }, 2)).toBe(0.3);
    const known = drawn(template, firstSeed);
    expect(draw(template, firstSeed).ask).toBe(
      `${known.get('apps')} apps, ${known.get('rate')} a second, ${known.get('wait')} s, {unknown}`,
    );
  });

  it('is followed by one that asks something else, where there is one', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(draw(template, nextSeed(template, seed)).ask).not.toBe(draw(template, seed).ask);
      }),
    );
    expect(nextSeed({ ...template, ask: 'always this' }, 5)).toBe(5);
  });
});
