// The reader's own run beside a prediction: whether they did in the lab what the recorded scenario does, and what their
// run then says of each part. Done earlier or later than there, it is moved so that both meet. Pure; measures as
// run-values.ts does for recorded runs. What a guest says stays text. Called by islands/predict.
import type { Action, MachineView } from '../datacenter/contract.ts';
import type { Again, Prediction, PredictionPart } from './predict.ts';
import {
  inSeries,
  matches,
  type Observed,
  type SampleInShort,
  secondsOf,
  standardValues,
  type Value,
} from './run-values.ts';

/** A reader's run as the lab tells of it. */
export interface OwnRun {
  readonly sandbox: string;
  readonly seed: number;
  /** The files are the course's own. */
  readonly original: boolean;
  readonly nowNs: number;
  readonly actions: readonly Action[];
  readonly machines: readonly Pick<MachineView, 'name' | 'role'>[];
  /** In the order in which their fate was known, from the first on. */
  readonly samples: readonly (SampleInShort & { readonly atNs: number })[];
}

export interface Own {
  readonly seed: number;
  /** When the first deed was done here, and in the recorded run; null where nothing is to be done. */
  readonly moved: { readonly fromSeconds: number; readonly toSeconds: number } | null;
  readonly parts: Readonly<Record<string, OwnPart>>;
}

/** `html` is one of the prediction's own texts, `text` anything; a curve has NaN where the run has no such second. */
export type OwnPart =
  | { readonly html: string }
  | { readonly text: string }
  | { readonly values: readonly number[] };

export type Standing =
  | { readonly is: 'other' }
  /** It is the same so far; what it says is known at that second. */
  | { readonly is: 'underWay'; readonly untilSeconds: number }
  | { readonly is: 'whole'; readonly own: Own };

/** Deeds of one and the same scenario may lie so much earlier or later, against the first. */
const slackNs = 1e9;

export function standingOf(prediction: Prediction, run: OwnRun): Standing {
  const { again } = prediction;
  if (again === undefined || !run.original || run.sandbox !== again.sandbox) return { is: 'other' };
  const [first, firstHere] = [again.actions[0], run.actions[0]];
  if (first !== undefined && firstHere === undefined) return { is: 'other' };
  const shiftNs = first === undefined || firstHere === undefined ? 0 : firstHere.atNs - first.atNs;
  const untilNs = again.untilNs + shiftNs;
  const done = run.actions.filter((action) => action.atNs < untilNs);
  const isSame = done.every((action, index) => {
    const wanted = again.actions[index];
    if (wanted === undefined || deedOf(wanted) !== deedOf(action)) return false;
    return Math.abs(action.atNs - wanted.atNs - shiftNs) <= slackNs;
  });
  if (!isSame) return { is: 'other' };
  if (run.nowNs < untilNs) return { is: 'underWay', untilSeconds: Math.ceil(untilNs / 1e9) };
  if (done.length < again.actions.length) return { is: 'other' };
  const moved =
    first === undefined ? null : { fromSeconds: (first.atNs + shiftNs) / 1e9, toSeconds: first.atNs / 1e9 };
  return {
    is: 'whole',
    own: { seed: run.seed, moved, parts: partsOf(prediction, observed(run, again, shiftNs), shiftNs) },
  };
}

/** The part of the run that the recorded one has too, on its clock. */
function observed(run: OwnRun, again: Again, shiftNs: number): Observed {
  const { seed, machines } = run;
  const samples = run.samples
    .filter((sample) => sample.atNs <= again.untilNs + shiftNs)
    .map((sample) => ({ ...sample, intendedMs: sample.intendedMs - shiftNs / 1e6 }))
    .filter((sample) => sample.intendedMs >= 0);
  return { seed, machines, untilNs: again.untilNs, samples };
}

function partsOf(prediction: Prediction, run: Observed, shiftNs: number): Record<string, OwnPart> {
  const values = standardValues(run);
  const seconds = secondsOf(run);
  const parts: Record<string, OwnPart> = {};
  for (const part of prediction.parts) {
    if (part.kind === 'curve') {
      // A second that began before the run is not a whole one.
      const series = part.seconds.map((second) => {
        const one = seconds[second];
        const value = one === undefined || second * 1e9 + shiftNs < 0 ? null : inSeries(one, part.series);
        return value ?? Number.NaN;
      });
      parts[part.id] = { values: series };
      continue;
    }
    const said = saidBy(part, values);
    if (said !== null) parts[part.id] = said;
  }
  return parts;
}

/** Null where the part asks for what only the scenario itself can compute. */
function saidBy(part: PredictionPart, values: Readonly<Record<string, Value>>): OwnPart | null {
  if (part.kind !== 'number' && part.kind !== 'choice') return null;
  const value = part.measures === undefined ? undefined : values[part.measures];
  if (value === undefined) return null;
  if (part.kind === 'choice') {
    const html = part.options[part.matches.findIndex((match) => matches(match, value))];
    if (html !== undefined) return { html };
  }
  return {
    text:
      typeof value === 'number'
        ? value.toLocaleString('en-US', { maximumSignificantDigits: 4 })
        : value.slice(0, 80),
  };
}

function deedOf({ atNs: _, ...deed }: Action): string {
  return JSON.stringify(Object.entries(deed).sort(([a], [b]) => (a < b ? -1 : 1)));
}
