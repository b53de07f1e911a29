// Notes every answer that is checked from now on: the answer, its numbers, and its outcome with the moment. What was
// recalled before is no new answer. Called by mount.tsx and the review page.
import { effect } from '@preact/signals';
import type { Progress } from '../progress/progress.ts';
import type { QuestionState } from './state.ts';

/** Gives what ends it. */
export function noteAnswers(progress: Progress, chapter: string, state: QuestionState): () => void {
  let before = state.verdict.peek();
  const name = `${chapter}:${state.question.peek().id}`;
  if (before !== null) noteUnjudged(progress, name, before.right);
  return effect(() => {
    const verdict = state.verdict.value;
    if (verdict === before) return;
    before = verdict;
    if (verdict === null) return;
    progress.update('answered', name, (old) => ({
      answer: { ...state.answer.peek() },
      seed: state.seed.peek(),
      tries: [...(old?.tries ?? []), { atMs: Date.now(), right: verdict.right }],
    }));
  });
}

/** An answer kept without its outcome, by version 1: now it has one. */
export function noteUnjudged(progress: Progress, name: string, right: boolean): void {
  const kept = progress.get('answered', name);
  if (kept === undefined || kept.tries.length > 0) return;
  progress.update('answered', name, () => ({ ...kept, tries: [{ atMs: Date.now(), right }] }));
}
