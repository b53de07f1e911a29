// Small arithmetic for questions with parameters: numbers, names, + - * / ^, parentheses and a handful of functions.
// Refuses everything else: no property, no assignment, nothing of the page can be reached, and no text is ever run as
// program. Pure. Called by draw.ts in the page and, to check authors' formulas, by build/quiz-file.ts.

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly of: readonly Expression[] };

/** What is wrong with a formula, in the house's form. */
export class BadFormula extends Error {
  override readonly name = 'BadFormula';
  readonly expected: string;
  readonly found: string;
  constructor(expected: string, found: string) {
    super(`expected ${expected}, found ${found}`);
    this.expected = expected;
    this.found = found;
  }
}

type Work = (...values: readonly number[]) => number;
/** By name: how many values it takes, and what it does with them. */
const functions = new Map<string, readonly [count: number, work: Work]>([
  ['+', [2, (a = 0, b = 0) => a + b]],
  ['-', [2, (a = 0, b = 0) => a - b]],
  ['*', [2, (a = 0, b = 0) => a * b]],
  ['/', [2, (a = 0, b = 0) => a / b]],
  ['^', [2, (a = 0, b = 0) => a ** b]],
  ['negative', [1, (a = 0) => -a]],
  ['min', [2, (a = 0, b = 0) => Math.min(a, b)]],
  ['max', [2, (a = 0, b = 0) => Math.max(a, b)]],
  ['round', [1, (a = 0) => Math.round(a)]],
  ['floor', [1, (a = 0) => Math.floor(a)]],
  ['ceil', [1, (a = 0) => Math.ceil(a)]],
  ['sqrt', [1, (a = 0) => Math.sqrt(a)]],
  ['ln', [1, (a = 0) => Math.log(a)]],
]);
const callable = [...functions.keys()].filter((name) => /^[a-z]+$/.test(name) && name !== 'negative');
/** How tightly an operator binds; `^` binds to the right. */
const strength = new Map([
  ['+', 1],
  ['-', 1],
  ['*', 2],
  ['/', 2],
  ['^', 4],
]);
const token = /\s*(\d+(?:\.\d+)?|[A-Za-z][A-Za-z0-9]*|[-+*/^(),])/y;
const lengthMax = 200;

/** Throws BadFormula. */
export function parseFormula(text: string): Expression {
  if (text.length > lengthMax)
    throw new BadFormula(`${lengthMax} characters at most`, `${text.length} of them`);
  const tokens = tokensOf(text);
  let at = 0;
  const found = () => (tokens[at] === undefined ? 'the end' : `'${tokens[at]}'`);
  const take = (wanted: string): void => {
    if (tokens[at] !== wanted) throw new BadFormula(`'${wanted}'`, found());
    at += 1;
  };

  function value(): Expression {
    const first = tokens[at] ?? '';
    if (first === '-') {
      at += 1;
      return { kind: 'call', name: 'negative', of: [sum(3)] };
    }
    if (first === '(') {
      at += 1;
      const inner = sum(0);
      take(')');
      return inner;
    }
    if (!/^[\dA-Za-z]/.test(first)) throw new BadFormula('a number, a name or (', found());
    at += 1;
    if (/^\d/.test(first)) return { kind: 'number', value: Number(first) };
    return tokens[at] === '(' ? call(first) : { kind: 'name', name: first };
  }

  function call(name: string): Expression {
    const count = functions.get(name)?.[0];
    if (count === undefined || !callable.includes(name)) {
      throw new BadFormula(`one of the functions ${callable.join(', ')}`, `'${name}'`);
    }
    take('(');
    const of = [sum(0)];
    while (of.length < count) {
      take(',');
      of.push(sum(0));
    }
    take(')');
    return { kind: 'call', name, of };
  }

  function sum(least: number): Expression {
    let left = value();
    for (;;) {
      const operator = tokens[at] ?? '';
      const own = strength.get(operator);
      if (own === undefined || own <= least) return left;
      at += 1;
      left = { kind: 'call', name: operator, of: [left, sum(operator === '^' ? own - 1 : own)] };
    }
  }

  const whole = sum(0);
  if (at < tokens.length) throw new BadFormula('an operator or the end', found());
  return whole;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const from = token.lastIndex;
    const match = token.exec(text);
    if (match === null) {
      throw new BadFormula('numbers, names and + - * / ^ ( )', `'${text.slice(from).trimStart().charAt(0)}'`);
    }
    tokens.push(match[1] ?? '');
  }
  return tokens;
}

/** Its value. Throws BadFormula for a name that `known` has not. May be infinite or NaN, as arithmetic is. */
export function evaluate(expression: Expression, known: ReadonlyMap<string, number>): number {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'name') {
    const value = known.get(expression.name);
    if (value !== undefined) return value;
    throw new BadFormula(`one of ${[...known.keys()].join(', ') || 'no names'}`, `'${expression.name}'`);
  }
  const work = functions.get(expression.name)?.[1];
  return work === undefined ? Number.NaN : work(...expression.of.map((each) => evaluate(each, known)));
}

export function compute(formula: string, known: ReadonlyMap<string, number>): number {
  return evaluate(parseFormula(formula), known);
}

/** The names that a formula uses; functions are none. Throws BadFormula. */
export function namesIn(formula: string): string[] {
  const within = (expression: Expression): string[] => {
    if (expression.kind === 'name') return [expression.name];
    return expression.kind === 'call' ? expression.of.flatMap(within) : [];
  };
  return [...new Set(within(parseFormula(formula)))];
}
