// The faults that a reader can choose from a list, with what has to be said of each (an amount, its unit and limits), and
// the deed that comes of it. Pure data; a deed of the engine that no form or button offers fails a test.
// Refuses amounts outside of the limits by giving no deed. Used by machines.tsx, links.tsx and their tests.
import type { Deed } from '../../datacenter/contract.ts';

/** A number that the reader types. */
export interface AmountField {
  readonly name: 'ms' | 'percent' | 'kilobits';
  readonly label: string;
  readonly unit: string;
  readonly start: number;
  readonly min: number;
  readonly max: number;
}

export interface FaultForm {
  /** Tells forms apart; equal to `deed` but for the power cut that tears writes. */
  readonly key: string;
  readonly deed: Deed['do'];
  readonly label: string;
  readonly amounts: readonly AmountField[];
}

export type Amounts = Readonly<Partial<Record<AmountField['name'], number>>>;

const ms = (label: string, start: number, max = 10_000): AmountField => ({
  name: 'ms',
  label,
  unit: 'ms',
  start,
  min: 0,
  max,
});
const percent = (label: string, start: number): AmountField => ({
  name: 'percent',
  label,
  unit: '%',
  start,
  min: 0,
  max: 100,
});
const form = (deed: Deed['do'], label: string, ...amounts: AmountField[]): FaultForm => ({
  key: deed,
  deed,
  label,
  amounts,
});

/** Beside the four buttons of a machine's row. */
export const machineForms: readonly FaultForm[] = [
  form('slowDisk', 'Slow disk', ms('time that each call takes longer', 50)),
  form('fullDisk', 'Full disk'),
  form('failDisk', 'Failing disk'),
  form('mendDisk', 'Mend disk'),
  { key: 'torn', deed: 'powerOff', label: 'Power off, writes torn', amounts: [] },
  form('replace', 'Replace'),
];

export const linkForms: readonly FaultForm[] = [
  form('delay', 'Delay', ms('time that each packet takes longer', 200)),
  form('jitter', 'Jitter', ms('most that a packet takes longer', 50)),
  form('loss', 'Loss', percent('packets lost', 5)),
  form('duplicate', 'Duplicate', percent('packets that arrive twice', 10)),
  form('reorder', 'Reorder', percent('packets overtaken', 10), ms('most that they take longer', 20)),
  form('corrupt', 'Corrupt', percent('packets spoiled', 5)),
  form('slow', 'Slow', {
    name: 'kilobits',
    label: 'what it carries',
    unit: 'kbit/s',
    start: 256,
    min: 0,
    max: 1_000_000,
  }),
  form('cut', 'Cut'),
  form('mend', 'Mend'),
];

export type Way = 'both' | 'forth' | 'back';

/** The field whose amount is no number within its limits. */
export function wrongAmount(fault: FaultForm, amounts: Amounts): AmountField | undefined {
  return fault.amounts.find(({ name, min, max }) => {
    const value = amounts[name];
    return value === undefined || !Number.isFinite(value) || value < min || value > max;
  });
}

/** What is to be done to a machine; null while an amount is wrong. */
export function machineDeed(fault: FaultForm, machine: string, amounts: Amounts): Deed | null {
  if (wrongAmount(fault, amounts) !== undefined) return null;
  switch (fault.deed) {
    case 'slowDisk':
      return { do: 'slowDisk', machine, ms: amounts.ms ?? 0 };
    case 'fullDisk':
    case 'failDisk':
    case 'mendDisk':
    case 'replace':
      return { do: fault.deed, machine };
    case 'powerOff':
      return { do: 'powerOff', machine, torn: true };
    default:
      return null;
  }
}

/** What is to be done to a link, in one direction of it or both; null while an amount is wrong. */
export function linkDeed(
  fault: FaultForm,
  link: { readonly a: string; readonly b: string },
  way: Way,
  amounts: Amounts,
): Deed | null {
  if (wrongAmount(fault, amounts) !== undefined) return null;
  const [from, to] = way === 'back' ? [link.b, link.a] : [link.a, link.b];
  const ends = { from, to, ...(way === 'both' ? {} : { oneWay: true }) };
  const chance = (amounts.percent ?? 0) / 100;
  const later = amounts.ms ?? 0;
  switch (fault.deed) {
    case 'cut':
    case 'mend':
      return { do: fault.deed, ...ends };
    case 'delay':
    case 'jitter':
      return { do: fault.deed, ...ends, ms: later };
    case 'loss':
    case 'duplicate':
    case 'corrupt':
      return { do: fault.deed, ...ends, chance };
    case 'reorder':
      return { do: 'reorder', ...ends, chance, ms: later };
    case 'slow':
      return { do: 'slow', ...ends, kilobitsPerSecond: amounts.kilobits ?? 0 };
    default:
      return null;
  }
}
