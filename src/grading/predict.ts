// Predictions: what a reader may say before a run, and how it compares with what the run said. Pure.
// Judges closeness only; it is no grade. Texts are ready-made HTML from the build. Called by islands/predict and build.

interface Part {
  readonly id: string;
  readonly ask: string;
  /** What the run said, as printed. */
  readonly run: string;
  readonly theory: { readonly label: string; readonly text: string };
}
export interface ChoicePart extends Part {
  readonly kind: 'choice';
  readonly options: readonly string[];
  /** Index of the option that the run bore out. */
  readonly holds: number;
}
export interface NumberPart extends Part {
  readonly kind: 'number';
  readonly unit: string;
  readonly value: number;
  /** A prediction this close counts as close (absolute). */
  readonly near: number;
}
export type PredictionPart = ChoicePart | NumberPart;

export interface Prediction {
  readonly chapter: string;
  readonly id: string;
  readonly ask: string;
  readonly seed: number;
  readonly why: string;
  readonly parts: readonly PredictionPart[];
}

/** By part id: the index of an option, or a number. */
export type Said = Readonly<Record<string, number>>;

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

function isSaid(part: PredictionPart, value: number | undefined): value is number {
  if (value === undefined || !Number.isFinite(value)) return false;
  return part.kind === 'number' || (Number.isInteger(value) && value >= 0 && value < part.options.length);
}

export function compare(prediction: Prediction, said: Said): Compared[] {
  return prediction.parts.map((part) => {
    const value = said[part.id];
    if (!isSaid(part, value)) return { part, you: 'nothing', close: false, how: 'no prediction' };
    if (part.kind === 'choice') {
      const close = value === part.holds;
      return { part, you: part.options[value] ?? '', close, how: close ? 'as the run' : 'not what happened' };
    }
    const off = Math.abs(value - part.value);
    const size = Number(off.toPrecision(3)).toLocaleString('en-US');
    const how = off === 0 ? 'exactly' : off <= part.near ? `close: ${size} off` : `${size} off`;
    return { part, you: value.toLocaleString('en-US'), close: off <= part.near, how };
  });
}
