// Session promises and lost writes: what breaks each, and what looks like a breach and is none.
// Times in milliseconds; a `null` end means that no answer came.
import { expect, test } from 'vitest';
import { historyOf, type Value } from '../../src/grading/history.ts';
import { lostWrites, monotonicReads, readYourWrites } from '../../src/grading/history-sessions.ts';

type Line = readonly [
  client: string,
  start: number,
  end: number | null,
  name: string,
  value?: Value,
  version?: number,
];

/** `value` is what a get answered, and what everything else was asked with. */
function history(lines: readonly Line[]) {
  return historyOf(
    lines.map(([client, start, end, name, value = null, version]) => ({
      ...{ client, name, key: 'x', startNs: start * 1e6, endNs: end === null ? null : end * 1e6 },
      ...(name === 'get' ? { result: value } : { argument: value }),
      ...(version === undefined ? {} : { version }),
    })),
  );
}

const words = (breaches: readonly { words: string }[]) => breaches.map((breach) => breach.words);

test('a client reads less than it wrote', () => {
  expect(
    words(
      readYourWrites(
        history([
          ['a', 0, 1, 'put', 1],
          ['a', 2, 3, 'get', null],
        ]),
      ),
    ),
  ).toEqual(['a: get(x) = null, 2 ms to 3 ms shows less than its own a: put(x, 1), 0 ms to 1 ms']);
  const older: Line[] = [
    ['b', 0, 1, 'put', 1],
    ['a', 2, 3, 'put', 2],
    ['a', 4, 5, 'get', 1],
  ];
  expect(readYourWrites(history(older))).toHaveLength(1);
});

test('what is no breach of reading your writes', () => {
  const fine: readonly Line[][] = [
    [
      ['a', 0, 1, 'put', 1],
      ['b', 2, 3, 'get', null],
    ], // Another client's read.
    [
      ['a', 0, null, 'put', 1],
      ['a', 9, 10, 'get', null],
    ], // The write was never acknowledged.
    [
      ['b', 0, 9, 'put', 1],
      ['a', 2, 3, 'put', 2],
      ['a', 4, 5, 'get', 1],
    ], // Overlapping: may be newer.
    [
      ['a', 0, 1, 'put', 1],
      ['b', 2, 3, 'put', 2],
      ['a', 4, 5, 'get', 2],
    ],
    [
      ['a', 0, 1, 'put', 1],
      ['b', 2, 3, 'delete'],
      ['a', 4, 5, 'get', null],
    ],
    [
      ['a', 0, 1, 'put', 1],
      ['b', 2, 3, 'cas', [1, 5]],
      ['a', 4, 5, 'get', 5],
    ],
  ];
  for (const lines of fine) expect(readYourWrites(history(lines))).toEqual([]);
});

test('versions that the store told decide where time does not', () => {
  const lines: Line[] = [
    ['b', 0, 9, 'put', 1, 1],
    ['a', 2, 3, 'put', 2, 2],
    ['a', 4, 5, 'get', 1, 1],
  ];
  expect(readYourWrites(history(lines))).toHaveLength(1);
});

test('a client reads less than it had read', () => {
  const lines: Line[] = [
    ['w', 0, 1, 'put', 1],
    ['w', 2, 3, 'put', 2],
    ['a', 4, 5, 'get', 2],
    ['a', 6, 7, 'get', 1],
    ['b', 8, 9, 'get', 1],
  ];
  expect(words(monotonicReads(history(lines)))).toEqual([
    'a: get(x) = 1, 6 ms to 7 ms shows less than a: get(x) = 2, 4 ms to 5 ms',
  ]);
  expect(
    monotonicReads(
      history([
        ['w', 0, 1, 'put', 1],
        ['a', 2, 3, 'get', 1],
        ['a', 4, 5, 'get', null],
      ]),
    ),
  ).toHaveLength(1);
});

test('an acknowledged write is gone at the end', () => {
  const lines: Line[] = [
    ['a', 0, 1, 'put', 1],
    ['b', 2, 3, 'put', 2],
    ['c', 4, null, 'put', 3],
  ];
  const end = (value: Value) => words(lostWrites(history(lines), new Map([['x', value]])));
  expect(end(2)).toEqual([]);
  expect(end(3)).toEqual([]);
  expect(end(1)).toEqual(['b: put(x, 2), 2 ms to 3 ms was acknowledged; at the end there is 1']);
  expect(end(null)).toHaveLength(2);
});

test('acknowledged members and counts are gone at the end', () => {
  const members: Line[] = [
    ['a', 0, 1, 'add', 1],
    ['b', 2, 3, 'add', 2],
    ['c', 4, null, 'add', 3],
    ['d', 5, 6, 'add', 4],
    ['d', 7, null, 'remove', 4],
  ];
  expect(lostWrites(history(members), new Map([['x', [2, 1]]]))).toEqual([]);
  expect(words(lostWrites(history(members), new Map([['x', [2, 3]]])))).toEqual([
    'a: add(x, 1), 0 ms to 1 ms was acknowledged; at the end it is not among [2,3]',
  ]);
  const counts: Line[] = [
    ['a', 0, 1, 'add', 5],
    ['b', 2, 3, 'add', 2],
    ['c', 4, null, 'add', 9],
  ];
  expect(lostWrites(history(counts), new Map([['x', 7]]))).toEqual([]);
  expect(words(lostWrites(history(counts), new Map([['x', 6]])))).toEqual([
    'b: add(x, 2), 2 ms to 3 ms was acknowledged; at the end the count is 6, at least 7 were acknowledged',
  ]);
});

test('refuses a value put twice: nobody could say which write a read shows', () => {
  expect(() =>
    readYourWrites(
      history([
        ['a', 0, 1, 'put', 1],
        ['b', 0, 1, 'put', 1],
      ]),
    ),
  ).toThrow("expected each value put once to 'x', found 1 twice: correct the test");
});
