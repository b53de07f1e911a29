// What is kept of a reader, record by record: the format of version 2, in IndexedDB and in exported files. Pure.
// A record has a kind, a name within it, the moment of its last change, and a value that must fit its kind's shape:
// whatever does not is refused by null, and its finder sets it aside. Used by all of this folder.
import { isCount, isNumber, isNumbers, isRecord, isStrings, isTexts } from './shapes.ts';

/** Version 1 was localStorage: see migrate.ts. */
export const formatVersion = 2;

/** Name: the chapter. Sections by their id. */
export interface Read {
  readonly sections: readonly string[];
}
/** Name: chapter:prediction. `near` of `of` parts were close; null where nobody counted. */
export interface Predicted {
  readonly said: Readonly<Record<string, number | readonly number[]>>;
  readonly near: number | null;
  readonly of: number | null;
}
export interface Try {
  readonly atMs: number;
  readonly right: boolean;
}
/** Name: chapter:question. The last answer as the quiz writes it, the seed of its numbers, and every answer's outcome. */
export interface Answered {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Oldest first. Empty for an answer of version 1, which did not keep outcomes. */
  readonly tries: readonly Try[];
}
/** Name: sandbox/exercise. */
export interface Exercise {
  readonly checks: readonly { readonly atMs: number; readonly passed: boolean }[];
  readonly solutionSeen: boolean;
}
/** Name: the workspace. Files that differ from the original, and what the last reset put away. */
export interface SavedVersions {
  readonly mine: Readonly<Record<string, string>>;
  readonly setAside: Readonly<Record<string, string>> | null;
}
/** Name: an assignment's id. What the reader was asked to do, and under which code; '' until that is said. */
export interface Assigned {
  /** The text of assignment.json. */
  readonly text: string;
  readonly student: string;
  /** False once the reader took it off the list: nothing of it is deleted. */
  readonly listed: boolean;
}
export interface Given {
  readonly atMs: number;
  readonly answer: Readonly<Record<string, unknown>>;
}
/** Name: assignment's id and question; where its numbers hang on the student's code, that too. See work/store.ts. */
export interface Tried {
  /** Kept by the reader, oldest first. */
  readonly tries: readonly Given[];
  /** Typed since, not kept yet. */
  readonly draft: Given | null;
}

export interface Values {
  readonly read: Read;
  readonly predicted: Predicted;
  readonly answered: Answered;
  readonly exercise: Exercise;
  readonly versions: SavedVersions;
  readonly assigned: Assigned;
  readonly tried: Tried;
}
export type Kind = keyof Values;
export type RecordOf<K extends Kind> = {
  readonly kind: K;
  readonly name: string;
  readonly atMs: number;
  readonly value: Values[K];
};
export type ProgressRecord = { [K in Kind]: RecordOf<K> }[Kind];

/** What could not be read or lost against something newer: kept as it was, never shown as if it were well. */
export interface Aside {
  readonly key: string;
  readonly atMs: number;
  readonly why: string;
  /** The thing itself: the text found, or the record as JSON. */
  readonly held: string;
}

const shapes: { readonly [K in Kind]: (value: unknown) => Values[K] | undefined } = {
  read: (value) =>
    isRecord(value) && isStrings(value['sections']) ? { sections: value['sections'] } : undefined,
  predicted: predictedOf,
  answered: answeredOf,
  exercise: exerciseOf,
  versions: versionsOf,
  assigned: assignedOf,
  tried: triedOf,
};
const longestName = 300;

export function keyOf(kind: Kind, name: string): string {
  return `${kind} ${name}`;
}

export function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && Object.hasOwn(shapes, value);
}

/** Null for anything that is not exactly a record. What a record need not have is left out. */
export function readRecord(value: unknown): ProgressRecord | null {
  if (!isRecord(value)) return null;
  const { kind, name, atMs } = value;
  if (!isKind(kind) || typeof name !== 'string' || name === '' || name.length > longestName || !isCount(atMs))
    return null;
  const shaped = shapes[kind](value['value']);
  return shaped === undefined ? null : ({ kind, name, atMs, value: shaped } as ProgressRecord);
}

export function readAside(value: unknown): Aside | null {
  if (!isRecord(value)) return null;
  const { key, atMs, why, held } = value;
  if (typeof key !== 'string' || typeof why !== 'string' || typeof held !== 'string' || !isCount(atMs))
    return null;
  return { key, atMs, why, held };
}

/** As JSON, or in words where it is nothing that JSON knows. */
export function heldOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

export function saidOf(value: unknown): Predicted['said'] | undefined {
  if (!isRecord(value)) return undefined;
  const fits = (part: unknown): part is number | number[] => isNumber(part) || isNumbers(part);
  const parts = Object.entries(value).flatMap(([id, part]) => (fits(part) ? [[id, part] as const] : []));
  return parts.length === Object.keys(value).length ? Object.fromEntries(parts) : undefined;
}

function predictedOf(value: unknown): Predicted | undefined {
  if (!isRecord(value)) return undefined;
  const { near, of } = value;
  const said = saidOf(value['said']);
  if (said === undefined || !(near === null || isCount(near)) || !(of === null || isCount(of)))
    return undefined;
  return { said, near, of };
}

function answeredOf(value: unknown): Answered | undefined {
  if (!isRecord(value)) return undefined;
  const { answer, seed, tries } = value;
  if (!isRecord(answer) || typeof answer['kind'] !== 'string' || !isCount(seed) || !Array.isArray(tries))
    return undefined;
  const read = tries.flatMap((one: unknown) => {
    if (!isRecord(one) || !isCount(one['atMs']) || typeof one['right'] !== 'boolean') return [];
    return [{ atMs: one['atMs'], right: one['right'] }];
  });
  return read.length === tries.length ? { answer, seed, tries: read } : undefined;
}

function exerciseOf(value: unknown): Exercise | undefined {
  if (!isRecord(value) || typeof value['solutionSeen'] !== 'boolean' || !Array.isArray(value['checks']))
    return undefined;
  const { checks, solutionSeen } = value;
  const read = checks.flatMap((one: unknown) => {
    if (!isRecord(one) || !isCount(one['atMs']) || typeof one['passed'] !== 'boolean') return [];
    return [{ atMs: one['atMs'], passed: one['passed'] }];
  });
  return read.length === checks.length ? { checks: read, solutionSeen } : undefined;
}

export function versionsOf(value: unknown): SavedVersions | undefined {
  if (!isRecord(value)) return undefined;
  const { mine, setAside } = value;
  return isTexts(mine) && (setAside === null || isTexts(setAside)) ? { mine, setAside } : undefined;
}

function assignedOf(value: unknown): Assigned | undefined {
  if (!isRecord(value)) return undefined;
  const { text, student, listed } = value;
  if (typeof text !== 'string' || typeof student !== 'string' || typeof listed !== 'boolean')
    return undefined;
  return { text, student, listed };
}

function givenOf(value: unknown): Given | undefined {
  if (!isRecord(value)) return undefined;
  const { atMs, answer } = value;
  return isCount(atMs) && isRecord(answer) && typeof answer['kind'] === 'string'
    ? { atMs, answer }
    : undefined;
}

function triedOf(value: unknown): Tried | undefined {
  if (!isRecord(value) || !Array.isArray(value['tries'])) return undefined;
  const tries = value['tries'].flatMap((one: unknown) => givenOf(one) ?? []);
  const draft = value['draft'] === null ? null : givenOf(value['draft']);
  return draft === undefined || tries.length !== value['tries'].length ? undefined : { tries, draft };
}
