// Random sequences of node:fs calls by seed, on the pinned Node in a folder of its own and on a machine: what each call
// gives, or refuses and how, must be equal. What is drawn stands in programs/parts/fs-random/.
import { afterAll, describe, expect, test } from 'vitest';
import { datacenterRuntime } from '../../../src/runtime/node-datacenter.ts';
import { onMachine, onNode } from './both.ts';

const PROGRAM = 'parts/fs-random/main.mjs';
const CALLS = 100;
/** First and last seed. */
const LOTS = [
  [1, 60],
  [1001, 1060],
] as const;

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

/** The first line that differs, and how to see it again. */
function difference(expected: string, found: string): string {
  const machine = found.split('\n');
  for (const [at, line] of expected.split('\n').entries()) {
    if (line === machine[at]) continue;
    const seed = /^seed=(\d+)/.exec(line)?.[1] ?? '?';
    const again = `${PROGRAM.split('/').at(-1)} ${seed} ${seed} ${CALLS}`;
    const where = `tests/datacenter/node/programs/${PROGRAM.replace(/[^/]*$/, '')}`;
    return `Node:    ${line}\nmachine: ${machine[at]}\nTo repeat, in ${where}: node ${again}; npm run exec -- ${again}`;
  }
  return '';
}

describe('random calls of node:fs do on a machine what they do on Node', () => {
  for (const [first, last] of LOTS) {
    test(`seeds ${first} to ${last}`, async () => {
      const given = [first, last, CALLS].map(String);
      const [node, machine] = await Promise.all([onNode(PROGRAM, given), onMachine(runtime, PROGRAM, given)]);
      expect(difference(node.stdout, machine.stdout)).toBe('');
      expect(machine).toEqual(node);
      expect(node.stdout.split('\n')).toHaveLength((last - first + 1) * CALLS + 1);
    });
  }
});
