// What the exercise panel needs from whatever judges a reader's version: progress, the verdict, and a failing run
// that can be opened at its moment. Types only; mount.tsx passes the one that stands on runtime/exercise.ts.
import type { Action } from '../../datacenter/contract.ts';
import type { Finding } from '../../runtime/exercise.ts';
import type { ExerciseData } from './data.ts';

export interface FailedRun {
  readonly seed: number;
  readonly findings: readonly Finding[];
  /** What was done to the cluster in this run. */
  readonly actions: readonly Action[];
  /** The command that runs it again on one's own machine; '' if there is none. */
  readonly command: string;
}

export interface Verdict {
  readonly passed: number;
  readonly total: number;
  readonly firstFailure: FailedRun | null;
}

export type Checker = (request: {
  readonly exercise: ExerciseData;
  readonly files: Readonly<Record<string, string>>;
  readonly progress: (done: number, total: number) => void;
  /** Ends the check. */
  readonly signal: AbortSignal;
}) => Promise<Verdict>;
