// What `brownout gift` writes: one small quiz of every kind, frozen; and for hostile texts, that a reader of the format
// finds the same questions again. A failing run prints its seed and path.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChoiceQuestion, MatchQuestion, Question, TextQuestion } from '../../src/grading/quiz.ts';
import { type Gift, giftOf } from '../../src/teaching/gift.ts';
import { wordsOf } from '../../src/teaching/gift-text.ts';
import { escaped } from '../../src/teaching/html.ts';
import { type ReadQuestion, readGift } from './gift-reader.ts';
import { smallQuiz } from './small-quiz.ts';

const giftFor = (...questions: Question[]): Gift =>
  giftOf({ name: '07-x', category: ['Brownout', '07 This/that'], quiz: { questions } }, 2);

test('a small quiz of every kind', () => {
  const { text, written, leftOut } = giftFor(...smallQuiz);
  expect(text).toMatchSnapshot();
  expect(written).toBe(7);
  expect(leftOut).toEqual([
    {
      id: 'code',
      what: 'pattern',
      reason: 'Moodle knows no patterns, and `nx.*` matches too much to be listed',
    },
    { id: 'steps', what: 'order', reason: 'GIFT has no question whose answers are put in order' },
    { id: 'bug', what: 'line', reason: 'GIFT has no question about a line of a program' },
    { id: 'two', what: 'match', reason: 'Moodle wants 3 things to choose from, and here are fewer' },
  ]);
});

test('a question with few numbers has as many draws as there are', () => {
  const one = smallQuiz.find((question) => question.id === 'rate');
  if (one === undefined) throw new Error('expected the question `rate`, found none');
  const { text, written } = giftOf({ name: 'x', category: [], quiz: { questions: [one] } }, 50);
  expect(written).toBe(4);
  expect(new Set(readGift(text).map((question) => question.text)).size).toBe(4);
});

test('relative links lose their address, others keep it', () => {
  const ask = 'See <a href="/glossary/#ttl">TTL</a> and <a href="https://a.example/">a</a>.';
  const options = [
    { text: 'a', right: true, feedback: 'b' },
    { text: 'c', right: false, feedback: 'd' },
  ];
  const [read] = readGift(giftFor({ kind: 'one', id: 'x', ask, options }).text);
  expect(read?.text).toBe('See TTL and <a href="https://a.example/">a</a>.');
});

/** Words that mean something to GIFT, to Moodle's reader or to HTML, in any order. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '~',
        '=',
        '#',
        '{',
        '}',
        ':',
        '\\',
        '\n',
        '\r\n',
        '\n\n',
        '%50%',
        '->',
        '####',
        '//',
        '::',
      ),
      fc.constantFrom(
        '[html]',
        '[plain]',
        '$CATEGORY: x',
        '&&058;',
        '&amp;',
        '<b>',
        '"',
        '*',
        '\\n',
        'T',
        '..',
        ' ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((words) => words.join(''))
  .filter((text) => text.trim() !== '');
const markup = hostile.map(escaped);
const option = fc.record({ text: markup, right: fc.boolean(), feedback: markup });

/** What a page would show: line ends of one kind, none around it. */
const page = (html: string): string => wordsOf(html).replaceAll(/\r\n?/g, '\n').trim();
const line = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function readOne(question: Question): ReadQuestion {
  const { text, written } = giftFor(question);
  const [read, ...others] = readGift(text);
  if (read === undefined) throw new Error(`expected one question, found none in ${text}`);
  expect([others.length, written]).toEqual([0, 1]);
  expect([read.category, read.title]).toEqual(['$course$/top/Brownout/07 This//that', `07-x ${question.id}`]);
  expect(page(read.text)).toBe(page(question.ask));
  return read;
}

test('choices come back with their texts, feedback and weights', () => {
  const options = fc.array(option, { minLength: 2, maxLength: 9 });
  const chosen = fc.record({
    id: fc.constant('q'),
    ask: markup,
    options,
    kind: fc.constantFrom('one', 'many'),
  });
  const wanted = chosen.filter(({ kind, options }) => {
    const right = options.filter((each) => each.right).length;
    return kind === 'one' ? right === 1 : right > 0;
  });
  fc.assert(
    fc.property(wanted, (question: ChoiceQuestion) => {
      const read = readOne(question);
      expect(read.kind).toBe(question.kind);
      expect(read.answers.map(({ text, feedback }) => [page(text), page(feedback)])).toEqual(
        question.options.map(({ text, feedback }) => [page(text), page(feedback)]),
      );
      const sum = (right: boolean): number =>
        read.answers.reduce(
          (all, { weight }, at) => all + (question.options[at]?.right === right ? weight : 0),
          0,
        );
      expect(sum(true)).toBeCloseTo(100, 3);
      const hasWrong = question.options.some((each) => !each.right);
      expect(sum(false)).toBeCloseTo(question.kind === 'many' && hasWrong ? -100 : 0, 3);
    }),
    { numRuns: 100 },
  );
});

