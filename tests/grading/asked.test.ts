// Questions without their keys: nothing of a key comes along, whatever its kind, and what is left asks the same as the
// whole question does, with the same numbers. Every secret of the questions below has KEY in it.
import { describe, expect, it } from 'vitest';
import { asked, askedWith, emptyAsked } from '../../src/grading/asked.ts';
import { draw, type Template } from '../../src/grading/draw.ts';
import { judge, type Question } from '../../src/grading/quiz.ts';

const key = 'KEY';
const template: Template = {
  id: 'n',
  ask: '{total} of {machines}?',
  unit: 's',
  parameters: {
    machines: { from: 2, to: 90, step: 1 },
    each: { of: [3, 5, 7, 11, 13] },
    KEYunseen: { from: 1, to: 9, step: 1 },
  },
  formulas: { total: 'machines * max(each, 1)', KEYwaste: 'total * KEYunseen' },
  answer: 'KEYwaste + 1',
  tolerance: '0.123 * KEYwaste',
  right: key,
  wrong: key,
  mistakes: [{ from: 'KEYwaste', to: 'KEYwaste', feedback: key }],
};
const secret = { right: key, wrong: key, answer: key, accept: [key] };
const mistake = { pattern: key, example: key, feedback: key };
const questions: readonly Question[] = [
  {
    kind: 'many',
    id: 'c',
    ask: '?',
    options: ['a', 'b'].map((text) => ({ text, right: text === 'b', feedback: key })),
    exhibit: { caption: 'x', head: ['ms'], rows: [['1']] },
  },
  draw(template, 1),
  { kind: 'text', id: 't', ask: '?', ...secret, mistakes: [mistake] },
  {
    kind: 'order',
    id: 'o',
    ask: '?',
    items: ['first', 'second', 'third'].map((text) => ({ text, feedback: key })),
    shown: [2, 0, 1],
  },
  {
    kind: 'match',
    id: 'm',
    ask: '?',
    pairs: [{ left: 'l', right: 1, feedback: key }],
    choices: [{ text: 'x', feedback: key }, { text: 'y' }],
  },
  {
    kind: 'line',
    id: 'l',
    ask: '?',
    caption: 'c',
    source: 'code',
    lines: [{ no: 4, text: 'x', right: true, feedback: key }],
    otherwise: key,
  },
];

describe('a question without its key', () => {
  it('holds what is asked and nothing else', () => {
    expect(questions.map(asked)).toEqual([
      {
        kind: 'many',
        id: 'c',
        ask: '?',
        options: [{ text: 'a' }, { text: 'b' }],
        exhibit: { caption: 'x', head: ['ms'], rows: [['1']] },
      },
      {
        kind: 'number',
        id: 'n',
        ask: draw(template, 1).ask,
        unit: 's',
        template: {
          id: 'n',
          ask: template.ask,
          unit: 's',
          parameters: { machines: template.parameters['machines'], each: template.parameters['each'] },
          formulas: { total: 'machines * max(each, 1)' },
        },
      },
      { kind: 'text', id: 't', ask: '?' },
      { kind: 'order', id: 'o', ask: '?', items: [{ text: 'third' }, { text: 'first' }, { text: 'second' }] },
      { kind: 'match', id: 'm', ask: '?', lefts: ['l'], choices: [{ text: 'x' }, { text: 'y' }] },
      { kind: 'line', id: 'l', ask: '?', caption: 'c', source: 'code', lines: [{ no: 4, text: 'x' }] },
    ]);
    expect(JSON.stringify(questions.map(asked))).not.toMatch(/KEY|right|0\.123/);
  });

  it('asks with the numbers of a seed as the whole question does', () => {
    const bare = asked(draw(template, 1));
    for (const seed of [1, 2, 4711, 2 ** 31 - 1])
      expect(askedWith(bare, seed).ask, `seed=${seed}`).toBe(draw(template, seed).ask);
    expect(askedWith(bare, 4711).ask).not.toBe(bare.ask);
  });

  it('begins with an answer of its own kind, which is not right', () => {
    for (const question of questions) {
      const empty = emptyAsked(asked(question));
      expect(empty.kind).toBe(question.kind);
      if (question.kind === 'order') expect(empty).toEqual({ kind: 'order', order: [0, 1, 2] });
      else expect(judge(question, empty).right).toBe(false);
    }
  });
});
