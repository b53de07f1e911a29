// `watch` of cluster.json: what the cockpit draws of the state that machines publish. Its form, and its sense: machines
// that exist, paths that can be followed. Refuses nothing that a program publishes; grading/watched.ts copes with it.
// Called by cluster.ts, which uses the forms of names and texts, too.
import * as z from 'zod/mini';
import type { Complaint, WatchSpec } from '../datacenter/contract.ts';

/** A complaint about what a well-formed file says, and where it says it. */
export type Sense = Pick<Complaint, 'expected' | 'found' | 'fix'> & { readonly path: readonly PropertyKey[] };

const ENTRIES_MAX = 12;

export const machineName = z
  .string()
  .check(
    z.regex(
      /^[a-z][a-z0-9-]{0,30}$/,
      'a name such as app1: small letters, digits and hyphens, a letter first',
    ),
    z.describe('Name of a machine, also its host name: small letters, digits and hyphens.'),
  );
export const text = z.string('a text').check(z.minLength(1, 'a text that is not empty'));

const step = String.raw`(?:[A-Za-z_][A-Za-z0-9_-]*|\*)`;

export const watchEntry = z.strictObject({
  label: text.check(z.maxLength(60, 'a text of at most 60 characters')),
  machines: z
    .array(machineName, 'a list of machines')
    .check(
      z.minLength(1, 'a list of at least one machine'),
      z.describe('Whose published state is looked at: a line for each.'),
    ),
  path: z
    .string('a path such as lag')
    .check(
      z.regex(
        new RegExp(`^${step}(?:\\.${step}){0,4}$`),
        'a path such as lag or queues.*: one to five keys joined by dots',
      ),
      z.describe(
        'Keys from the object published on `brownout:state` down, joined by dots. One may be *: a line for each key.',
      ),
    ),
  kind: z
    .enum(['number', 'share', 'text'], 'number, share or text')
    .check(z.describe('share: a number from 0 to 1, drawn as percent. text: a word, drawn as a band.')),
  unit: z.optional(text.check(z.describe('Of a number, such as ms or records.'))),
  each: z.optional(
    z
      .enum(['last', 'mean', 'most'], 'last, mean or most')
      .check(
        z.describe('What stands for a second: the last value (default), its mean over time, the highest.'),
      ),
  ),
  about: z.optional(text.check(z.describe('A sentence or two for the reader.'))),
});

export const watchSpec = z
  .array(watchEntry, 'a list of what to watch')
  .check(z.maxLength(ENTRIES_MAX, `a list of at most ${ENTRIES_MAX}`));

/** What well-formed entries can still get wrong. `names` are the cluster's machines. */
export function watchSense(entries: readonly WatchSpec[], names: readonly string[]): Sense[] {
  const labels = new Set<string>();
  return entries.flatMap((entry, index) => {
    const wrong: Sense[] = [];
    const say = (path: readonly PropertyKey[], expected: string, found: string, fix: string): void => {
      wrong.push({ path: ['watch', index, ...path], expected, found, fix });
    };
    if (labels.has(entry.label)) say(['label'], 'each label once', `'${entry.label}' twice`, 'rename one');
    labels.add(entry.label);
    entry.machines.forEach((name, number) => {
      if (!names.includes(name))
        say(
          ['machines', number],
          `a machine of the cluster (${names.join(', ')})`,
          `'${name}'`,
          'correct it',
        );
      else if (entry.machines.indexOf(name) < number)
        say(['machines', number], 'each machine once', `'${name}' twice`, 'remove one');
    });
    if (entry.path.split('.').filter((key) => key === '*').length > 1)
      say(['path'], 'at most one * in a path', `'${entry.path}'`, 'name the other keys');
    if (entry.unit !== undefined && entry.kind !== 'number')
      say(['unit'], 'a unit with the kind number only', `one with ${entry.kind}`, 'remove it');
    if (entry.each !== undefined && entry.kind === 'text')
      say(['each'], '`each` with a number or a share only', 'it with a text', 'remove it');
    return wrong;
  });
}
