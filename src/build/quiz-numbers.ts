// Number questions of quiz.yml: formulas and parameters checked for every draw, texts for the names they use.
// Refuses a formula that cannot be read, a name that nothing gives, a known mistake that is the right answer, an
// answer that is no number. Called by quiz-file.ts.
import {
  countOf,
  draw,
  drawn,
  filled,
  firstSeed,
  nth,
  type Template,
  withFormulas,
} from '../grading/draw.ts';
import { BadFormula, compute, parseFormula } from '../grading/expression.ts';
import { judge, type NumberQuestion } from '../grading/quiz.ts';
import { complain, listed } from './complain.ts';
import type { NumberEntry } from './quiz-schema.ts';
import type { YamlFile } from './yaml.ts';

/** At most so many draws are tried; beyond, as many seeds. */
const drawsMax = 3000;

/** The question with its first numbers. `answer` is the entry's, or the measured one. */
export function readyNumber(
  entry: NumberEntry,
  answer: string,
  html: (source: string) => string,
  file: YamlFile<unknown>,
  index: number,
): NumberQuestion {
  const at = (...path: PropertyKey[]) => ({ file: file.path, ...file.line(['questions', index, ...path]) });
  const tolerance = entry.tolerance;
  const template: Template = {
    id: entry.id,
    parameters: entry.parameters,
    formulas: entry.formulas,
    ask: html(entry.ask),
    answer,
    tolerance,
    unit: entry.unit,
    right: html(entry.feedback.right),
    wrong: html(entry.feedback.wrong),
    mistakes: entry.feedback.mistakes.map((each) => ({
      from: 'is' in each ? `(${each.is}) - (${tolerance})` : each.from,
      to: 'is' in each ? `(${each.is}) + (${tolerance})` : each.to,
      feedback: html(each.feedback),
    })),
  };
  checkNames(entry, answer, at);
  for (const known of drawsOf(template)) checkDraw(template, known, at);
  const first = draw(template, firstSeed);
  if (Object.keys(entry.parameters).length > 0) return first;
  const { template: _, ...plain } = first;
  return plain;
}

type At = (...path: PropertyKey[]) => {
  readonly file: string;
  readonly line: number;
  readonly column: number;
};

/** Every formula can be read, and every name in formulas and texts is given by something. */
function checkNames(entry: NumberEntry, answer: string, at: At): void {
  const known = new Map(Object.keys(entry.parameters).map((name) => [name, 1]));
  const check = (formula: string, ...path: PropertyKey[]): void => {
    try {
      parseFormula(formula);
      compute(formula, known);
    } catch (error) {
      if (!(error instanceof BadFormula)) throw error;
      const found = `${error.found} in \`${formula}\``;
      complain({ ...at(...path), expected: error.expected, found, fix: 'correct the formula.' });
    }
  };
  for (const [name, formula] of Object.entries(entry.formulas)) {
    check(formula, 'formulas', name);
    known.set(name, 1);
  }
  if (typeof entry.answer === 'string') check(answer, 'answer');
  check(entry.tolerance, 'tolerance');
  entry.feedback.mistakes.forEach((each, index) => {
    const formulas = 'is' in each ? { is: each.is } : { from: each.from, to: each.to };
    for (const [key, formula] of Object.entries(formulas)) check(formula, 'feedback', 'mistakes', index, key);
    checkText(each.feedback, known, at('feedback', 'mistakes', index, 'feedback'));
  });
  checkText(entry.ask, known, at('ask'));
  checkText(entry.feedback.right, known, at('feedback', 'right'));
  checkText(entry.feedback.wrong, known, at('feedback', 'wrong'));
}

function checkText(text: string, known: ReadonlyMap<string, number>, at: ReturnType<At>): void {
  for (const [, name = ''] of text.matchAll(/\{([A-Za-z][A-Za-z0-9]*)\}/g)) {
    if (known.has(name)) continue;
    const fix = `use one of ${listed([...known.keys()])}, or add it to \`parameters\` or \`formulas\`.`;
    complain({ ...at, expected: 'the name of a parameter or formula', found: `{${name}}`, fix });
  }
}

/** All numbers that can be drawn, or those of many seeds where they are too many. */
function* drawsOf(template: Template): Generator<ReadonlyMap<string, number>> {
  const parameters = Object.entries(template.parameters);
  const all = parameters.reduce((product, [, each]) => product * countOf(each), 1);
  for (let index = 0; index < Math.min(all, drawsMax); index++) {
    if (all > drawsMax) {
      yield drawn(template, index + 1);
      continue;
    }
    let rest = index;
    const known = new Map<string, number>();
    for (const [name, each] of parameters) {
      known.set(name, nth(each, rest % countOf(each)));
      rest = Math.floor(rest / countOf(each));
    }
    yield withFormulas(template, known);
  }
}

function checkDraw(template: Template, known: ReadonlyMap<string, number>, at: At): void {
  const question = filled(template, known);
  const numbers = [...known].map(([name, value]) => `${name} = ${value}`).join(', ');
  const drawnFrom = numbers === '' ? '' : ` with ${numbers}`;
  const { answer, tolerance } = question;
  const fix = 'correct the formulas, or narrow the parameters.';
  if (!Number.isFinite(answer) || !judge(question, { kind: 'number', value: answer }).right) {
    const found = `${answer} within ${tolerance}${drawnFrom}`;
    complain({ ...at('answer'), expected: 'an answer that is a number and is accepted', found, fix });
  }
  question.mistakes.forEach((mistake, index) => {
    const bad = !Number.isFinite(mistake.from) || !(mistake.from <= mistake.to);
    const same = mistake.from >= answer - tolerance && mistake.to <= answer + tolerance;
    if (!bad && !same) return;
    const expected = bad ? 'a mistake from a number to one not below it' : 'a mistake that is not right';
    const found = `${mistake.from} to ${mistake.to} for the answer ${answer}${drawnFrom}`;
    complain({ ...at('feedback', 'mistakes', index), expected, found, fix });
  });
}
