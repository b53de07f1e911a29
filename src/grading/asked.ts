// Questions without their keys: what a reader must see to answer, and nothing that says which answer is right. Pure.
// Built field by field, so that a new field of a key never comes along by itself. An order's items stand as they are
// shown: answers count positions in that. Called by build for /work/questions, by islands/work and by teaching.
import { drawn, fillText, type Template } from './draw.ts';
import { namesIn } from './expression.ts';
import type { Answer, ChoiceQuestion, Exhibit, LineQuestion, NumberQuestion, Question } from './quiz.ts';

interface AskedBase {
  readonly id: string;
  readonly ask: string;
}
export interface AskedChoice extends AskedBase {
  readonly kind: 'one' | 'many';
  readonly options: readonly { readonly text: string }[];
  readonly exhibit?: Exhibit;
}
/** Only the parameters and formulas that the ask shows, and those that these need. */
export type AskedTemplate = Pick<Template, 'id' | 'ask' | 'unit' | 'parameters' | 'formulas'>;
export interface AskedNumber extends AskedBase {
  readonly kind: 'number';
  readonly unit: string;
  readonly template?: AskedTemplate;
}
export interface AskedText extends AskedBase {
  readonly kind: 'text';
}
export interface AskedOrder extends AskedBase {
  readonly kind: 'order';
  /** In the order shown. */
  readonly items: readonly { readonly text: string }[];
}
export interface AskedMatch extends AskedBase {
  readonly kind: 'match';
  readonly lefts: readonly string[];
  readonly choices: readonly { readonly text: string }[];
}
export interface AskedLine extends AskedBase {
  readonly kind: 'line';
  readonly caption: string;
  readonly source: LineQuestion['source'];
  /** `text` is HTML. */
  readonly lines: readonly { readonly no: number; readonly text: string }[];
}
export type AskedQuestion = AskedChoice | AskedNumber | AskedText | AskedOrder | AskedMatch | AskedLine;

export function asked(question: Question): AskedQuestion {
  const { id, ask } = question;
  if (question.kind === 'number') return askedNumber(question);
  if (question.kind === 'text') return { kind: 'text', id, ask };
  if (question.kind === 'order') {
    const items = question.shown.map((index) => ({ text: question.items[index]?.text ?? '' }));
    return { kind: 'order', id, ask, items };
  }
  if (question.kind === 'match') {
    const choices = question.choices.map(({ text }) => ({ text }));
    return { kind: 'match', id, ask, lefts: question.pairs.map(({ left }) => left), choices };
  }
  if (question.kind === 'line') {
    const { caption, source } = question;
    const lines = question.lines.map(({ no, text }) => ({ no, text }));
    return { kind: 'line', id, ask, caption, source, lines };
  }
  return askedChoice(question);
}

/** The question with the numbers of `seed`; as it is where it has no parameters. */
export function askedWith(question: AskedQuestion, seed: number): AskedQuestion {
  if (question.kind !== 'number' || question.template === undefined) return question;
  return { ...question, ask: fillText(question.template.ask, drawn(question.template, seed)) };
}

/** What a question starts with. */
export function emptyAsked(question: AskedQuestion): Answer {
  if (question.kind === 'number') return { kind: 'number', value: null };
  if (question.kind === 'text') return { kind: 'text', value: '' };
  if (question.kind === 'order') return { kind: 'order', order: question.items.map((_, place) => place) };
  if (question.kind === 'match') return { kind: 'match', matched: question.lefts.map(() => -1) };
  return { kind: question.kind, chosen: [] };
}

function askedChoice({ kind, id, ask, options, exhibit }: ChoiceQuestion): AskedChoice {
  const texts = options.map(({ text }) => ({ text }));
  if (exhibit === undefined) return { kind, id, ask, options: texts };
  const { caption, head, rows } = exhibit;
  return { kind, id, ask, options: texts, exhibit: { caption, head, rows } };
}

function askedNumber({ id, ask, unit, template }: NumberQuestion): AskedNumber {
  if (template === undefined) return { kind: 'number', id, ask, unit };
  const needed = new Set(
    [...template.ask.matchAll(/\{([A-Za-z][A-Za-z0-9]*)\}/g)].map(([, name = '']) => name),
  );
  // Later formulas may use earlier ones, never the other way round.
  for (const [name, formula] of Object.entries(template.formulas).reverse())
    if (needed.has(name)) for (const used of namesIn(formula)) needed.add(used);
  const only = <V>(all: Readonly<Record<string, V>>): Record<string, V> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => needed.has(name)));
  const { parameters, formulas } = template;
  const shown = { id: template.id, ask: template.ask, unit: template.unit };
  return {
    kind: 'number',
    id,
    ask,
    unit,
    template: { ...shown, parameters: only(parameters), formulas: only(formulas) },
  };
}
