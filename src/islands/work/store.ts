// What a student has done of assignments, as this browser keeps it: which assignments, under which code, tries and drafts of
// every answer. One record an answer, so that two tabs never write over each other's; a question whose numbers hang on
// the code has one for each code, so that another code puts answers aside and the old one brings them back.
// Refuses a code that a submission could not hold. Called by the components of this folder.
import type { Answer } from '../../grading/quiz.ts';
import { missing } from '../../grading/quiz.ts';
import { type Assignment, readAssignment, TRIES_MAX } from '../../teaching/assignment.ts';
import { same } from '../progress/merge.ts';
import type { Progress } from '../progress/progress.ts';
import { answerOf } from '../quiz/kept.ts';
import type { WorkQuestion } from './items.ts';

export interface OneTry {
  readonly atMs: number;
  readonly answer: Answer;
}
export interface Given {
  readonly tries: readonly OneTry[];
  /** Typed, not kept: an answer that can be handed in. */
  readonly draft: OneTry | null;
}
export interface Listed {
  readonly id: string;
  readonly assignment: Assignment;
  readonly student: string;
}

export const CODE_CHARACTERS_MAX = 120;

/** The code as it is kept and handed in, or why it cannot be one. */
export function readCode(typed: string): { readonly code: string } | { readonly problem: string } {
  const code = typed.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  if (code === '') return { problem: 'Type your code first.' };
  if (code.length > CODE_CHARACTERS_MAX)
    return {
      problem: `Expected at most ${CODE_CHARACTERS_MAX} characters, found ${code.length}: shorten it.`,
    };
  if (/\p{C}/u.test(code))
    return {
      problem: 'Expected letters, digits and signs, found a character that cannot be seen: type it again.',
    };
  return { code };
}

/** What may be counted and handed in of an answer to `question`. */
export function givenOf(progress: Progress, { record, question }: WorkQuestion): Given {
  const kept = progress.get('tried', record);
  const fits = (one: {
    readonly atMs: number;
    readonly answer: Readonly<Record<string, unknown>>;
  }): OneTry[] => {
    const answer = answerOf(question, one.answer);
    return answer === undefined || missing(question, answer) !== null ? [] : [{ atMs: one.atMs, answer }];
  };
  const draft = kept?.draft == null ? [] : fits(kept.draft);
  return { tries: (kept?.tries ?? []).flatMap(fits), draft: draft[0] ?? null };
}

/** What stands in the field: what was typed last, else the last try; undefined where nothing was. */
export function shownAnswer(progress: Progress, { record, question }: WorkQuestion): Answer | undefined {
  const kept = progress.get('tried', record);
  const last = kept?.draft ?? kept?.tries.at(-1);
  return last == null ? undefined : answerOf(question, last.answer);
}

/** Notes what is in the field; `isEmpty` where that is what the question begins with. */
export function type(progress: Progress, record: string, answer: Answer, isEmpty: boolean): void {
  const before = progress.get('tried', record);
  if (before === undefined && isEmpty) return;
  const isKept = same(before?.tries.at(-1)?.answer, answer);
  if (before?.draft == null ? isKept : same(before.draft.answer, answer)) return;
  const nothing = isKept || (isEmpty && (before?.tries ?? []).length === 0);
  progress.update('tried', record, (old) => ({
    tries: old?.tries ?? [],
    draft: nothing ? null : { atMs: Date.now(), answer: { ...answer } },
  }));
}

/** Makes the answer a try. What is missing instead, or ''. */
export function keep(
  progress: Progress,
  { record, question }: WorkQuestion,
  answer: Answer,
  triesMax: number,
): string {
  const lacking = missing(question, answer);
  if (lacking !== null) return lacking;
  const tries = progress.get('tried', record)?.tries ?? [];
  if (same(tries.at(-1)?.answer, answer)) return 'This answer is kept already.';
  if (tries.length >= Math.min(triesMax, TRIES_MAX)) return 'No try is left.';
  const atMs = Math.max(Date.now(), (tries.at(-1)?.atMs ?? 0) + 1);
  progress.update('tried', record, () => ({
    tries: [...tries, { atMs, answer: { ...answer } }],
    draft: null,
  }));
  return '';
}

/** The last try is typed and not kept again: nothing here says what is right, so nothing is won by it. */
export function takeBack(progress: Progress, record: string): void {
  const tries = progress.get('tried', record)?.tries ?? [];
  progress.update('tried', record, () => ({ tries: tries.slice(0, -1), draft: tries.at(-1) ?? null }));
}

/** Adds an assignment to the list, or puts it back there; its id. */
export function addAssignment(progress: Progress, assignment: Assignment): string {
  const { id, dueMs: _, ...file } = assignment;
  progress.update('assigned', id, (old) => ({
    text: old?.text ?? JSON.stringify(file),
    student: old?.student ?? '',
    listed: true,
  }));
  return id;
}

export function setStudent(progress: Progress, id: string, student: string): void {
  const kept = progress.get('assigned', id);
  if (kept !== undefined) progress.update('assigned', id, () => ({ ...kept, student }));
}

export function takeOffList(progress: Progress, id: string): void {
  const kept = progress.get('assigned', id);
  if (kept !== undefined) progress.update('assigned', id, () => ({ ...kept, listed: false }));
}

/** Undefined where it is not kept or cannot be read any more. */
export function assignmentIn(progress: Progress, id: string): Listed | undefined {
  const kept = progress.get('assigned', id);
  if (kept === undefined) return undefined;
  try {
    const assignment = readAssignment('assignment.json', kept.text);
    return assignment.id === id ? { id, assignment, student: kept.student } : undefined;
  } catch {
    return undefined;
  }
}

/** Those on the list, the one due next first. */
export function listed(progress: Progress): Listed[] {
  const ids = progress
    .all()
    .flatMap((one) => (one.kind === 'assigned' && one.value.listed ? [one.name] : []));
  const all = ids.flatMap((id) => assignmentIn(progress, id) ?? []);
  return all.sort((a, b) => a.assignment.dueMs - b.assignment.dueMs);
}

/** How many answers wait under other codes than `student`, by code. */
export function putAside(progress: Progress, id: string, student: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of progress.all()) {
    if (one.kind !== 'tried' || !one.name.startsWith(`${id} `)) continue;
    if (one.value.draft === null && one.value.tries.length === 0) continue;
    const [, code] = /^\S+ \S+ (.+)$/s.exec(one.name) ?? [];
    if (code !== undefined && code !== student) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
