// assignment.json, version 1: what is to be done, what it weighs, until when, and what being late costs. Refuses unknown
// fields, items named twice, weights that add up to nothing, a due time that its zone does not have. Pure; whether items
// exist is for whoever has the content to say. Written by an instructor or the page /assign/; read by `brownout grade`.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { Complaint } from '../datacenter/contract.ts';
import { RunProblem } from '../runtime/runtime.ts';
import { instantOf } from './due.ts';
import { complaintOf, parsed, readJson } from './explain.ts';

/** Of one question: as many as a submission holds. */
export const TRIES_MAX = 100;

const slug = z.string().regex(/^[a-z0-9-]+$/, 'expected small letters, digits and hyphens, found others');
const weight = z.number().min(0).max(1000);
const quizItem = z.strictObject({
  kind: z.literal('quiz'),
  chapter: slug,
  /** Practice ships with its key on the chapter's page; graded questions have theirs with the grader alone. */
  pool: z.enum(['practice', 'graded']).default('practice'),
  questions: z.union([z.literal('all'), z.array(slug).min(1).max(200)]),
  weight,
});
const exerciseItem = z.strictObject({
  kind: z.literal('exercise'),
  exercise: z
    .string()
    .regex(
      /^[a-z0-9-]+\/[a-z0-9-]+$/,
      'expected SANDBOX/EXERCISE, such as load-balancer/retry, found another',
    ),
  weight,
});
const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 0.1.0, found another');

export const assignmentSchema = z.strictObject({
  format: z.literal('brownout-assignment'),
  version: z.literal(1),
  title: z.string().trim().min(1, 'expected a title, found none').max(200),
  /** The course's version (package.json) that it was made with. */
  course: version,
  items: z
    .array(z.discriminatedUnion('kind', [quizItem, exerciseItem]))
    .min(1, 'expected at least one item, found none')
    .max(200),
  due: z.strictObject({
    local: z.string().max(40),
    zone: z.string().max(80),
    which: z.enum(['earlier', 'later']).optional(),
  }),
  /** What is left of the grade when work comes more than `afterHours` late: the last step that applies. */
  late: z
    .array(
      z.strictObject({ afterHours: z.number().min(0).max(100_000), percent: z.number().min(0).max(100) }),
    )
    .max(50)
    .default([]),
  /** Which try at a question counts. */
  attempts: z.enum(['best', 'last']).default('last'),
  /** Only the first so many tries at a question are looked at. */
  triesMax: z.number().int().min(1).max(TRIES_MAX).default(TRIES_MAX),
  /** The grade that everything right earns. */
  points: z.number().positive().max(1_000_000).default(100),
  salt: z.string().min(8, 'expected at least 8 characters, found fewer').max(200),
});

type File = z.output<typeof assignmentSchema>;
export type Item = File['items'][number];
export type QuizItem = Extract<Item, { readonly kind: 'quiz' }>;
export interface Assignment extends File {
  /** SHA-256 of the content, in 16 hexadecimal digits: what submissions name it by. */
  readonly id: string;
  readonly dueMs: number;
}

/** Throws RunProblem. `name` is the file's, for messages. */
export function readAssignment(name: string, text: string): Assignment {
  const raw = parsed(name, text);
  const theirs = typeof raw === 'object' && raw !== null && 'version' in raw ? raw.version : undefined;
  if (typeof theirs === 'number' && theirs > 1)
    throw new RunProblem({
      file: name,
      expected: 'version 1 of assignment.json',
      found: `version ${theirs}`,
      fix: 'update the course: `git pull`, then `npm ci`.',
    });
  const file = readJson(name, text, assignmentSchema);
  const complaint = itemsComplaint(file.items) ?? lateComplaint(file.late);
  if (complaint !== null) throw new RunProblem({ ...complaint, file: name });
  return { ...file, id: idOf(file), dueMs: dueOf(name, file.due) };
}

export interface Problem {
  /** `title`, `items.0.weight`. */
  readonly at: string;
  readonly complaint: Complaint;
}

/** All that is wrong with what would be assignment.json, field by field; nothing where readAssignment would take it. */
export function problemsOf(raw: Readonly<Record<string, unknown>>): Problem[] {
  const result = assignmentSchema.safeParse(raw);
  const problems = (result.error?.issues ?? []).map((issue): Problem => {
    const at = issue.path.map(String).join('.');
    return { at, complaint: complaintOf(issue, at) };
  });
  const { items, late, due } = assignmentSchema.shape;
  const note = (at: string, complaint: Complaint | null) => complaint && problems.push({ at, complaint });
  const [readItems, readLate] = [items.safeParse(raw['items']), late.safeParse(raw['late'])];
  if (readItems.success) note('items', itemsComplaint(readItems.data));
  if (readLate.success) note('late', lateComplaint(readLate.data));
  const readDue = due.safeParse(raw['due']);
  try {
    if (readDue.success) instantOf(readDue.data);
  } catch (error) {
    if (!(error instanceof RunProblem)) throw error;
    note('due', error.complaint);
  }
  return problems;
}

/** As items are called in tables: `quiz load-balancing`, `graded quiz load-balancing`, `load-balancer/retry`. */
export function itemName(item: Item): string {
  if (item.kind === 'exercise') return item.exercise;
  return item.pool === 'graded' ? `graded quiz ${item.chapter}` : `quiz ${item.chapter}`;
}

/** As submissions, tables and seeds call a question: `load-balancing:drain`, of the graded `load-balancing/graded:drain`. */
export function questionName({ chapter, pool }: Pick<QuizItem, 'chapter' | 'pool'>, id: string): string {
  return pool === 'graded' ? `${chapter}/graded:${id}` : `${chapter}:${id}`;
}

/** The same for files that say the same, however they are laid out. */
export function idOf(file: z.input<typeof assignmentSchema>): string {
  const content = JSON.stringify(sorted(assignmentSchema.parse(file)));
  return bytesToHex(sha256(utf8ToBytes(content))).slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function dueOf(file: string, due: File['due']): number {
  try {
    return instantOf(due);
  } catch (error) {
    throw error instanceof RunProblem ? new RunProblem({ ...error.complaint, file: `${file}: due` }) : error;
  }
}

function itemsComplaint(items: File['items']): Complaint | null {
  if (items.every((item) => item.weight === 0))
    return {
      expected: 'a weight above 0 on at least one item',
      found: 'only weights of 0: nothing would count',
      fix: 'give the items weights.',
    };
  const names = items.map(itemName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return null;
  return {
    expected: 'each item once',
    found: `'${twice}' twice`,
    fix: 'put its questions and its weight into one item.',
  };
}

function lateComplaint(late: File['late']): Complaint | null {
  const falls = late.every((step, index) => {
    const before = late[index - 1];
    return before === undefined || (before.afterHours < step.afterHours && before.percent >= step.percent);
  });
  if (falls) return null;
  return {
    expected: 'late steps with rising hours and falling percent',
    found: late.map((step) => `${step.afterHours} h: ${step.percent}%`).join(', '),
    fix: 'put them in order.',
  };
}

/** -1, 0 or 1, by the parts of versions such as 0.1.0. */
export function compareVersions(a: string, b: string): number {
  const [one, two] = [a, b].map((text) => text.split('.').map(Number));
  const apart = one?.map((part, index) => Math.sign(part - (two?.[index] ?? 0))).find((sign) => sign !== 0);
  return apart ?? 0;
}
