// Predictions: what a reader may say before a run, and how it compares with what the run said. Pure.
// Judges closeness only; it is no grade. Texts are ready-made HTML from the build. Called by islands/predict and build.

import type { Action } from '../datacenter/contract.ts';
import type { Match } from './run-values.ts';

interface Part {
  readonly id: string;
  readonly ask: string;
  /** What the run said, as printed. */
  readonly run: string;
  readonly theory: { readonly label: string; readonly text: string };
}
export interface ChoicePart extends Part {
  readonly kind: 'choice';
  /** The value that decides it, where every run has it: see run-values.ts. */
  readonly measures?: string;
  readonly options: readonly string[];
  /** For each option, what the value must be. */
  readonly matches: readonly Match[];
  /** Index of the option that the run bore out. */
  readonly holds: number;
}
export interface NumberPart extends Part {
  readonly kind: 'number';
  /** The value that is asked for, where every run has it: see run-values.ts. */
  readonly measures?: string;
  readonly unit: string;
  readonly value: number;
  /** A prediction this close counts as close (absolute). */
  readonly near: number;
}
export interface OrderPart extends Part {
  readonly kind: 'order';
  /** In the run's order. */
  readonly items: readonly string[];
  /** The order in which they are first shown: indices of `items`. */
  readonly shown: readonly number[];
}
/** One value for each second: drawn by hand, measured in the run, and said by theory. */
export interface CurvePart extends Part {
  readonly kind: 'curve';
  /** `lost`, `p99Ms`, or a machine: what it answered. */
  readonly series: string;
  readonly unit: string;
  /** The seconds of the run, rising by one. The first `given` of them are shown with their values before the drawing. */
  readonly seconds: readonly number[];
  readonly given: number;
  readonly values: readonly number[];
  readonly expected: readonly number[];
  /** The value at the top of the paper. */
  readonly most: number;
  /** Close: no further off than this, on average over the seconds drawn. */
  readonly near: number;
  /** What all values together are, in words; '' where their sum means nothing. */
  readonly total: string;
  /** A moment that is marked, such as that of a kill. */
  readonly mark: { readonly atSeconds: number; readonly words: string };
}
export type PredictionPart = ChoicePart | NumberPart | OrderPart | CurvePart;

/** What a reader has to do for a run of their own that can be compared. */
export interface Again {
  readonly sandbox: string;
  readonly untilNs: number;
  readonly actions: readonly Action[];
  /** The same in words, such as `kill app2`. */
  readonly deeds: readonly string[];
}

export interface Prediction {
  readonly chapter: string;
  readonly id: string;
  readonly ask: string;
  readonly seed: number;
  readonly why: string;
  /** Where the reader can have the same run in the lab. */
  readonly again?: Again;
  readonly parts: readonly PredictionPart[];
}

/** The index of an option or a number; indices of items in order; or a value for each second, NaN where none is drawn. */
export type SaidPart = number | readonly number[];
/** By part id. */
export type Said = Readonly<Record<string, SaidPart>>;

export interface Compared {
  readonly part: PredictionPart;
  /** The reader's own, as HTML. */
  readonly you: string;
  readonly close: boolean;
  /** 'as the run', 'off by 12 requests': one phrase. */
  readonly how: string;
}

/** Ids of the parts that still have no prediction. */
export function unsaid(prediction: Prediction, said: Said): string[] {
  return prediction.parts.filter((part) => !isSaid(part, said[part.id])).map((part) => part.id);
}

function isSaid(part: PredictionPart, value: SaidPart | undefined): boolean {
  if (value === undefined) return false;
  if (typeof value === 'number') {
    if (part.kind === 'number') return Number.isFinite(value);
    return part.kind === 'choice' && part.options[value] !== undefined;
  }
  if (part.kind === 'order') {
    const whole = value.length === part.items.length && new Set(value).size === value.length;
    return whole && value.every((item) => part.items[item] !== undefined);
  }
  return part.kind === 'curve' && value.length === part.seconds.length && value.every(Number.isFinite);
}

export function compare(prediction: Prediction, said: Said): Compared[] {
  return prediction.parts.map((part) => {
    const value = said[part.id];
    if (value === undefined || !isSaid(part, value))
      return { part, you: 'nothing', close: false, how: 'no prediction' };
    return { part, ...comparePart(part, value) };
  });
}

function comparePart(part: PredictionPart, value: SaidPart): Omit<Compared, 'part'> {
  const list = typeof value === 'number' ? [] : value;
  const one = typeof value === 'number' ? value : Number.NaN;
  if (part.kind === 'choice') {
    const close = one === part.holds;
    return { you: part.options[one] ?? '', close, how: close ? 'as the run' : 'not what happened' };
  }
  if (part.kind === 'number') {
    const off = Math.abs(one - part.value);
    const how = off === 0 ? 'exactly' : off <= part.near ? `close: ${short(off)} off` : `${short(off)} off`;
    return { you: one.toLocaleString('en-US'), close: off <= part.near, how };
  }
  if (part.kind === 'order') {
    const placed = list.filter((item, place) => item === place).length;
    const close = placed === part.items.length;
    const you = list.map((item) => part.items[item] ?? '').join(', ');
    return { you, close, how: close ? 'as the run' : `${placed} of ${part.items.length} in their place` };
  }
  const off = meanOff(part, list);
  const how = `${off <= part.near ? 'close: ' : ''}${short(off)} off in a second, on average`;
  return { you: '', close: off <= part.near, how };
}

function short(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US');
}

/** Mean distance from the run over the seconds that were to be drawn. */
function meanOff(part: CurvePart, drawn: readonly number[]): number {
  const off = part.values.slice(part.given).map((value, index) => {
    return Math.abs(value - (drawn[part.given + index] ?? 0));
  });
  return off.length === 0 ? 0 : sumOf(off) / off.length;
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** An empty paper: what is given, and NaN. */
export function blankCurve(part: CurvePart): number[] {
  return part.values.map((value, index) => (index < part.given ? value : Number.NaN));
}

/**
 * A stroke from one point of the paper to another: every second between them gets a value on the line. Values are
 * rounded to `step` and kept on the paper; what is given stays.
 */
export function stroke(
  part: CurvePart,
  drawn: readonly number[],
  from: { readonly index: number; readonly value: number },
  to: { readonly index: number; readonly value: number },
): number[] {
  const last = part.seconds.length - 1;
  const [a, b] = from.index <= to.index ? [from, to] : [to, from];
  const next = [...drawn];
  for (let index = Math.max(part.given, a.index); index <= Math.min(last, b.index); index++) {
    const share = a.index === b.index ? 1 : (index - a.index) / (b.index - a.index);
    const value = a.index === b.index ? to.value : a.value + (b.value - a.value) * share;
    next[index] = onPaper(part, value);
  }
  return next;
}

/** The nearest value that can be drawn. */
export function onPaper(part: CurvePart, value: number): number {
  const step = stepOf(part);
  const kept = Math.min(part.most, Math.max(0, Math.round(value / step) * step));
  return Number.isFinite(kept) ? Number(kept.toPrecision(6)) : 0;
}

/** What one press of an arrow changes: a hundredth of the paper, rounded to 1, 2 or 5. */
export function stepOf(part: CurvePart): number {
  const wanted = part.most / 100;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5, 10].find((each) => each * power >= wanted) ?? 10) * power;
}
