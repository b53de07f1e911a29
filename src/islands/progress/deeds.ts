// What the lab reports of exercises: a check and its outcome, the solution looked at; and what it may ask. Keeps where
// it can, never throws, makes nobody wait. Called by lab/exercise.tsx, lab/code.tsx and lab/lab.tsx.
import { openProgress, progressNow } from './open.ts';
import type { Exercise } from './records.ts';

const none: Exercise = { checks: [], solutionSeen: false };

function change(name: string, next: (old: Exercise) => Exercise): void {
  void openProgress().then((progress) => progress.update('exercise', name, (old) => next(old ?? none)));
}

/** `name` is sandbox/exercise, as a workspace's id. */
export function noteCheck(name: string, passed: boolean): void {
  change(name, (old) => ({ ...old, checks: [...old.checks, { atMs: Date.now(), passed }] }));
}

export function noteSolution(name: string): void {
  change(name, (old) => ({ ...old, solutionSeen: true }));
}

/** Which of these exercises were checked on an earlier visit. */
export function attemptedBefore(sandbox: string, names: readonly string[]): Set<string> {
  const checked = (name: string): boolean =>
    (progressNow()?.get('exercise', `${sandbox}/${name}`)?.checks.length ?? 0) > 0;
  return new Set(names.filter(checked));
}
