// What the cockpit watches of what machines publish: numbers by the second, words by their changes, and what becomes of
// values that a guest has made of any shape. Pure; no cluster runs.
import { expect, test } from 'vitest';
import type { Json, TraceEvent, TraceFact, WatchSpec } from '../../src/datacenter/contract.ts';
import { linesMax, NumberLine, TextLine, WatchedEntry } from '../../src/grading/watched.ts';
import { LabModel } from '../../src/islands/lab/model.ts';
import {
  changesOf,
  linesOf,
  pathOf,
  printed,
  rangeOf,
  segmentsOf,
  spanOf,
} from '../../src/islands/lab/watch-rows.ts';

const spec = (parts: Partial<WatchSpec> = {}): WatchSpec => ({
  label: 'X',
  machines: ['a'],
  path: 'lag',
  kind: 'number',
  ...parts,
});
const at = (s: number): number => s * 1e9;

function numbers(entry: WatchedEntry): Record<string, readonly (number | null)[]> {
  return Object.fromEntries(
    linesOf(entry).map(({ name, line }) => [name, line instanceof NumberLine ? line.seconds : []]),
  );
}

test('a second stands for its last value, its mean over time, or its highest', () => {
  const ways = (['last', 'mean', 'most'] as const).map((each) => {
    const entry = new WatchedEntry(spec({ each }));
    entry.take(at(0), 'a', { lag: 0 });
    entry.take(at(0.5), 'a', { lag: 10 });
    entry.take(at(0.75), 'a', { lag: 2 });
    entry.passTo(at(2.5));
    return numbers(entry)['a'];
  });
  expect(ways).toEqual([
    [2, 2],
    [3, 2],
    [10, 2],
  ]);
});

test('a line for each machine, or for each key of a *, in an order that stays', () => {
  const machines = new WatchedEntry(spec({ machines: ['b', 'a'], path: 'raft.term' }));
  machines.take(at(1), 'a', { raft: { term: 3 } });
  machines.take(at(1), 'c', { raft: { term: 9 } });
  machines.passTo(at(2));
  expect(numbers(machines)).toEqual({ b: [null, null], a: [null, 3] });
  const keys = new WatchedEntry(spec({ path: 'queues.*.length' }));
  keys.take(at(0), 'a', { queues: { t10: { length: 1 }, t9: { length: 2 } } });
  keys.take(at(1), 'a', { queues: { t9: { length: 5 }, t1: 4 } });
  keys.passTo(at(2));
  expect(numbers(keys)).toEqual({ t9: [2, 5], t10: [1, null] });
});

test('words are kept with the moments of their changes, and a machine that is down says nothing', () => {
  const watch = [spec({ machines: ['n1'], path: 'leader', kind: 'text' })];
  const model = new LabModel(watch);
  let seq = 0;
  const happen = (s: number, fact: TraceFact): TraceEvent => ({ seq: seq++, atNs: at(s), ...fact });
  const say = (s: number, leader: Json) =>
    happen(s, { kind: 'publish', machine: 'n1', channel: 'brownout:state', value: { leader } });
  const events = [
    say(1, null),
    say(2, 'n2'),
    say(3, 'n2'),
    happen(4, { kind: 'machine', machine: 'n1', state: 'frozen', why: 'freeze' }),
    happen(5, { kind: 'machine', machine: 'n1', state: 'killed', why: 'kill' }),
  ];
  model.apply({ nowNs: at(6), events, machines: [], links: [], hash: '', idle: false });
  const [line] = model.watched[0]?.lines ?? [];
  if (!(line?.line instanceof TextLine)) throw new Error('expected a line of words');
  expect(line.line.changes).toEqual([
    { atNs: at(1), text: 'none' },
    { atNs: at(2), text: 'n2' },
    { atNs: at(5), text: null },
  ]);
  const span = spanOf(at(30), at(6));
  expect(segmentsOf(line.line, span, at(6), ['n2', 'none'])).toEqual([
    { from: 1, to: 2, text: 'none', tone: 1 },
    { from: 2, to: 5, text: 'n2', tone: 0 },
    { from: 5, to: 6, text: '', tone: -1 },
  ]);
  expect(changesOf([{ name: 'n1', line: line.line }], 1)).toEqual([
    { name: 'n1', atNs: at(5), before: 'n2', text: null },
  ]);
});

test('whatever a guest publishes is bounded, and nothing of it is drawn outside', () => {
  const deep = JSON.parse('[[[['.padEnd(400, '[') + ']'.repeat(400)) as Json;
  const hostile: Json[] = [null, 3, 'x', [], {}, deep, { '*': 1 }, { __proto__: null, lag: 1e308 }];
  hostile.push({ lag: { toString: 'x' } }, { lag: [[deep]] }, { lag: -1 }, { lag: 'y'.repeat(10_000) });
  hostile.push(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, index])));
  for (const path of ['lag', '*', 'lag.*', '*.lag', 'constructor.name', 'length'])
    for (const kind of ['number', 'share', 'text'] as const) {
      const entry = new WatchedEntry(spec({ path, kind }));
      for (let turn = 0; turn < 400; turn += 1)
        entry.take(at(turn * 1.25), 'a', hostile[turn % hostile.length] ?? null);
      entry.passTo(at(500));
      const span = spanOf(at(500), at(500));
      expect(span).toEqual({ from: 380, to: 500 });
      expect(entry.lines.length).toBeLessThanOrEqual(linesMax);
      for (const { line } of entry.lines) {
        if (line instanceof TextLine) {
          expect(line.changes.length).toBeLessThanOrEqual(60);
          expect(Math.max(0, ...line.changes.map(({ text }) => text?.length ?? 0))).toBeLessThanOrEqual(40);
          continue;
        }
        expect(line.seconds.length).toBeLessThanOrEqual(240);
        const row = { name: 'a', now: line.now, most: line.most, seconds: line.seconds, first: line.first };
        const path = pathOf(row, span, rangeOf([row], span, 1), 36);
        expect(path).not.toMatch(/NaN|Infinity/);
        for (const [, y] of path.matchAll(/[\d.-]+ ([\d.-]+)/g)) expect(Number(y)).toBeLessThanOrEqual(36);
      }
    }
});

test('numbers are printed short', () => {
  const shown = [null, 0, 0.034, 0.34, 7, 12.6, 1234.5, 2e9].map((value) => printed(value, 'number'));
  expect(shown).toEqual(['–', '0', '0.034', '0.34', '7', '13', '1,235', '2.0e+9']);
  expect(printed(0.9934, 'share')).toBe('99.3%');
});
