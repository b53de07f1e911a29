// An assignment while it is being made: texts as they stand in the fields, what is picked, and what of the file it would
// be is wrong. Pure. Nothing is corrected silently: what cannot be read goes to the schema and comes back as a
// complaint. Used by all of this folder.
import { z } from 'zod';
import { type Assignment, itemName, type Problem, problemsOf } from '../../teaching/assignment.ts';
import { TWICE } from '../../teaching/due.ts';
import type { Catalogue, CatalogueChapter, CatalogueQuestion } from './catalogue.ts';

const text = z.string().max(10_000);
const pick = z.strictObject({
  /** Of a chapter's questions: the ids, or all; of an exercise: 'all'. */
  questions: z.union([z.literal('all'), z.array(text)]),
  weight: text,
});
/** What the browser keeps of it; anything else that it may hold is not a draft. */
export const draftSchema = z.strictObject({
  title: text,
  course: text,
  /** By itemName, in the order of the file. */
  picks: z.array(z.tuple([text, pick])).max(500),
  local: text,
  zone: text,
  which: z.enum(['earlier', 'later']).nullable(),
  late: z.array(z.strictObject({ hours: text, percent: text })).max(60),
  attempts: z.enum(['best', 'last']),
  triesMax: text,
  points: text,
  salt: text,
  /** The file that was opened to be edited, if one was. */
  opened: z.strictObject({ title: text, id: text }).nullable(),
});
export type Draft = z.output<typeof draftSchema>;
export type Pick = z.output<typeof pick>;

/** Something that can be picked. */
export interface Choice {
  readonly name: string;
  readonly kind: 'graded' | 'practice' | 'exercise';
  readonly questions: readonly CatalogueQuestion[];
  /** Of an exercise. */
  readonly title: string;
}

export function emptyDraft(course: string, nowMs: number, zone: string, salt: string): Draft {
  const inAWeek = new Date(nowMs + 7 * 86_400_000).toISOString().slice(0, 10);
  return {
    title: '',
    course,
    picks: [],
    local: `${inAWeek}T23:59`,
    zone,
    which: null,
    late: [],
    attempts: 'last',
    triesMax: '100',
    points: '100',
    salt,
    opened: null,
  };
}

export function choicesOf({ slug, title, graded, practice, exercises }: CatalogueChapter): Choice[] {
  const pools = [
    ['graded', graded],
    ['practice', practice],
  ] as const;
  return [
    ...pools.flatMap(([kind, questions]): Choice[] => {
      const item = { kind: 'quiz', chapter: slug, pool: kind, questions: 'all', weight: 1 } as const;
      return questions.length === 0 ? [] : [{ name: itemName(item), kind, questions, title }];
    }),
    ...exercises.map(
      (exercise): Choice => ({
        name: exercise.name,
        kind: 'exercise',
        questions: [],
        title: exercise.title,
      }),
    ),
  ];
}

export function pickOf({ picks }: Draft, name: string): Pick | undefined {
  return picks.find(([each]) => each === name)?.[1];
}

/** With `name` picked so, or not at all (null). New picks stand where the course has them. */
export function withPick(draft: Draft, catalogue: Catalogue, name: string, next: Pick | null): Draft {
  if (next === null) return { ...draft, picks: draft.picks.filter(([each]) => each !== name) };
  if (pickOf(draft, name) !== undefined)
    return { ...draft, picks: draft.picks.map(([each, old]) => [each, each === name ? next : old]) };
  const order = catalogue.chapters.flatMap(choicesOf).map((choice) => choice.name);
  const after = draft.picks.filter(([each]) => order.indexOf(each) < order.indexOf(name)).length;
  return { ...draft, picks: draft.picks.toSpliced(after, 0, [name, next]) };
}

/** With one question more or less; all of them are 'all', none of them is no pick. */
export function toggled(choice: Choice, { questions, weight }: Pick, id: string): Pick | null {
  const before = questions === 'all' ? choice.questions.map((each) => each.id) : questions;
  const ids = before.includes(id) ? before.filter((each) => each !== id) : [...before, id];
  if (ids.length === 0) return null;
  const order = choice.questions.map((each) => each.id);
  ids.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return { questions: ids.length === order.length ? 'all' : ids, weight };
}

