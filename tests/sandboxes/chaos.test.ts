// The chaotic cluster is chaotic: over a few seeds every deed of the contract is done, and everything that the trace can
// tell of comes up. And it is a function of its seed: again, rewound to any moment, in steps, on a computer elsewhere.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import type { Action, TraceEvent } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { CHAOS_UNTIL_NS, chaosSpec } from './chaos.ts';
import { chaosOf, deedsOfChaos } from './chaos-actions.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

/** The texts that a type of the contract allows: `literals('Deed', 'do')`, `literals('MachineState')`. */
function literals(type: string, property?: string): string[] {
  const file = 'src/datacenter/contract.ts';
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = new Set<string>();
  const collect = (node: ts.Node): void => {
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) found.add(node.literal.text);
    else if (ts.isTypeReferenceNode(node))
      for (const text of literals(node.typeName.getText())) found.add(text);
    else ts.forEachChild(node, collect);
  };
  const search = (node: ts.Node): void => {
    if (property === undefined) collect(node);
    else if (ts.isPropertySignature(node) && node.name.getText() === property && node.type)
      collect(node.type);
    else ts.forEachChild(node, search);
  };
  ts.forEachChild(source, (node) => {
    if (ts.isTypeAliasDeclaration(node) && node.name.text === type) search(node.type);
  });
  return [...found].sort();
}

async function play(seed: number): Promise<{ events: TraceEvent[]; hash: string }> {
  const { run, first } = await runtime.boot(chaosSpec(seed));
  const last = await run.advanceTo(CHAOS_UNTIL_NS);
  return { events: [...first.events, ...last.events], hash: last.hash };
}

describe('the chaos', () => {
  test('does every deed that the contract has, in every run', () => {
    expect(literals('Deed', 'do')).toContain('powerOff');
    expect([...deedsOfChaos].sort()).toEqual(literals('Deed', 'do'));
    for (const seed of [1, 2, 3]) {
      const actions = chaosOf(seed, 4000);
      expect([...new Set(actions.map((action) => action.do))].sort(), `seed=${seed}`).toEqual(
        literals('Deed', 'do'),
      );
    }
    const many = [1, 2, 3, 4, 5].flatMap((seed) => chaosOf(seed, 4000));
    for (const option of ['oneWay', 'torn'])
      expect(
        many.some((action) => option in action),
        option,
      ).toBe(true);
  });

  test('brings out everything that a trace can tell of', async () => {
    const seen = new Map<string, Set<string>>();
    const see = (what: string, value: string) => seen.set(what, (seen.get(what) ?? new Set()).add(value));
    const wanted = {
      kind: literals('TraceFact', 'kind'),
      lost: literals('TraceFact', 'lost'),
      protocol: literals('TraceFact', 'protocol'),
      state: literals('MachineState'),
      stream: literals('TraceFact', 'stream'),
    };
    const missing = () =>
      Object.entries(wanted).flatMap(([what, values]) =>
        values.filter((value) => seen.get(what)?.has(value) !== true).map((value) => `${what} ${value}`),
      );
    for (let seed = 1; seed <= 12 && (seed === 1 || missing().length > 0); seed++) {
      for (const event of (await play(seed)).events) {
        for (const [what, value] of Object.entries(event))
          if (Object.hasOwn(wanted, what)) see(what, String(value));
      }
    }
    expect(missing()).toEqual([]);
  });
});

describe('a chaotic run', () => {
  test('is the same again in its thread, and in a fresh one', async () => {
    const [first, second] = [await play(5), await play(5)];
    const fresh = datacenterRuntime();
    const { run } = await fresh.boot(chaosSpec(5));
    const third = await run.advanceTo(CHAOS_UNTIL_NS);
    await fresh.close();
    expect([second.hash, third.hash]).toEqual([first.hash, first.hash]);
    expect((await play(6)).hash).not.toBe(first.hash);
  });

  test('is the same rewound to any moment, however it got there', async () => {
    const moment = fc.integer({ min: 0, max: 1_500_000 }).map((us) => us * 1000);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1000 }),
        fc.array(moment, { minLength: 1, maxLength: 2 }),
        async (seed, moments) => {
          const { run } = await runtime.boot(chaosSpec(seed));
          const stops: number[] = [];
          const hashes: string[] = [];
          for (const atNs of [...moments].sort((a, b) => a - b)) {
            const { nowNs } = await run.step();
            stops.push(Math.max(atNs, nowNs));
            hashes.push((await run.advanceTo(Math.max(atNs, nowNs))).hash);
          }
          for (const [index, atNs] of stops.entries()) {
            const again = await runtime.boot(chaosSpec(seed));
            expect((await again.run.advanceTo(atNs)).hash, `seed=${seed}, at ${atNs} ns`).toBe(hashes[index]);
          }
        },
      ),
      { numRuns: 3, seed: 4711 },
    );
  });

  test('is the same when its deeds are done by hand', async () => {
    const spec = chaosSpec(9);
    const { actions = [], ...calm } = spec;
    const { run } = await runtime.boot(calm);
    const done: Action[] = [];
    for (const { atNs, ...deed } of actions.filter((action) => action.atNs <= 1.6e9)) {
      await run.advanceTo(atNs);
      const { events } = await run.act(deed);
      done.push(...events.flatMap((event) => (event.kind === 'action' ? [event.action] : [])));
    }
    const last = await run.advanceTo(2e9);
    const again = await runtime.boot({ ...calm, actions: done });
    expect(done.length).toBeGreaterThan(8);
    expect((await again.run.advanceTo(2e9)).hash).toBe(last.hash);
  });

  test('is the same on a computer in Tokyo that speaks German', async () => {
    const script = join(import.meta.dirname, 'chaos-hash.ts');
    const env = { ...process.env, TZ: 'Asia/Tokyo', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' };
    const { stdout, stderr } = spawnSync(process.execPath, [script, '7'], { env, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe(`Japanische Normalzeit ${(await play(7)).hash}\n`);
  });
});
