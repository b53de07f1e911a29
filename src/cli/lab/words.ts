// What a reader types to `brownout lab`, as a deed. Pure. Refuses words that it does not know, and machines that are not
// there, with a complaint. Called by lab.ts for each line.
import type { Complaint, Deed, MachineSpec } from '../../datacenter/contract.ts';

export const HELP = `kill NAME · restart NAME · freeze NAME · thaw NAME · off NAME   do so to a machine (restart takes over its files)
cut A B · mend A B · delay A B MS · jitter A B MS · loss A B CHANCE · slow A B KBPS   to a link; \`oneway\` at the end: from A to B only
NAME TEXT   types a line to its program, where that listens
list · help · quit`;

export type Typed =
  | { readonly is: 'nothing' | 'list' | 'help' | 'quit' }
  | { readonly is: 'deed'; readonly deed: Deed }
  | { readonly is: 'wrong'; readonly complaint: Complaint };

const machineDeeds = {
  kill: 'kill',
  restart: 'restart',
  freeze: 'freeze',
  thaw: 'thaw',
  off: 'powerOff',
} as const;
/** What a link's fault is measured in, and the most of it. */
const measures = {
  delay: { named: 'MS', what: 'milliseconds', most: 60_000 },
  jitter: { named: 'MS', what: 'milliseconds', most: 60_000 },
  loss: { named: 'CHANCE', what: 'a chance', most: 1 },
  slow: { named: 'KBPS', what: 'kilobits per second', most: 1e9 },
} as const;

export function readTyped(line: string, machines: readonly MachineSpec[]): Typed {
  const [, verb = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(line) ?? [];
  const words = rest === '' ? [] : rest.split(/\s+/);
  if (verb === '') return { is: 'nothing' };
  if (verb === 'list' || verb === 'help' || verb === 'quit') return { is: verb };
  if (Object.hasOwn(machineDeeds, verb))
    return machineDeed(machineDeeds[verb as keyof typeof machineDeeds], verb, words, machines);
  if (verb === 'cut' || verb === 'mend' || Object.hasOwn(measures, verb))
    return linkDeed(verb as LinkVerb, words, machines);
  const machine = machines.find(({ name }) => name === verb);
  if (machine === undefined)
    return wrong('a word of `help`, or the name of a machine', `'${shown(verb)}'`, 'type help');
  if (isOpen(machine)) return { is: 'deed', deed: { do: 'input', machine: verb, text: `${rest}\n` } };
  const open = machines.filter(isOpen).map(({ name }) => name);
  return wrong(
    `a machine whose program listens to what is typed (${open.join(', ') || 'none here does'})`,
    verb,
    'type help',
  );
}

type LinkVerb = 'cut' | 'mend' | keyof typeof measures;

function machineDeed(
  what: (typeof machineDeeds)[keyof typeof machineDeeds],
  verb: string,
  words: readonly string[],
  machines: readonly MachineSpec[],
): Typed {
  const [name, ...others] = words;
  if (name === undefined || others.length > 0)
    return wrong(`\`${verb} NAME\``, shown([verb, ...words].join(' ')), 'name one machine');
  return strangerAmong([name], machines) ?? { is: 'deed', deed: { do: what, machine: name } };
}

function linkDeed(verb: LinkVerb, words: readonly string[], machines: readonly MachineSpec[]): Typed {
  const isOneWay = words.at(-1) === 'oneway';
  const [from, to, ...values] = isOneWay ? words.slice(0, -1) : words;
  const measure = verb === 'cut' || verb === 'mend' ? null : measures[verb];
  const form = `\`${verb} A B${measure === null ? '' : ` ${measure.named}`}\`, and \`oneway\` where it is meant`;
  if (from === undefined || to === undefined || values.length !== (measure === null ? 0 : 1))
    return wrong(form, shown([verb, ...words].join(' ')), 'type it so');
  const stranger = strangerAmong([from, to], machines);
  if (stranger !== null) return stranger;
  if (from === to) return wrong('a link between two machines', `${from} twice`, 'name another machine');
  const ends = { from, to, ...(isOneWay ? { oneWay: true } : {}) };
  if (verb === 'cut' || verb === 'mend') return { is: 'deed', deed: { do: verb, ...ends } };
  const value = Number(values[0]);
  const { what, most } = measures[verb];
  if (!(value >= 0 && value <= most))
    return wrong(`${what} from 0 to ${most}`, `'${shown(values[0] ?? '')}'`, 'correct it');
  if (verb === 'slow') return { is: 'deed', deed: { do: verb, ...ends, kilobitsPerSecond: value } };
  if (verb === 'loss') return { is: 'deed', deed: { do: verb, ...ends, chance: value } };
  return { is: 'deed', deed: { do: verb, ...ends, ms: value } };
}

function strangerAmong(names: readonly string[], machines: readonly MachineSpec[]): Typed | null {
  const known = machines.map(({ name }) => name);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger === undefined) return null;
  return wrong(`a machine (${known.join(', ')})`, `'${shown(stranger)}'`, 'correct the name');
}

export function isOpen({ stdin, role }: MachineSpec): boolean {
  return stdin === 'open' || role === 'console';
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function wrong(expected: string, found: string, fix: string): Typed {
  return { is: 'wrong', complaint: { expected, found, fix } };
}