/** What would be assignment.json, as far as the fields can be read. */
export function fileOf(draft: Draft) {
  const { title, course, local, zone, which, late, attempts, salt } = draft;
  return {
    format: 'brownout-assignment',
    version: 1,
    title: title.trim(),
    course,
    items: draft.picks.map(([name, each]) => itemOf(name, each)),
    due: which === null ? { local, zone } : { local, zone, which },
    late: late.map(({ hours, percent }) => ({ afterHours: numberOf(hours), percent: numberOf(percent) })),
    attempts,
    triesMax: numberOf(draft.triesMax),
    points: numberOf(draft.points),
    salt,
  };
}

function itemOf(name: string, { questions, weight }: Pick): object {
  const [, graded, chapter] = /^(graded )?quiz (.*)$/.exec(name) ?? [];
  if (chapter === undefined) return { kind: 'exercise', exercise: name, weight: numberOf(weight) };
  const pool = graded === undefined ? 'practice' : 'graded';
  return { kind: 'quiz', chapter, pool, questions, weight: numberOf(weight) };
}

/** Of the field of an item's weight. */
export const weightId = (name: string): string => `weight-${name.replaceAll(/[ /]/g, '-')}`;

/** NaN for what is no number: the schema says so. */
export function numberOf(said: string): number {
  return said.trim() === '' ? Number.NaN : Number(said.replace(',', '.'));
}

export function draftOf(assignment: Assignment): Draft {
  const { title, course, items, due, late, attempts, triesMax, points, salt, id } = assignment;
  return {
    title,
    course,
    picks: items.map((item) => [
      itemName(item),
      { questions: item.kind === 'quiz' ? item.questions : 'all', weight: String(item.weight) },
    ]),
    local: due.local,
    zone: due.zone,
    which: due.which ?? null,
    late: late.map(({ afterHours, percent }) => ({ hours: String(afterHours), percent: String(percent) })),
    attempts,
    triesMax: String(triesMax),
    points: String(points),
    salt,
    opened: { title, id },
  };
}

/** What the file cannot be made with. */
export function wrongIn(draft: Draft, catalogue: Catalogue): Problem[] {
  const problems = problemsOf(fileOf(draft)).map((problem) =>
    problem.complaint.found === TWICE
      ? { ...problem, complaint: { ...problem.complaint, fix: 'choose one of them.' } }
      : problem,
  );
  const unknown = unknownIn(draft, catalogue);
  if (unknown.length > 0) {
    const found = unknown.map((name) => `'${name}'`).join(', ');
    const fix = 'take it away, or make the assignment with the version of the course that has it.';
    const expected = `items of this course (${catalogue.course})`;
    problems.push({ at: 'items', complaint: { expected, found, fix } });
  }
  return problems;
}

/** Names of items and questions that this version of the course does not have. */
export function unknownIn({ picks }: Draft, catalogue: Catalogue): string[] {
  const choices = new Map(catalogue.chapters.flatMap(choicesOf).map((choice) => [choice.name, choice]));
  return picks.flatMap(([name, { questions }]) => {
    const known = choices.get(name);
    if (known === undefined) return [name];
    if (questions === 'all' || known.kind === 'exercise') return [];
    const ids = known.questions.map(({ id }) => id);
    return questions.filter((id) => !ids.includes(id)).map((id) => `${name}: ${id}`);
  });
}

/** Without what this version of the course does not have. */
export function withoutUnknown(draft: Draft, catalogue: Catalogue): Draft {
  const unknown = unknownIn(draft, catalogue);
  const picks = draft.picks.flatMap(([name, each]): Draft['picks'] => {
    if (unknown.includes(name)) return [];
    if (each.questions === 'all') return [[name, each]];
    const questions = each.questions.filter((id) => !unknown.includes(`${name}: ${id}`));
    return questions.length === 0 ? [] : [[name, { ...each, questions }]];
  });
  return { ...draft, picks };
}