test('numbers come back with their ranges and feedback', () => {
  const mistake = fc.record({ middle: fc.integer({ min: -1e6, max: 1e6 }), feedback: markup });
  const mistakes = fc.array(mistake, { maxLength: 3 });
  const shape = { ask: markup, answer: fc.double({ min: -1e9, max: 1e9, noNaN: true }), unit: hostile };
  const known = fc.record({ ...shape, right: markup, wrong: markup, mistakes });
  fc.assert(
    fc.property(known, (drawn) => {
      const ranges = drawn.mistakes.map(({ middle, feedback }) => ({
        from: middle - 1,
        to: middle + 1,
        feedback,
      }));
      const { text } = giftFor({ ...drawn, kind: 'number', id: 'q', tolerance: 0.5, mistakes: ranges });
      const [read] = readGift(text);
      expect(page(read?.text ?? '')).toBe(page(`${drawn.ask} (Unit: ${escaped(drawn.unit)})`));
      const [right, ...rest] = read?.answers ?? [];
      const [value, tolerance] = (right?.text ?? '').split(':').map(Number);
      expect(Math.abs((value ?? Number.NaN) - drawn.answer)).toBeLessThan(0.001);
      expect([tolerance, right?.weight, page(right?.feedback ?? '')]).toEqual([0.5, 100, page(drawn.right)]);
      expect(rest.map(({ weight, text: range, feedback }) => [weight, range, page(feedback)])).toEqual([
        ...drawn.mistakes.map(({ middle, feedback }) => [0, `${middle}:1`, page(feedback)]),
        [0, '', page(drawn.wrong)],
      ]);
    }),
    { numRuns: 100 },
  );
});

test('pairs come back, and what belongs to none; or the question is named', () => {
  const pair = fc.record({ left: markup, feedback: markup });
  const others = fc.array(fc.record({ text: markup, feedback: markup }), { maxLength: 3 });
  const texts = fc.array(markup, { minLength: 3, maxLength: 3 });
  const drawn = fc.record({ ask: markup, pairs: fc.tuple(pair, pair, pair), texts, others });
  fc.assert(
    fc.property(drawn, ({ ask, pairs, texts, others }) => {
      const choices = [...texts.map((text) => ({ text })), ...others];
      const question: MatchQuestion = {
        kind: 'match',
        id: 'q',
        ask,
        pairs: pairs.map((each, right) => ({ ...each, right })),
        choices,
      };
      if (choices.some(({ text }) => /&&\d{3}/.test(line(wordsOf(text))))) {
        expect(giftFor(question)).toMatchObject({ written: 0, leftOut: [{ id: 'q', what: 'match' }] });
        return;
      }
      const read = readOne(question);
      expect(read.pairs.map(({ left, right }) => [page(left), right])).toEqual([
        ...pairs.map(({ left }, at) => [page(left), line(wordsOf(texts[at] ?? ''))]),
        ...others.map(({ text }) => ['', line(wordsOf(text))]),
      ]);
      for (const { feedback } of [...pairs, ...others]) expect(page(read.general)).toContain(page(feedback));
    }),
    { numRuns: 100 },
  );
});

test('short answers come back, the wrong ones with their own feedback; or they are named', () => {
  const drawn = fc.record({ ask: markup, answer: hostile, right: markup, wrong: markup });
  fc.assert(
    fc.property(drawn, (texts) => {
      const question: TextQuestion = { ...texts, kind: 'text', id: 'q', accept: ['a b?'], mistakes: [] };
      const { leftOut } = giftFor(question);
      const read = readOne(question);
      const answer = line(texts.answer).replaceAll('*', '\\*');
      const cannot = /&&\d{3}|->/.test(answer);
      expect(leftOut.length).toBe(cannot ? 1 : 0);
      const expected = [...(cannot ? [] : [answer]), 'a ', 'a b'];
      const found = read.answers.slice(0, -1).map(({ text }) => text);
      expect(new Set(found)).toEqual(new Set(expected.map((each) => each.trim())));
      expect(read.answers.at(-1)).toMatchObject({ weight: 0, text: '*' });
      expect(page(read.answers.at(-1)?.feedback ?? '')).toBe(page(texts.wrong));
    }),
    { numRuns: 100 },
  );
});
