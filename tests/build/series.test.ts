// A recorded run second by second: the lines of what is watched, and their names. Made-up events; real runs are seen in
// the pages.
import { expect, test } from 'vitest';
import type { Recorded } from '../../src/build/recorded.ts';
import { seriesOf, withUnit } from '../../src/build/series.ts';
import type { Json, WatchSpec } from '../../src/datacenter/contract.ts';

const behind: WatchSpec = {
  label: 'Records behind',
  machines: ['store1', 'store2'],
  kind: 'number',
  path: 'behind.*',
  unit: 'records',
};

function runOf(told: readonly (readonly [second: number, machine: string, value: Json])[]): Recorded {
  return {
    name: 'made-up',
    seed: 1,
    untilNs: 4e9,
    hash: '',
    asBuilt: true,
    samples: [],
    machines: [],
    packets: [],
    findings: [],
    values: {},
    events: told.map(([second, machine, value], seq) => ({
      seq,
      kind: 'publish',
      atNs: (second + 0.5) * 1e9,
      machine,
      channel: 'brownout:state',
      value,
    })),
  };
}

test('what one primary tells and then the next is one line for each replica', () => {
  const { watched } = seriesOf(
    runOf([
      [0, 'store1', { behind: { store2: 5, store3: 6 } }],
      [2, 'store2', { behind: { store3: 7 } }],
    ]),
    [behind],
  );
  expect(watched.map(({ name }) => name)).toEqual(['store2', 'store3']);
  expect(watched[1]?.values[0]).toBe(6);
  expect(watched[1]?.values[2]).toBe(7);
});

test('a unit that the label names already is not said twice', () => {
  expect(withUnit({ label: 'Records behind', unit: 'records' })).toBe('Records behind');
  expect(withUnit({ label: 'Acknowledged and gone', unit: 'writes' })).toBe('Acknowledged and gone (writes)');
  expect(withUnit({ label: 'Served', unit: '' })).toBe('Served');
});
