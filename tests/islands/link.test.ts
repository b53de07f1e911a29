// Links that hold a run: what was packed comes out again, and of what a stranger may send nothing is believed.
// Messages are frozen here; the page shows them as they are.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/datacenter/contract.ts';
import { linkOf, readLink, type SharedRun } from '../../src/islands/share/link.ts';

const plain: SharedRun = {
  sandbox: 'load-balancer',
  seed: 4711,
  files: { 'load-balancer/pick.ts': 'export const é = "✓";\n' },
  actions: [{ atNs: 10e9, do: 'kill', machine: 'app2' }],
  atNs: 18_400_000_000,
};

async function packed(value: unknown): Promise<string> {
  return linkOf(value as SharedRun);
}

async function complaint(fragment: string): Promise<string> {
  const reading = await readLink(fragment);
  if (reading.ok) return 'read';
  const { expected, found, fix } = reading.complaint;
  return `expected ${expected}, found ${found}: ${fix}`;
}

test('what a link holds comes out as it went in', async () => {
  const action = fc.oneof(
    fc.record({ atNs: fc.nat(), do: fc.constantFrom('kill', 'freeze', 'powerOff'), machine: fc.string() }),
    fc.record({ atNs: fc.nat(), do: fc.constant('cut'), from: fc.string(), to: fc.string() }),
    fc.record({ atNs: fc.nat(), do: fc.constant('input'), machine: fc.string(), text: fc.string() }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        sandbox: fc.constant('load-balancer'),
        seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        files: fc.dictionary(
          fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
          fc.string({ unit: 'grapheme' }),
          { maxKeys: 5, noNullPrototype: true },
        ),
        actions: fc.array(action, { maxLength: 20 }),
        atNs: fc.nat(),
      }),
      async (run) => {
        const actions = (run.actions as Action[]).sort((a, b) => a.atNs - b.atNs);
        expect(await readLink(await linkOf({ ...run, actions }))).toEqual({
          ok: true,
          run: { ...run, actions },
        });
      },
    ),
    { numRuns: 60 },
  );
});

test('a link is safe in an address: letters, digits, - and _ only', async () => {
  expect(await linkOf(plain)).toMatch(/^#run=1\.[\w-]+$/);
});

test('every cut and every change of a letter is a complaint or the very run, never an exception', async () => {
  const whole = await linkOf(plain);
  for (let end = 0; end < whole.length; end += 7) {
    expect(await complaint(whole.slice(0, end))).toMatch(/^expected a (whole )?link/);
  }
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.constantFrom('A', '_', '!', '\0', '%'),
      async (at, letter) => {
        const reading = await readLink(whole.slice(0, at) + letter + whole.slice(at + 1));
        expect(reading.ok || reading.complaint.fix.length > 0).toBe(true);
      },
    ),
    { numRuns: 80 },
  );
});

describe('refused, with the reason', () => {
  const cases: readonly (readonly [string, () => string | Promise<string>, string])[] = [
    [
      'another version',
      () => '#run=2.AAAA',
      'expected a link of version 1, found version 2: It was made by another edition of this site. Reload this page, or ask for a new link.',
    ],
    [
      'a megabyte',
      () => `#run=1.${'A'.repeat(1_000_000)}`,
      'expected a link of at most 100,000 characters, found 1,000,007: Ask for the files instead of a link.',
    ],
    [
      'no run at all',
      () => '#run=hello',
      'expected a link that begins with #run= and its version, found #run=hello: Copy the whole link again.',
    ],
    [
      'a small link with far too much inside',
      () => packed({ ...plain, files: { 'load-balancer/pick.ts': ' '.repeat(3_000_000) } }),
      'expected a whole link, found more than 2 MB inside: Copy the whole link again.',
    ],
    [
      'a deed that is none',
      () => packed({ ...plain, actions: [{ atNs: 1, do: 'explode', machine: 'app2' }] }),
      'expected actions in order of time, found {"atNs":1,"do":"explode","machine":"app2"}: Ask for a new link.',
    ],
    [
      'actions out of order',
      () =>
        packed({
          ...plain,
          actions: [
            { atNs: 2, do: 'kill', machine: 'app1' },
            { atNs: 1, do: 'kill', machine: 'app2' },
          ],
        }),
      'expected actions in order of time, found {"atNs":1,"do":"kill","machine":"app2"}: Ask for a new link.',
    ],
    [
      'a seed that is none',
      () => packed({ ...plain, seed: -1 }),
      'expected a seed from 0 to 4294967295, found -1: Ask for a new link.',
    ],
    [
      'a moment in another year',
      () => packed({ ...plain, atNs: 1e17 }),
      'expected a moment within 24 hours, in nanoseconds, found 100000000000000000: Ask for a new link.',
    ],
    [
      'files that are no texts',
      () => packed({ ...plain, files: { 'load-balancer/pick.ts': 7 } }),
      'expected text in load-balancer/pick.ts, found 7: Ask for a new link.',
    ],
    [
      'a folder of another kind',
      () => packed({ ...plain, sandbox: '../../etc' }),
      'expected the name of a sandbox, found "../../etc": Ask for a new link.',
    ],
  ];
  for (const [name, fragment, message] of cases)
    test(name, async () => expect(await complaint(await fragment())).toBe(message));
});
