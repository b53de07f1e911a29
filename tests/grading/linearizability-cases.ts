// Data table: known good and bad histories, each with its reason. Times in milliseconds, overlapping where they
// touch; a `null` end means that no answer came. Used by linearizability.test.ts.
import { historyOf, type Value } from '../../src/grading/history.ts';
import {
  counterModel,
  keyValueModel,
  listModel,
  type Model,
  registerModel,
  setModel,
} from '../../src/grading/linearizability.ts';

export type Line = readonly [
  client: string,
  start: number,
  end: number | null,
  name: string,
  argument?: Value,
  result?: Value,
];

export function history(lines: readonly Line[], key = '') {
  return historyOf(
    lines.map(([client, start, end, name, argument = null, result]) => ({
      ...{ client, name, key, argument, startNs: start * 1e6, endNs: end === null ? null : end * 1e6 },
      ...(result === undefined ? {} : { result }),
    })),
  );
}

interface Case {
  readonly why: string;
  readonly model: Model;
  readonly lines: readonly Line[];
}

export const good: readonly Case[] = [
  { why: 'nothing happened', model: registerModel, lines: [] },
  {
    why: 'a read that overlaps a write may see the old value',
    model: registerModel,
    lines: [
      ['a', 0, 10, 'put', 1],
      ['b', 5, 6, 'get', null, null],
    ],
  },
  {
    why: 'a read that overlaps a write may see the new value, before the writer knows',
    model: registerModel,
    lines: [
      ['a', 0, 10, 'put', 1],
      ['b', 2, 4, 'get', null, 1],
      ['c', 5, 6, 'get', null, 1],
    ],
  },
  {
    why: 'overlapping writes take effect in either order (Herlihy and Wing, figure 1)',
    model: registerModel,
    lines: [
      ['a', 0, 10, 'put', 0],
      ['b', 1, 9, 'put', 1],
      ['c', 11, 12, 'get', null, 0],
    ],
  },
  {
    why: 'a write without an answer may have taken effect',
    model: registerModel,
    lines: [
      ['a', 0, 1, 'put', 1],
      ['a', 2, null, 'put', 2],
      ['b', 50, 51, 'get', null, 2],
    ],
  },
  {
    why: 'a write without an answer may not have taken effect',
    model: registerModel,
    lines: [
      ['a', 0, 1, 'put', 1],
      ['a', 2, null, 'put', 2],
      ['b', 50, 51, 'get', null, 1],
    ],
  },
  {
    why: 'a write without an answer may take effect long after, between two reads',
    model: registerModel,
    lines: [
      ['a', 0, 1, 'put', 1],
      ['a', 2, null, 'put', 2],
      ['b', 50, 51, 'get', null, 1],
      ['b', 60, 61, 'get', null, 2],
    ],
  },
  {
    why: 'of two overlapping compare-and-sets from the same value one hits',
    model: registerModel,
    lines: [
      ['a', 0, 1, 'put', 1],
      ['a', 2, 9, 'cas', [1, 2], true],
      ['b', 3, 8, 'cas', [1, 3], false],
      ['c', 10, 11, 'get', null, 2],
    ],
  },
  {
    why: 'a delete says whether something was there',
    model: keyValueModel,
    lines: [
      ['a', 0, 1, 'put', 1],
      ['a', 2, 3, 'delete', null, true],
      ['a', 4, 5, 'delete', null, false],
      ['b', 6, 7, 'get', null, null],
    ],
  },
  {
    why: 'overlapping adds answer with sums in the order in which they were done',
    model: counterModel,
    lines: [
      ['a', 0, 10, 'add', 1, 3],
      ['b', 0, 10, 'add', 2, 2],
      ['c', 5, 20, 'get', null, 3],
    ],
  },
  {
    why: 'a list shows appends in one order to all readers',
    model: listModel,
    lines: [
      ['a', 0, 10, 'append', 1],
      ['b', 0, 10, 'append', 2],
      ['c', 5, 6, 'read', null, [2]],
      ['d', 11, 12, 'read', null, [2, 1]],
    ],
  },
  {
    why: 'a set answers in any order, and forgets what was removed',
    model: setModel,
    lines: [
      ['a', 0, 1, 'add', 1],
      ['a', 2, 3, 'add', 2],
      ['b', 4, 5, 'read', null, [2, 1]],
      ['a', 6, 7, 'remove', 1],
      ['b', 8, 9, 'read', null, [2]],
    ],
  },
];

export const bad: readonly Case[] = [
  {
    why: 'a stale read: the write was answered before the read was asked',
    model: registerModel,
    lines: [
      ['a', 0, 1, 'put', 1],
      ['b', 2, 3, 'get', null, null],
    ],
  },
  {
    why: 'a read of what nobody wrote',
    model: registerModel,
    lines: [
      ['a', 0, 1, 'put', 1],
      ['b', 0, 3, 'get', null, 7],
    ],
  },
  {
    why: 'new, then old: the second reader came after the first had seen the new value',
    model: registerModel,
    lines: [
      ['a', 0, 10, 'put', 1],
      ['b', 1, 2, 'get', null, 1],
      ['c', 3, 4, 'get', null, null],
    ],
  },
  {
    why: 'two readers see overlapping writes in different orders',
    model: registerModel,
    lines: [
      ['a', 0, 10, 'put', 1],
      ['b', 0, 10, 'put', 2],
      ['c', 11, 12, 'get', null, 1],
      ['d', 13, 14, 'get', null, 2],
    ],
  },
  {
    why: 'a write without an answer cannot come back after it was overwritten and read',
    model: registerModel,
    lines: [
      ['a', 0, null, 'put', 1],
      ['b', 5, 6, 'get', null, 1],
      ['c', 7, 8, 'put', 2],
      ['b', 9, 10, 'get', null, 1],
    ],
  },
  {
    why: 'both of two compare-and-sets from one value hit: two leaders',
    model: registerModel,
    lines: [
      ['a', 0, 9, 'cas', [null, 'a'], true],
      ['b', 1, 8, 'cas', [null, 'b'], true],
    ],
  },
  {
    why: 'a deleted value comes back: the tombstone was lost',
    model: keyValueModel,
    lines: [
      ['a', 0, 1, 'put', 1],
      ['a', 2, 3, 'delete'],
      ['b', 4, 5, 'get', null, 1],
    ],
  },
  {
    why: 'a lost update: two adds were acknowledged, one shows',
    model: counterModel,
    lines: [
      ['a', 0, 2, 'add', 1],
      ['b', 1, 3, 'add', 1],
      ['c', 4, 5, 'get', null, 1],
    ],
  },
  {
    why: 'two readers see two orders of the same appends: a split brain',
    model: listModel,
    lines: [
      ['a', 0, 10, 'append', 1],
      ['b', 0, 10, 'append', 2],
      ['c', 11, 12, 'read', null, [1, 2]],
      ['d', 11, 12, 'read', null, [2, 1]],
    ],
  },
  {
    why: 'an element added twice by a retry',
    model: listModel,
    lines: [
      ['a', 0, 1, 'append', 1],
      ['b', 2, 3, 'read', null, [1, 1]],
    ],
  },
  {
    why: 'an element lost from a set',
    model: setModel,
    lines: [
      ['a', 0, 1, 'add', 1],
      ['a', 2, 3, 'add', 2],
      ['b', 4, 5, 'read', null, [2]],
    ],
  },
];
