// Every program under programs/, run by the pinned Node and by the data center: what they print, how they end
// and what errors look like must be equal. A program that cannot be equal is not put there; see refusals.test.ts.
// Real timers on a busy computer may fire in more than one order: Node is asked up to three times, the data center once.
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { datacenterRuntime } from '../../../src/runtime/node-datacenter.ts';
import { onMachine, onNode, programNames } from './both.ts';

const NODE_ASKED_MAX = 3;
const runtime = datacenterRuntime();
afterAll(() => runtime.close());

describe('a program does in the data center what it does on Node', () => {
  for (const name of programNames()) {
    test(name, async () => {
      const [answer, found] = await Promise.all([onNode(name), onMachine(runtime, name)]);
      let expected = answer;
      for (let asked = 1; asked < NODE_ASKED_MAX && !isDeepStrictEqual(found, expected); asked++)
        expected = await onNode(name);
      expect(found).toEqual(expected);
    });
  }
});
