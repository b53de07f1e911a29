// Questions with parameters: the same seed draws the same numbers, puts them into the texts and works out the answer
// and the known mistakes from them. Pure; chance comes from the seed alone. Refuses formulas that expression.ts
// refuses. Called by islands/quiz for 'another one like this', and by build/quiz-file.ts for the first one.
import { compute } from './expression.ts';
import type { NumberQuestion } from './quiz.ts';

export type Parameter =
  | { readonly from: number; readonly to: number; readonly step: number }
  | { readonly of: readonly number[] };

/** A number question before its numbers: texts hold `{name}`, numbers are formulas. */
export interface Template {
  readonly id: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Each may use the parameters and the formulas before it. */
  readonly formulas: Readonly<Record<string, string>>;
  readonly ask: string;
  readonly answer: string;
  readonly tolerance: string;
  readonly unit: string;
  readonly right: string;
  readonly wrong: string;
  readonly mistakes: readonly { readonly from: string; readonly to: string; readonly feedback: string }[];
}

export const firstSeed = 1;

type Numbers = Pick<Template, 'id' | 'parameters' | 'formulas'>;

/** The numbers that `seed` draws, then what the formulas make of them. */
export function drawn(template: Numbers, seed: number): Map<string, number> {
  const known = new Map<string, number>();
  for (const [name, parameter] of Object.entries(template.parameters)) {
    const count = countOf(parameter);
    known.set(name, nth(parameter, Math.floor(chance(`${template.id} ${name} ${seed}`) * count)));
  }
  return withFormulas(template, known);
}

/** Adds the formulas' values to the parameters'. */
export function withFormulas(
  template: Pick<Template, 'formulas'>,
  parameters: ReadonlyMap<string, number>,
): Map<string, number> {
  const known = new Map(parameters);
  for (const [name, formula] of Object.entries(template.formulas)) known.set(name, compute(formula, known));
  return known;
}

/** `{name}` becomes its number; what nothing gives stays as it is. */
export function fillText(text: string, known: ReadonlyMap<string, number>): string {
  return text.replace(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (whole, name: string) => {
    const value = known.get(name);
    return value === undefined ? whole : printedNumber(value);
  });
}

/** The question that these numbers make. */
export function filled(template: Template, known: ReadonlyMap<string, number>): NumberQuestion {
  const fill = (text: string) => fillText(text, known);
  return {
    kind: 'number',
    id: template.id,
    ask: fill(template.ask),
    answer: compute(template.answer, known),
    tolerance: compute(template.tolerance, known),
    unit: template.unit,
    right: fill(template.right),
    wrong: fill(template.wrong),
    mistakes: template.mistakes.map((each) => ({
      from: compute(each.from, known),
      to: compute(each.to, known),
      feedback: fill(each.feedback),
    })),
    template,
  };
}

export function draw(template: Template, seed: number): NumberQuestion {
  return filled(template, drawn(template, seed));
}

/** The next seed that asks something else than `seed` does; `seed` itself where there is nothing else. */
export function nextSeed(template: Template, seed: number): number {
  const now = draw(template, seed).ask;
  for (let next = seed + 1; next < seed + 200; next++) if (draw(template, next).ask !== now) return next;
  return seed;
}

export function countOf(parameter: Parameter): number {
  if ('of' in parameter) return parameter.of.length;
  return Math.floor((parameter.to - parameter.from) / parameter.step + 1e-9) + 1;
}

/** The value at `index` of a parameter, from 0. Steps are multiplied, not added up, and lose their binary dust. */
export function nth(parameter: Parameter, index: number): number {
  if ('of' in parameter) return parameter.of[index] ?? Number.NaN;
  return Number((parameter.from + index * parameter.step).toPrecision(12));
}

/** '1,250' and '0.035': at most four digits after the point. */
export function printedNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 4 });
}

/** From 0 to below 1, by a hash of the words (FNV-1a, then two rounds of mixing). */
function chance(words: string): number {
  let state = 2166136261;
  for (const letter of words) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  state = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
  state = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}
