// One question of every kind, as the build would make them ready, with the letters that GIFT takes for itself.
// Holds no test. Used by gift.test.ts.
import { draw } from '../../src/grading/draw.ts';
import type { Question } from '../../src/grading/quiz.ts';

export const smallQuiz: readonly Question[] = [
  {
    kind: 'one',
    id: 'status',
    ask: 'What does <code>{ "status": 503 }</code> say?',
    options: [
      { text: 'Later, perhaps: <code>Retry-After</code> says when.', right: true, feedback: 'Yes.' },
      { text: 'Never.', right: false, feedback: 'That is 410 = <em>Gone</em>.' },
    ],
  },
  {
    kind: 'one',
    id: 'who',
    ask: 'Who answered?',
    exhibit: {
      caption: 'Seed 1.',
      head: ['ms', 'from'],
      rows: [
        ['0.1', 'client'],
        ['2.0', 'app1'],
      ],
    },
    options: [
      { text: '<code>app1</code>', right: true, feedback: 'Yes.' },
      { text: '<code>app2</code>', right: false, feedback: 'It sent nothing.' },
    ],
  },
  {
    kind: 'many',
    id: 'safe',
    ask: 'Which may be sent twice?',
    options: [
      { text: 'GET', right: true, feedback: 'It only reads.' },
      { text: 'PUT', right: true, feedback: 'The second writes the same.' },
      { text: 'DELETE', right: true, feedback: 'Gone is gone.' },
      { text: 'POST', right: false, feedback: 'Two orders.' },
    ],
  },
  draw(
    {
      id: 'rate',
      parameters: { rate: { of: [100, 200] }, lag: { of: [0.1, 0.3] } },
      formulas: { lost: 'rate * lag' },
      ask: '{rate} writes a second, {lag} s behind. How many are lost?',
      answer: 'lost',
      tolerance: 'lost / 100',
      unit: 'writes',
      right: 'Yes: {lost}.',
      wrong: 'Rate × lag.',
      mistakes: [{ from: 'rate - 0.1', to: 'rate + 0.1', feedback: 'That is a whole second.' }],
    },
    1,
  ),
  {
    kind: 'match',
    id: 'reads',
    ask: 'Which reads?',
    pairs: [
      { left: 'W = 1', right: 1, feedback: 'Two of three do not have it.' },
      { left: 'W = 2', right: 0, feedback: 'One of three.' },
    ],
    choices: [{ text: '1/3' }, { text: '2/3' }, { text: '~ 1/2', feedback: 'No share is a half.' }],
  },
  {
    kind: 'text',
    id: 'code',
    ask: 'Which code?',
    answer: 'NXDOMAIN',
    accept: ['nxdomain', 'nx[- ]domain(?: \\(3\\))?', 'nx.*'],
    right: 'Yes, code 3.',
    wrong: 'It is NXDOMAIN.',
    mistakes: [{ pattern: 'no ?data', example: 'nodata', feedback: 'Another no.' }],
  },
  {
    kind: 'order',
    id: 'steps',
    ask: 'Which order?',
    items: [
      { text: 'a', feedback: 'b' },
      { text: 'c', feedback: 'd' },
    ],
    shown: [1, 0],
  },
  {
    kind: 'line',
    id: 'bug',
    ask: 'Which line?',
    caption: 'lock.ts',
    source: 'code',
    lines: [{ no: 1, text: 'x', right: true, feedback: 'y' }],
    otherwise: 'z',
  },
  {
    kind: 'match',
    id: 'two',
    ask: 'Which?',
    pairs: [
      { left: 'a', right: 0, feedback: 'c' },
      { left: 'b', right: 1, feedback: 'd' },
    ],
    choices: [{ text: '1' }, { text: '2' }],
  },
];
