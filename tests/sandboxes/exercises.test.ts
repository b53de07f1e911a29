// Every exercise proves itself in the data center: start fails with seed and time, solution keeps every seed, and each
// program under mistakes/ earns exactly the feedback of its name. And a program that lies about itself earns nothing.
// `npm run check:exercises` prints the same as a table, for all seeds of the solutions.
import { describe, expect, test } from 'vitest';
import type { Check } from '../../sandboxes/_shared/check.ts';
import { sandboxTexts } from '../../src/build/sandbox-texts.ts';
import { exercisesIn, proveExercise } from '../../src/cli/exercise-proof.ts';
import { judgeSeed } from '../../src/runtime/exercise.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { exported, sandboxFromDisk } from './read.ts';

const texts = await sandboxTexts();
/** Of each solution; the rest would cost a minute of CPU. */
const SOLUTION_SEEDS_MAX = 4;

for (const name of exercisesIn(texts)) {
  const folder = name.replace('/', '/exercises/');
  describe(folder, () => {
    test('proves itself', { timeout: 600_000 }, async () => {
      const { programs, complaints } = await proveExercise(texts, name, SOLUTION_SEEDS_MAX);
      expect(complaints).toEqual([]);
      const start = programs.find(({ program }) => program === 'start');
      expect(start?.result.firstFailure?.message).toMatch(/^seed=\d+, at \d+\.\d{3} s: /);
    });

    test('start is what the sandbox ships', () => {
      const root = `${folder}/start/`;
      for (const [path, text] of Object.entries(texts))
        if (path.startsWith(root))
          expect(text).toBe(texts[`${name.split('/')[0]}/${path.slice(root.length)}`]);
    });
  });
}

/** Answers 200 where it should have failed, and says of every request that it went well and of every GET that it was an order. */
const liar = `import { channel } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
const head = ServerResponse.prototype.writeHead;
ServerResponse.prototype.writeHead = function (status, ...rest) {
  return head.call(this, status >= 500 ? 200 : status, ...rest);
};
let id = 0;
setInterval(() => {
  for (let more = 0; more < 20; more++) {
    const value = { id: ++id, ok: true, status: 200, error: '', latencyMs: 1, intendedMs: 0, by: 'app1' };
    channel('brownout:request').publish(value);
    channel('http.client.request.start').publish({ request: { method: 'POST', path: '/item?id=' + id, host: 'app1' } });
  }
}, 100);
export function nextTry(): undefined {}
`;

test('a program that forges what became of its requests is judged by what did', async () => {
  const runtime = datacenterRuntime();
  try {
    const check = await exported<Check>('load-balancer/exercises/retry/check.ts', 'check');
    const sandbox = sandboxFromDisk('load-balancer');
    const work = { runtime, sandbox, exercise: 'retry', check, edits: { 'load-balancer/retry.ts': liar } };
    const findings = await judgeSeed(work, 1);
    // What it pretends to have asked only speaks against it, too.
    expect(findings.find(({ name }) => name === 'every GET is answered')).toMatchObject({ pass: false });
  } finally {
    await runtime.close();
  }
});
