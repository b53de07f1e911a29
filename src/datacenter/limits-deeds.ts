// What a deed must say and what it may: its name, its fields and their types. Actions come from links that strangers made,
// so nothing is taken for granted. Complains with the field's name: expected, found, fix. Called by limits.ts.
import type { Action, Complaint, Deed } from './contract.ts';

const TYPES = {
  machine: 'string',
  from: 'string',
  to: 'string',
  path: 'string',
  text: 'string',
  ms: 'number',
  chance: 'number',
  kilobitsPerSecond: 'number',
  oneWay: 'boolean',
  torn: 'boolean',
} as const;
type Field = keyof typeof TYPES;

const machine: readonly Field[] = ['machine'];
const link: readonly Field[] = ['from', 'to'];
const chance: readonly Field[] = [...link, 'chance'];

const NEEDED: Readonly<Record<Deed['do'], readonly Field[]>> = {
  kill: machine,
  freeze: machine,
  thaw: machine,
  powerOff: machine,
  restart: machine,
  replace: machine,
  slowDisk: [...machine, 'ms'],
  fullDisk: machine,
  failDisk: machine,
  mendDisk: machine,
  input: [...machine, 'text'],
  cut: link,
  mend: link,
  delay: [...link, 'ms'],
  jitter: [...link, 'ms'],
  loss: chance,
  duplicate: chance,
  corrupt: chance,
  reorder: [...chance, 'ms'],
  slow: [...link, 'kilobitsPerSecond'],
  edit: ['path', 'text'],
};

/** Null where the deed has the fields that it needs, and no others. */
export function complainAboutFields(action: Action): Complaint | null {
  const given = action as unknown as Readonly<Record<string, unknown>>;
  const name = String(given['do']);
  const needed = Object.hasOwn(NEEDED, name) ? NEEDED[name as Deed['do']] : undefined;
  if (needed === undefined)
    return {
      expected: `a deed (${Object.keys(NEEDED).join(', ')})`,
      found: `'${name}'`,
      fix: 'correct `do`',
    };
  const may: readonly Field[] = needed.includes('from') ? ['oneWay'] : name === 'powerOff' ? ['torn'] : [];
  const known: readonly Field[] = [...needed, ...may];
  for (const field of known) {
    const value = given[field];
    if (typeof value === TYPES[field] || (value === undefined && may.includes(field))) continue;
    return {
      expected: `\`${field}\` of '${name}' to be a ${TYPES[field]}`,
      found: value === undefined ? 'none' : JSON.stringify(value).slice(0, 60),
      fix: `correct \`${field}\``,
    };
  }
  const stranger = Object.keys(given).find(
    (key) => key !== 'do' && key !== 'atNs' && !known.includes(key as Field) && given[key] !== undefined,
  );
  if (stranger !== undefined)
    return {
      expected: `only ${known.map((field) => `\`${field}\``).join(', ')} in '${name}'`,
      found: `'${stranger}'`,
      fix: 'remove it',
    };
  if (needed.includes('from') && given['from'] === given['to'])
    return {
      expected: 'a link between two machines',
      found: `'${given['from']}' twice`,
      fix: 'correct `to`',
    };
  return null;
}
