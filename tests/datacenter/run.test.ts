// The run as its door shows it: refusals before boot, deeds at their moment, and replays that repeat a run to
// the byte, also after single steps. On the real engine and the real sandbox.
import { afterAll, describe, expect, it } from 'vitest';
import { sandboxTexts } from '../../src/build/sandbox-texts.ts';
import type { Action, ClusterSpec } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { RunProblem } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());
const sandbox = loadSandbox('load-balancer', await sandboxTexts());

const box = (text: string, more: Partial<ClusterSpec> = {}): RunSpec => ({
  cluster: { name: 'test', title: 'Test', machines: [{ name: 'box', program: 'main.mjs' }], ...more },
  files: { 'test/main.mjs': text },
  sandbox: 'test',
  seed: 1,
});

async function complaintOf(spec: RunSpec): Promise<string> {
  const problem = await runtime.boot(spec).then(
    () => null,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(RunProblem);
  return problem instanceof RunProblem ? problem.message : '';
}

describe('a boot is refused, with what to do, when', () => {
  const cases: readonly (readonly [string, RunSpec, string])[] = [
    [
      'there is no machine',
      box('', { machines: [] }),
      'expected 1 to 1000 machines, found 0: correct `machines`',
    ],
    [
      'there are ten thousand',
      box('', {
        machines: Array.from({ length: 10_000 }, (_, i) => ({ name: `m${i}`, program: 'main.mjs' })),
      }),
      'expected 1 to 1000 machines, found 10000: correct `machines`',
    ],
    [
      'a latency is negative',
      box('', { links: { default: { latencyMs: -1 } } }),
      'expected a latency of 0 to 600000 ms, found -1: correct `links.default.latencyMs`',
    ],
    [
      'a latency is no number',
      box('', { links: { default: { latencyMs: Number.NaN } } }),
      'expected a latency of 0 to 600000 ms, found NaN: correct `links.default.latencyMs`',
    ],
    [
      'a link names a stranger',
      box('', { links: { between: [{ a: 'box', b: 'moon' }] } }),
      "expected a machine of the cluster (box), found 'moon': correct `links.between`",
    ],
    [
      'a program is missing',
      box('', { machines: [{ name: 'box', program: 'other.mjs' }] }),
      "expected a program of the sandbox (main.mjs), found 'other.mjs': correct `program` of box, or add the file",
    ],
    [
      'a file does not parse',
      box("console.log('a');\nconst = 1;\n"),
      'test/main.mjs:2: expected JavaScript, or TypeScript whose types can be erased, found a syntax error: Unexpected token: mend line 2, or what stands just before it',
    ],
    [
      'a module is unknown',
      box("import x from 'node:nothing';\n"),
      "test/main.mjs:1: expected a module that the data center carries (node:http, node:net, node:fs, …) or a file of the sandbox, found an import of 'node:nothing': correct the name, or do without: the engine page lists what is carried",
    ],
    [
      'an imported file is missing',
      box("\nimport './gone.mjs';\n"),
      "test/main.mjs:2: expected a file of the sandbox, found an import of './gone.mjs': add test/gone.mjs, or correct the path (with its ending)",
    ],
    [
      'an action names a stranger',
      { ...box(''), actions: [{ atNs: 1, do: 'kill', machine: 'moon' }] },
      "expected a machine of the cluster (box), found 'moon': correct the action 'kill'",
    ],
  ];
  for (const [name, spec, message] of cases) {
    it(name, async () => expect(await complaintOf(spec)).toBe(message));
  }
});

describe('a run', () => {
  it('repeats to the byte when its actions are given in advance', async () => {
    const { run } = await runtime.boot(runSpec(sandbox, { seed: 7 }));
    await run.advanceTo(2e9);
    const killed = await run.act({ do: 'kill', machine: 'app2' });
    await run.advanceTo(3.2e9);
    const cut = await run.act({ do: 'cut', from: 'balancer', to: 'app1', oneWay: true });
    const last = await run.advanceTo(8e9);
    const actions = [...killed.events, ...cut.events].flatMap((event) =>
      event.kind === 'action' ? [event.action] : [],
    );
    expect(actions.map(({ atNs }) => atNs)).toEqual([2e9, 3.2e9]);
    const again = await runtime.boot(runSpec(sandbox, { seed: 7, actions }));
    expect((await again.run.advanceTo(8e9)).hash).toBe(last.hash);
  });

  it('repeats to the byte also when it was acted on after single steps', async () => {
    const { run } = await runtime.boot(runSpec(sandbox, { seed: 3 }));
    await run.advanceTo(1.5e9);
    const actions: Action[] = [];
    for (const machine of ['app1', 'app3']) {
      for (let step = 0; step < 5; step++) await run.step();
      const batch = await run.act({ do: 'freeze', machine });
      actions.push(...batch.events.flatMap((event) => (event.kind === 'action' ? [event.action] : [])));
    }
    const last = await run.advanceTo(4e9);
    const again = await runtime.boot(runSpec(sandbox, { seed: 3, actions }));
    expect(actions).toHaveLength(2);
    expect((await again.run.advanceTo(4e9)).hash).toBe(last.hash);
  });

  it('gives other traces for other seeds', async () => {
    const hashes = new Set<string>();
    for (const seed of [1, 2, 3]) {
      const { run } = await runtime.boot(runSpec(sandbox, { seed }));
      hashes.add((await run.advanceTo(1e9)).hash);
    }
    expect(hashes.size).toBe(3);
  });

  it('tells of a step at a time', async () => {
    const { run, first } = await runtime.boot(
      box(
        "setTimeout(() => console.log('one'), 5); setTimeout(() => console.log('two'), 9); setInterval(() => 0, 1000);",
      ),
    );
    expect(first.nowNs).toBe(0);
    const one = await run.step();
    expect([one.nowNs, one.events.length]).toEqual([5e6, 1]);
    const two = await run.step();
    expect([two.nowNs, two.events.length]).toEqual([9e6, 1]);
  });

  it('shows an edit to programs that start after it', async () => {
    const { run } = await runtime.boot(box("console.log('first version'); setInterval(() => 0, 1000);"));
    await run.act({ do: 'edit', path: 'test/main.mjs', text: "console.log('second version');" });
    await run.act({ do: 'restart', machine: 'box' });
    const { events } = await run.advanceTo(1e9);
    expect(events.flatMap((event) => (event.kind === 'log' ? [event.text] : []))).toEqual([
      'second version\n',
    ]);
  });

  it('refuses a deed on a machine that is not there, and goes on', async () => {
    const { run } = await runtime.boot(box('setInterval(() => 0, 1000);'));
    await expect(run.act({ do: 'kill', machine: 'moon' })).rejects.toThrow("found 'moon'");
    expect((await run.advanceTo(1e9)).nowNs).toBe(1e9);
  });
});

describe('each end of a machine is told apart by its peer', () => {
  const server =
    "import { createServer } from 'node:net'; createServer((s) => { s.on('data', (d) => s.write(d)); s.on('error', () => 0); }).listen(7);";
  const client = `import { connect } from 'node:net';
    const s = connect({ host: 'server', port: 7 });
    s.on('connect', () => setInterval(() => s.write('x'), 100));
    s.on('end', () => console.log('end')); s.on('error', (e) => console.log('error', e.code)); s.on('close', () => { console.log('close'); process.exit(0); });
    s.on('data', () => 0);`;
  const spec = (actions: Action[]): RunSpec => ({
    cluster: {
      name: 't',
      title: 't',
      machines: [
        { name: 'server', program: 's.mjs' },
        { name: 'client', program: 'c.mjs' },
      ],
    },
    files: { 't/s.mjs': server, 't/c.mjs': client },
    sandbox: 't',
    seed: 1,
    actions,
  });
  const ends: readonly (readonly [string, Action[], string[]])[] = [
    [
      'killed: the kernel closes at once',
      [{ atNs: 1.05e9, do: 'kill', machine: 'server' }],
      ['end\n', 'close\n'],
    ],
    ['frozen: accepted, never answered', [{ atNs: 1.05e9, do: 'freeze', machine: 'server' }], []],
    ['no power: silence', [{ atNs: 1.05e9, do: 'powerOff', machine: 'server' }], []],
    [
      'power back: a reset',
      [
        { atNs: 1.05e9, do: 'powerOff', machine: 'server' },
        { atNs: 2.05e9, do: 'restart', machine: 'server' },
      ],
      ['error ECONNRESET\n', 'close\n'],
    ],
    ['cut: silence', [{ atNs: 1.05e9, do: 'cut', from: 'client', to: 'server' }], []],
  ];
  for (const [name, actions, heard] of ends) {
    it(name, async () => {
      const { run, first } = await runtime.boot(spec(actions));
      const { events } = await run.advanceTo(10e9);
      const texts = [...first.events, ...events].flatMap((event) =>
        event.kind === 'log' && event.machine === 'client' ? [event.text] : [],
      );
      expect(texts).toEqual(heard);
    });
  }
});
