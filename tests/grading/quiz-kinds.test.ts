// The kinds of questions that came after options, numbers and orders: pairs, short texts, lines. What each earns, what
// is said of every part, what stays for the next try; and what a report of a mistake says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  emptyAnswer,
  judge,
  type LineQuestion,
  type MatchQuestion,
  missing,
  retry,
  type TextQuestion,
} from '../../src/grading/quiz.ts';
import { plainText, reportLink, reportText } from '../../src/grading/report.ts';
import { accepts, normalised } from '../../src/grading/short-text.ts';

const match: MatchQuestion = {
  kind: 'match',
  id: 'm',
  ask: '?',
  pairs: [
    { left: 'kill', right: 1, feedback: 'refused' },
    { left: 'freeze', right: 0, feedback: 'silent' },
    { left: 'power', right: 0, feedback: 'silent too' },
  ],
  choices: [{ text: '504' }, { text: '502' }, { text: '200', feedback: 'nobody answered' }],
};
const matched = (...indices: number[]): Answer => ({ kind: 'match', matched: indices });

describe('pairs', () => {
  it('are right only together, and each part is spoken of, the choice that belongs to none as well', () => {
    expect(judge(match, matched(1, 0, 0)).right).toBe(true);
    const verdict = judge(match, matched(1, 2, 0));
    expect(verdict.right).toBe(false);
    expect(verdict.remarks).toEqual([
      { index: 0, right: true, feedback: 'refused' },
      { index: 1, right: false, feedback: 'silent' },
      { index: 2, right: true, feedback: 'silent too' },
      { index: 5, right: false, feedback: 'nobody answered' },
    ]);
  });
  it('that were right stay for the next try, and none may be left open', () => {
    expect(retry(match, matched(1, 2, 1))).toEqual(matched(1, -1, -1));
    expect(missing(match, matched(1, -1, 0))).toBe('Choose something for each first.');
    expect(missing(match, emptyAnswer(match))).not.toBeNull();
  });
});

const text: TextQuestion = {
  kind: 'text',
  id: 't',
  ask: '?',
  answer: 'idempotent',
  accept: ['idempotent', 'idempoten(?:ce|cy)'],
  right: 'yes',
  wrong: 'no',
  mistakes: [{ pattern: 'safe(?: methods?)?', example: 'safe', feedback: 'narrower' }],
};

describe('a short text', () => {
  it('is compared whole, after it was made alike', () => {
    for (const value of ['idempotent', ' “Idempotent”. ', 'IDEMPOTENCY', 'ｉdempotence'])
      expect(judge(text, { kind: 'text', value }).right, value).toBe(true);
    for (const value of ['not idempotent', 'idempotent or not', 'idem potent'])
      expect(judge(text, { kind: 'text', value }).remarks[0], value).toMatchObject({ feedback: 'no' });
    expect(judge(text, { kind: 'text', value: 'Safe  method!' }).remarks[0]?.feedback).toBe('narrower');
    expect(missing(text, { kind: 'text', value: ' "." ' })).toBe('Type an answer first.');
  });
  it('once made alike stays as it is, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (typed) => {
        const once = normalised(typed);
        expect(normalised(` ${once} `)).toBe(once);
        expect(accepts('.*', typed)).toBe(true);
      }),
    );
  });
});

const line: LineQuestion = {
  kind: 'line',
  id: 'l',
  ask: '?',
  caption: 'a.ts:7',
  source: 'code',
  lines: [
    { no: 7, text: 'a', right: false, feedback: '' },
    { no: 8, text: 'b', right: true, feedback: 'here' },
    { no: 9, text: 'c', right: true, feedback: 'here too' },
    { no: 10, text: 'd', right: false, feedback: 'near' },
  ],
  otherwise: 'elsewhere',
};

describe('a line', () => {
  it('is right anywhere in its range; what is written of others is said, the rest only where it was chosen', () => {
    const chosen = (...indices: number[]) => judge(line, { kind: 'line', chosen: indices });
    expect([0, 1, 2, 3].map((index) => chosen(index).right)).toEqual([false, true, true, false]);
    expect(chosen(0).remarks.map((remark) => [remark.index, remark.feedback])).toEqual([
      [0, 'elsewhere'],
      [1, 'here'],
      [2, 'here too'],
      [3, 'near'],
    ]);
    expect(chosen(3).remarks.map((remark) => remark.index)).toEqual([1, 2, 3]);
    expect([chosen().right, chosen(1, 2).right, chosen(4).right]).toEqual([false, false, false]);
    expect(missing(line, emptyAnswer(line))).toBe('Choose a line first.');
  });
});

describe('a report', () => {
  const reported = {
    chapter: 'load-balancing',
    question: 'the-bound',
    seed: 3,
    ask: 'Is <code>a &lt; b</code>?',
  };
  it('names chapter, question, seed and what was asked', () => {
    expect(reportText(reported)).toBe(
      'Chapter: load-balancing\nQuestion: the-bound\nSeed: 3\nAsked: Is a < b?\nWhat is wrong with it: ',
    );
    expect(reportText({ ...reported, seed: null })).not.toContain('Seed');
    expect(plainText('<b>&amp;lt;</b>')).toBe('&lt;');
  });
  it('goes by mail or to the page for issues, nothing of it outside its place', () => {
    const mail = new URL(reportLink('mailto:a@b.example', reported));
    expect([mail.protocol, mail.pathname]).toEqual(['mailto:', 'a@b.example']);
    expect(mail.searchParams.get('subject')).toBe('Question load-balancing/the-bound is wrong');
    const issue = new URL(reportLink('https://x.example/new?labels=quiz', reported));
    expect(issue.searchParams.get('labels')).toBe('quiz');
    expect(issue.searchParams.get('body')).toBe(reportText(reported));
  });
});
