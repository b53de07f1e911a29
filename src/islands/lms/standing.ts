// Where a reader stands in one chapter, from what is kept of them, and what of an earlier visit is taken over. Pure but
// for the Progress it is handed. A chapter is complete when all its sections were read and every question of its quiz
// was answered once, right or wrong. Called by player.ts.
import type { Launch } from '../../teaching/lms/launch-data.ts';
import type { Progress } from '../progress/progress.ts';
import type { ProgressRecord } from '../progress/records.ts';
import type { Standing } from './platform.ts';
import { type Packed, pack } from './state.ts';

export interface Counts {
  readonly read: number;
  readonly sections: number;
  readonly answered: number;
  readonly right: number;
  readonly questions: number;
}

export function countsOf(launch: Launch, progress: Progress): Counts {
  const read = new Set(progress.get('read', launch.chapter)?.sections ?? []);
  const tries = launch.questions.map(
    (id) => progress.get('answered', `${launch.chapter}:${id}`)?.tries ?? [],
  );
  return {
    read: launch.sections.filter((id) => read.has(id)).length,
    sections: launch.sections.length,
    answered: tries.filter((each) => each.length > 0).length,
    right: tries.filter((each) => each.at(-1)?.right === true).length,
    questions: launch.questions.length,
  };
}

export function standingOf(
  launch: Launch,
  progress: Progress,
  section: string,
  stateMax: number,
): { readonly standing: Standing; readonly leftOut: Packed['leftOut'] } {
  const { read, sections, answered, right, questions } = countsOf(launch, progress);
  const packed = pack(launch, (kind, name) => progress.get(kind, name), stateMax);
  const all = sections + questions;
  const standing: Standing = {
    state: packed.text,
    section,
    isComplete: all > 0 && read === sections && answered === questions,
    progress: all === 0 ? 0 : (read + answered) / all,
    score: answered === 0 ? null : { right, of: questions },
  };
  return { standing, leftOut: packed.leftOut };
}

/**
 * Joins what the platform kept with what this browser has: of each thing the one in which more was done. In a browser
 * that knows nothing of the reader, that is the platform's word.
 */
export function takeOver(progress: Progress, records: readonly ProgressRecord[]): void {
  for (const { kind, name, value } of records) {
    if (kind === 'read')
      progress.update('read', name, (old) => ({
        sections: [...new Set([...(old?.sections ?? []), ...value.sections])],
      }));
    if (kind === 'answered')
      progress.update('answered', name, (old) =>
        old === undefined || old.tries.length < value.tries.length ? value : old,
      );
    if (kind === 'predicted') progress.update('predicted', name, (old) => old ?? value);
    if (kind === 'exercise')
      progress.update('exercise', name, (old) =>
        old === undefined || old.checks.length < value.checks.length ? value : old,
      );
  }
}
