// What the engine says to a cluster, a seed or a deed that makes no sense, and cluster.json to numbers out of range: each
// complaint names the field, what was expected, what was found, and what to do. Messages are frozen here.
import { afterAll, describe, expect, test } from 'vitest';
import type { Action } from '../../src/datacenter/contract.ts';
import { LIMITS } from '../../src/datacenter/datacenter.ts';
import { MACHINES_MAX, readCluster } from '../../src/runtime/cluster.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { RunProblem, type RunSpec } from '../../src/runtime/runtime.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());
const machine = (name: string) => ({ name, program: 'main.mjs' });
const spec: RunSpec = {
  cluster: { name: 'test', title: 'Test', machines: [machine('a'), machine('b')] },
  files: { 'test/main.mjs': 'setInterval(() => 0, 1000);' },
  sandbox: 'test',
  seed: 1,
};

async function messageOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RunProblem);
  return error instanceof RunProblem ? error.message : '';
}

test('a seed that is none is refused', async () => {
  for (const seed of [Number.NaN, -1, 1.5, 2 ** 32])
    expect(await messageOf(runtime.boot({ ...spec, seed }))).toBe(
      `expected a whole number from 0 to 4294967295, found ${seed}: correct \`seed\``,
    );
});

describe('a deed is refused, in advance and by hand, when', () => {
  const ends = { from: 'a', to: 'b' };
  const cases: readonly (readonly [string, object, string])[] = [
    [
      'it names a stranger',
      { do: 'kill', machine: 'z' },
      "expected a machine of the cluster (a, b), found 'z': correct the action 'kill'",
    ],
    [
      'it names nobody',
      { do: 'kill' },
      "expected `machine` of 'kill' to be a string, found none: correct `machine`",
    ],
    [
      'a field is of another type',
      { do: 'delay', ...ends, ms: '5' },
      'expected `ms` of \'delay\' to be a number, found "5": correct `ms`',
    ],
    [
      'a field is unknown',
      { do: 'freeze', machine: 'a', mood: 1 },
      "expected only `machine` in 'freeze', found 'mood': remove it",
    ],
    [
      'a link has one end',
      { do: 'cut', from: 'a', to: 'a' },
      "expected a link between two machines, found 'a' twice: correct `to`",
    ],
    [
      'a time is negative',
      { do: 'jitter', ...ends, ms: -1 },
      'expected a delay of 0 to 600000 ms, found -1: correct `ms`',
    ],
    [
      'a time is NaN',
      { do: 'slowDisk', machine: 'a', ms: Number.NaN },
      'expected a slowness of 0 to 600000 ms, found NaN: correct `ms`',
    ],
    [
      'a chance is NaN',
      { do: 'loss', ...ends, chance: Number.NaN },
      'expected a chance of 0 to 1, found NaN: correct `chance`',
    ],
    [
      'a width is infinite',
      { do: 'slow', ...ends, kilobitsPerSecond: Number.POSITIVE_INFINITY },
      'expected 0 to 1000000000 kilobits per second, found Infinity: correct `kilobitsPerSecond`',
    ],
  ];
  for (const [what, deed, message] of cases) {
    test(what, async () => {
      expect(await messageOf(runtime.boot({ ...spec, actions: [{ atNs: 0, ...deed } as Action] }))).toBe(
        message,
      );
      const { run } = await runtime.boot(spec);
      expect(await messageOf(run.act(deed as Action))).toBe(message);
    });
  }

  test('nobody knows it', async () => {
    const actions = [{ atNs: 0, do: 'explode', machine: 'a' } as unknown as Action];
    expect(await messageOf(runtime.boot({ ...spec, actions }))).toMatch(
      /^expected a deed \(kill, freeze, .*, edit\), found 'explode': correct `do`$/,
    );
  });
});

test('a moment that is none is refused, and the run goes on', async () => {
  const { run } = await runtime.boot(spec);
  expect(await messageOf(run.advanceTo(Number.NaN))).toBe(
    'expected a time in nanoseconds, found NaN: correct `atNs`',
  );
  expect((await run.advanceTo(1e6)).nowNs).toBe(1e6);
});

describe('cluster.json is refused when', () => {
  const machines = (count: number) => Array.from({ length: count }, (_, i) => machine(`m${i}`));
  const file = (parts: object) => JSON.stringify({ name: 'x', title: 'X', machines: machines(2), ...parts });
  const link = (parts: string) => file({}).replace(/\}$/, `,"links":{"default":{${parts}}}}`);
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'it has no machine',
      file({ machines: [] }),
      'expected machines to be a list of at least one machine, found []: correct it there',
    ],
    [
      'it has ten thousand',
      file({ machines: machines(10_000) }),
      'expected machines to be a list of at most 1000 machines, found a list of 10000: correct it there',
    ],
    [
      'a latency is negative',
      link('"latencyMs":-1'),
      'expected links, default, latencyMs to be milliseconds, 0 or more, found -1: correct it there',
    ],
    ['a latency is NaN', link('"latencyMs":NaN'), "expected a value, found 'NaN}}}': correct the JSON there"],
    [
      'a jitter is too large for a number',
      link('"jitterMs":1e999'),
      'expected links, default, jitterMs to be milliseconds, found Infinity: correct it there',
    ],
    [
      'a field of a link is unknown',
      link('"latency":1'),
      "expected only known keys in links, default, found 'latency': remove it, or use one of latencyMs, loss, jitterMs, kilobitsPerSecond",
    ],
    [
      'a link has one end',
      file({ links: { between: [{ a: 'm0', b: 'm0' }] } }),
      "expected a link between two machines, found 'm0' twice: name another machine",
    ],
  ];
  for (const [what, source, message] of cases) {
    test(what, () => {
      const reading = readCluster(source, 'cluster.json', ['main.mjs']);
      const complaints = reading.ok ? [] : reading.complaints;
      expect(
        complaints.map(({ expected, found, fix }) => `expected ${expected}, found ${found}: ${fix}`),
      ).toEqual([message]);
    });
  }

  test('and takes as many machines as the engine', () => {
    expect(readCluster(file({ machines: machines(MACHINES_MAX) }), 'cluster.json', ['main.mjs']).ok).toBe(
      true,
    );
    expect(LIMITS.find(({ name }) => name === 'machines of a cluster')?.most).toBe(MACHINES_MAX);
  });
});
