// What answers earn: every kind of question, right and wrong, what stays for the next try, and the fixed shuffle.
// Also how predictions compare with a run.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type Prediction, unsaid } from '../../src/grading/predict.ts';
import { emptyAnswer, judge, missing, type Question, retry, shuffled } from '../../src/grading/quiz.ts';

const options = [
  { text: 'a', right: true, feedback: 'fa' },
  { text: 'b', right: false, feedback: 'fb' },
  { text: 'c', right: true, feedback: 'fc' },
];
const many: Question = { kind: 'many', id: 'm', ask: '?', options };
const one: Question = { kind: 'one', id: 'o', ask: '?', options: options.slice(0, 2) };
const number: Question = {
  kind: 'number',
  id: 'n',
  ask: '?',
  answer: 120,
  tolerance: 5,
  unit: 'requests',
  right: 'yes',
  wrong: 'no',
  mistakes: [{ from: 360, to: 360, feedback: 'all of them' }],
};
const items = ['first', 'second', 'third'].map((text) => ({ text, feedback: `why ${text}` }));
const order: Question = { kind: 'order', id: 'x', ask: '?', items, shown: [2, 0, 1] };

describe('a choice', () => {
  it('says something on every option, chosen or not', () => {
    const verdict = judge(many, { kind: 'many', chosen: [0, 1] });
    expect(verdict.right).toBe(false);
    expect(verdict.remarks).toEqual([
      { index: 0, right: true, feedback: 'fa' },
      { index: 1, right: false, feedback: 'fb' },
      { index: 2, right: false, feedback: 'fc' },
    ]);
    expect(judge(many, { kind: 'many', chosen: [2, 0] }).right).toBe(true);
    expect(judge(one, { kind: 'one', chosen: [0] }).right).toBe(true);
    expect(judge(one, { kind: 'one', chosen: [1] }).right).toBe(false);
  });

  it('keeps what was right for the next try', () => {
    expect(retry(many, { kind: 'many', chosen: [0, 1] })).toEqual({ kind: 'many', chosen: [0] });
    expect(retry(many, { kind: 'many', chosen: [0, 2] })).toEqual({ kind: 'many', chosen: [0, 2] });
    expect(retry(one, { kind: 'one', chosen: [1] })).toEqual({ kind: 'one', chosen: [] });
  });
});

describe('a number', () => {
  it('is right within its tolerance and wrong beyond', () => {
    for (const value of [115, 120, 125])
      expect(judge(number, { kind: 'number', value }).right, `${value}`).toBe(true);
    for (const value of [114.9, 125.1, -120])
      expect(judge(number, { kind: 'number', value }).right, `${value}`).toBe(false);
  });

  it('knows typical mistakes, and takes nothing odd for an answer', () => {
    expect(judge(number, { kind: 'number', value: 360 }).remarks[0]?.feedback).toBe('all of them');
    expect(judge(number, { kind: 'number', value: 7 }).remarks[0]?.feedback).toBe('no');
    for (const value of [null, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(judge(number, { kind: 'number', value }).right).toBe(false);
    }
  });
});

describe('an order', () => {
  it('is right only as a whole, and says what stands in its place', () => {
    expect(judge(order, { kind: 'order', order: [0, 1, 2] }).right).toBe(true);
    const verdict = judge(order, { kind: 'order', order: [0, 2, 1] });
    expect(verdict.right).toBe(false);
    expect(verdict.remarks.map((remark) => remark.right)).toEqual([true, false, false]);
    expect(judge(order, { kind: 'order', order: [0, 1] }).right).toBe(false);
  });
});

describe('any question', () => {
  it('asks for an answer before it judges, and refuses that of another', () => {
    expect(missing(one, emptyAnswer(one))).toBe('Choose an answer first.');
    expect(missing(number, emptyAnswer(number))).toBe('Type a number first.');
    expect(missing(order, emptyAnswer(order))).toBeNull();
    expect(missing(one, { kind: 'number', value: 1 })).toBe('This answer belongs to another question.');
    expect(judge(one, { kind: 'number', value: 0 })).toEqual({ right: false, remarks: [] });
  });

  it('is shuffled the same way each time, never into the right order', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 2, max: 9 }), (id, count) => {
        const places = shuffled(id, count);
        expect(places).toEqual(shuffled(id, count));
        expect([...places].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
        expect(places.every((item, place) => item === place)).toBe(false);
      }),
    );
  });
});

describe('a prediction', () => {
  const theory = { label: 'theory', text: '40' };
  const prediction: Prediction = {
    chapter: 'c',
    id: 'p',
    ask: '?',
    seed: 1,
    why: 'because',
    parts: [
      { kind: 'choice', id: 'who', ask: '?', run: 'b', theory, options: ['a', 'b'], matches: [], holds: 1 },
      { kind: 'number', id: 'lost', ask: '?', run: '121', theory, unit: 'requests', value: 121, near: 10 },
    ],
  };

  it('is complete only when every part was said sensibly', () => {
    expect(unsaid(prediction, {})).toEqual(['who', 'lost']);
    expect(unsaid(prediction, { who: 2, lost: Number.NaN })).toEqual(['who', 'lost']);
    expect(unsaid(prediction, { who: 0, lost: 0 })).toEqual([]);
  });

  it('is compared part by part', () => {
    const far = compare(prediction, { who: 0, lost: 60 });
    expect(far.map(({ you, close, how }) => ({ you, close, how }))).toEqual([
      { you: 'a', close: false, how: 'not what happened' },
      { you: '60', close: false, how: '61 off' },
    ]);
    const near = compare(prediction, { who: 1, lost: 120 });
    expect(near.map(({ close, how }) => ({ close, how }))).toEqual([
      { close: true, how: 'as the run' },
      { close: true, how: 'close: 1 off' },
    ]);
  });
});
