// What is typed to `brownout lab`, as deeds, and what is wrong with it, in words; and what a slow terminal gets to see.
// Pure: neither processes nor a terminal are needed.
import { expect, test } from 'vitest';
import { Screen } from '../../src/cli/lab/screen.ts';
import { readTyped } from '../../src/cli/lab/words.ts';
import type { TraceEvent, TraceFact } from '../../src/datacenter/contract.ts';
import { RunProblem } from '../../src/runtime/runtime.ts';

const machines = [
  { name: 'a', program: 'a.ts', stdin: 'open' },
  { name: 'b', program: 'b.ts' },
] as const;
const typed = (line: string): unknown => {
  const found = readTyped(line, machines);
  if (found.is === 'deed') return found.deed;
  return found.is === 'wrong' ? new RunProblem(found.complaint).message : found.is;
};

test.each([
  ['', 'nothing'],
  ['  list ', 'list'],
  ['help', 'help'],
  ['quit', 'quit'],
  ['kill a', { do: 'kill', machine: 'a' }],
  ['restart  b', { do: 'restart', machine: 'b' }],
  ['freeze a', { do: 'freeze', machine: 'a' }],
  ['thaw a', { do: 'thaw', machine: 'a' }],
  ['off a', { do: 'powerOff', machine: 'a' }],
  ['cut a b', { do: 'cut', from: 'a', to: 'b' }],
  ['mend b a oneway', { do: 'mend', from: 'b', to: 'a', oneWay: true }],
  ['delay a b 150', { do: 'delay', from: 'a', to: 'b', ms: 150 }],
  ['jitter a b 0.5 oneway', { do: 'jitter', from: 'a', to: 'b', ms: 0.5, oneWay: true }],
  ['loss a b 0.1', { do: 'loss', from: 'a', to: 'b', chance: 0.1 }],
  ['slow a b 64', { do: 'slow', from: 'a', to: 'b', kilobitsPerSecond: 64 }],
  ['a {"x":  1} ', { do: 'input', machine: 'a', text: '{"x":  1}\n' }],
  ['fly', "expected a word of `help`, or the name of a machine, found 'fly': type help"],
  ['b hello', 'expected a machine whose program listens to what is typed (a), found b: type help'],
  ['kill', 'expected `kill NAME`, found kill: name one machine'],
  ['kill a b', 'expected `kill NAME`, found kill a b: name one machine'],
  ['kill ü;rm', "expected a machine (a, b), found 'ü;rm': correct the name"],
  ['cut a', 'expected `cut A B`, and `oneway` where it is meant, found cut a: type it so'],
  ['delay a b', 'expected `delay A B MS`, and `oneway` where it is meant, found delay a b: type it so'],
  ['cut a a', 'expected a link between two machines, found a twice: name another machine'],
  ['loss a b 2', "expected a chance from 0 to 1, found '2': correct it"],
  ['delay a b x', "expected milliseconds from 0 to 60000, found 'x': correct it"],
])('%s', (line, expected) => {
  expect(typed(line)).toEqual(expected);
});

test('a terminal that takes no more costs lines, not memory, and is told how many', () => {
  let printed = '';
  let waiting = 0;
  const out = (text: string): void => {
    printed += text;
  };
  const screen = new Screen({ out, waiting: () => waiting }, ['a', 'app1']);
  const show = (...facts: TraceFact[]): void =>
    screen.show(
      facts.map((fact, seq): TraceEvent => ({ seq, atNs: 0, ...fact })),
      0,
    );
  const log = (text: string): TraceFact => ({ kind: 'log', machine: 'a', stream: 'stdout', text });
  show(log('one\tcol\u001b[2J\n'), { kind: 'machine', machine: 'a', state: 'up', why: '' });
  waiting = 2_000_000;
  show(log('two\n'), log('three\n'));
  waiting = 700_000;
  show(log('four\n'));
  waiting = 0;
  screen.show([], 0);
  show(log('five'), { kind: 'machine', machine: 'app1', state: 'crashed', why: 'exited with code 3' });
  show({ kind: 'action', action: { atNs: 0, do: 'delay', from: 'a', to: 'app1', ms: 5, oneWay: true } });
  screen.show([], 9);
  expect(printed).toBe(`a    | one\tcol·[2J
(3 lines left out: this terminal did not take them in time)
a    | five
app1 | (exited with code 3; \`restart app1\` starts it again)
(delay a app1 5 oneway)
(9 lines or packets left out: more came at once than can be followed)
`);
});
