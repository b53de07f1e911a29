// Links that hold an assignment: what was packed comes out with the same id, and of what a stranger may send nothing is
// believed: a bad link is a complaint, never an exception. Messages are frozen here; the pages show them as they are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignmentFragment, readAssignmentFragment } from '../../src/islands/assign/link.ts';
import { readLink } from '../../src/islands/share/link.ts';
import { fragmentOf } from '../../src/islands/share/packed.ts';
import { readAssignment } from '../../src/teaching/assignment.ts';

const plain = {
  format: 'brownout-assignment',
  version: 1,
  title: 'Week 3: náměty ✓',
  course: '0.1.0',
  items: [{ kind: 'quiz', chapter: 'dns', questions: ['cname', 'ttl'], weight: 2 }],
  due: { local: '2026-11-30T23:59', zone: 'Europe/Vienna' },
  salt: 'a-long-salt',
};

async function complaint(fragment: string): Promise<string> {
  const reading = await readAssignmentFragment(fragment);
  if (reading.ok) return 'read';
  const { expected, found, fix } = reading.complaint;
  return `expected ${expected}, found ${found}: ${fix}`;
}

test('what a link holds comes out with the id of its file', async () => {
  const slug = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
  const items = fc.uniqueArray(fc.tuple(slug, slug, fc.integer({ min: 1, max: 1000 })), {
    selector: ([sandbox, exercise]) => `${sandbox}/${exercise}`,
    minLength: 1,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((title) => title.trim() !== ''),
      fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 }),
      items,
      async (title, salt, chosen) => {
        const exercises = chosen.map(([sandbox, exercise, weight]) => ({
          kind: 'exercise',
          exercise: `${sandbox}/${exercise}`,
          weight,
        }));
        const file = { ...plain, title, salt, items: exercises };
        const fragment = await assignmentFragment(file);
        expect(fragment).toMatch(/^#assignment=1\.[\w-]+$/);
        const reading = await readAssignmentFragment(fragment);
        expect(reading).toEqual({ ok: true, assignment: readAssignment('a.json', JSON.stringify(file)) });
      },
    ),
    { numRuns: 60 },
  );
});

test('every cut and every change of a letter is a complaint or an assignment, never an exception', async () => {
  const whole = await assignmentFragment(plain);
  for (let end = 0; end < whole.length; end += 7)
    expect(await complaint(whole.slice(0, end))).toMatch(/^expected a (whole )?link/);
  const letter = fc.constantFrom('A', '_', '!', '\0', '%', 'é');
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), letter, async (at, other) => {
      expect(await complaint(whole.slice(0, at) + other + whole.slice(at + 1))).toMatch(/^(read$|expected )/);
    }),
    { numRuns: 80 },
  );
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      expect(await complaint(await assignmentFragment({ value }))).toMatch(/^expected /);
    }),
    { numRuns: 40 },
  );
});

test('a bad link is refused, with the reason', async () => {
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const deep = await raw(`{"items":${nested},"seed":${nested},"sandbox":"cache"}`);
  const cases: readonly (readonly [string, string])[] = [
    [
      '#assignment=2.AAAA',
      'expected a link of version 1, found version 2: It was made by another edition of this site. Reload this page, or ask for a new link.',
    ],
    [
      `#assignment=1.${'A'.repeat(1_000_000)}`,
      'expected a link of at most 100,000 characters, found 1,000,014: Ask for assignment.json instead of a link.',
    ],
    [
      '#run=1.AAAA',
      'expected a link that begins with #assignment= and its version, found #run=1.AAAA: Copy the whole link again.',
    ],
    [
      await assignmentFragment({ ...plain, title: ' '.repeat(600_000) }),
      'expected a whole link, found more than 0.5 MB inside: Copy the whole link again.',
    ],
    [
      await assignmentFragment({ ...plain, score: 100 }),
      "expected only known fields in the file, found 'score': remove it, or correct its spelling.",
    ],
    [
      `#assignment=1.${deep}`,
      'expected format: "brownout-assignment", found something else: correct it there.',
    ],
  ];
  for (const [fragment, message] of cases) expect(await complaint(fragment)).toBe(message);
  const run = await readLink(`#run=1.${deep}`);
  expect(run).toMatchObject({ ok: false, complaint: { found: 'something nested too deep' } });
  const kind = { mark: '#x=', version: 1, what: 'an assignment', insteadOfMaking: 'share the file instead.' };
  const huge = Array.from({ length: 60_000 }, (_, index) => (index * 7919) % 65_521);
  await expect(fragmentOf({ ...kind, insteadOfReading: '', unpackedBytesMax: 1 }, huge)).rejects.toThrow(
    /^expected an assignment that fits 100,000 characters of a link, found [\d,]+: share the/,
  );
});

/** Text that JSON.stringify could not write. */
async function raw(json: string): Promise<string> {
  const stream = new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url');
}
