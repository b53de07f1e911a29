// What a platform keeps for resuming, as one short ASCII text: sections by id, every question's outcomes as bits with
// the seed of its numbers and its last answer, predictions, checks. Pure. Never longer than asked: what does not fit is
// left out in a fixed order, longest words first, and named. Anything unreadable is null. Called by player.ts.
import type { Launch } from '../../teaching/lms/launch-data.ts';
import type { Kind, ProgressRecord, Values } from '../progress/records.ts';
import { readRecord } from '../progress/records.ts';
import { isRecord } from '../progress/shapes.ts';

/** SCORM 1.2, cmi.suspend_data: CMIString4096. */
export const STATE_MAX_12 = 4096;
/** SCORM 2004, cmi.suspend_data. We need far less; the same for the State document of cmi5. */
export const STATE_MAX = 64_000;

const FORMAT = 1;
/** Outcomes kept of a question or an exercise: the last ones. */
const BITS_MAX = 24;
const WORDS_MAX = 80;

type Answers = Readonly<Record<string, readonly [bits: string, seed?: number, answer?: unknown]>>;
interface Kept {
  readonly f: number;
  /** Sections read. */
  readonly r: readonly string[];
  readonly q: Answers;
  readonly p?: Readonly<Record<string, readonly [said: unknown, near: number | null, of: number | null]>>;
  readonly x?: Readonly<Record<string, readonly [bits: string, solution: 0 | 1]>>;
}
export interface Packed {
  readonly text: string;
  /** In words, what had no room; '' where all of it is there. */
  readonly leftOut: string;
}
export type Get = <K extends Kind>(kind: K, name: string) => Values[K] | undefined;

const cuts: readonly (readonly [leftOut: string, cut: (kept: Kept) => Kept])[] = [
  ['', (kept) => kept],
  ['long answers in words', (kept) => withAnswers(kept, (answer) => !isLong(answer))],
  ['long answers in words and predictions', ({ p: _, ...kept }) => kept],
  ['answers and predictions (which were right is kept)', (kept) => withAnswers(kept, () => false)],
  ['answers, predictions and exercises (which were right is kept)', ({ x: _, ...kept }) => kept],
  [
    'all but what was read and which answers were right',
    (kept) => ({ ...kept, q: mapped(kept.q, ([bits]) => [bits.slice(-1)]) }),
  ],
];

/** Throws where not even the least has room: then the chapter is too big for the standard. */
export function pack(launch: Launch, get: Get, charactersMax: number): Packed {
  let kept = keptOf(launch, get);
  for (const [leftOut, cut] of cuts) {
    kept = cut(kept);
    const text = ascii(JSON.stringify(kept));
    if (text.length <= charactersMax) return { text, leftOut };
  }
  throw new Error(
    `expected the state of ${launch.chapter} within ${charactersMax} characters, found more even at its shortest.`,
  );
}

/** The records that the text holds of this chapter; null where it is not ours. Names the chapter has no more are left out. */
export function unpack(launch: Launch, text: string, atMs: number): ProgressRecord[] | null {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(kept) || kept['f'] !== FORMAT || !Array.isArray(kept['r']) || !isRecord(kept['q']))
    return null;
  const { chapter, questions, predictions, exercises } = launch;
  const sections = kept['r'].filter((id: unknown) => launch.sections.some((one) => one === id));
  const found: unknown[] = [{ kind: 'read', name: chapter, atMs, value: { sections } }];
  for (const [id, one] of entriesOf(kept['q'], questions)) {
    const [bits, seed = 1, answer = { kind: 'none' }] = one;
    const tries = outcomes(bits, atMs).map(({ atMs, yes }) => ({ atMs, right: yes }));
    found.push({ kind: 'answered', name: `${chapter}:${id}`, atMs, value: { answer, seed, tries } });
  }
  for (const [id, [said, near, of]] of entriesOf(kept['p'], predictions))
    found.push({ kind: 'predicted', name: `${chapter}:${id}`, atMs, value: { said, near, of } });
  for (const [name, [bits, seen]] of entriesOf(kept['x'], exercises)) {
    const checks = outcomes(bits, atMs).map(({ atMs, yes }) => ({ atMs, passed: yes }));
    found.push({ kind: 'exercise', name, atMs, value: { checks, solutionSeen: seen === 1 } });
  }
  return found.flatMap((one) => readRecord(one) ?? []);
}

function keptOf({ chapter, sections, questions, predictions, exercises }: Launch, get: Get): Kept {
  const read = new Set(get('read', chapter)?.sections ?? []);
  const q: Record<string, Answers[string]> = {};
  for (const id of questions) {
    const one = get('answered', `${chapter}:${id}`);
    if (one !== undefined) q[id] = [bitsOf(one.tries.map(({ right }) => right)), one.seed, one.answer];
  }
  const p: Record<string, NonNullable<Kept['p']>[string]> = {};
  for (const id of predictions) {
    const one = get('predicted', `${chapter}:${id}`);
    if (one !== undefined) p[id] = [one.said, one.near, one.of];
  }
  const x: Record<string, NonNullable<Kept['x']>[string]> = {};
  for (const name of exercises) {
    const one = get('exercise', name);
    if (one !== undefined)
      x[name] = [bitsOf(one.checks.map(({ passed }) => passed)), one.solutionSeen ? 1 : 0];
  }
  return { f: FORMAT, r: sections.filter((id) => read.has(id)), q, p, x };
}

function bitsOf(outcomes: readonly boolean[]): string {
  return outcomes
    .slice(-BITS_MAX)
    .map((one) => (one ? '1' : '0'))
    .join('');
}

function outcomes(bits: unknown, atMs: number): { atMs: number; yes: boolean }[] {
  if (typeof bits !== 'string' || !/^[01]*$/.test(bits)) return [];
  return [...bits.slice(-BITS_MAX)].map((bit) => ({ atMs, yes: bit === '1' }));
}

function entriesOf(value: unknown, names: readonly string[]): (readonly [string, readonly unknown[]])[] {
  if (!isRecord(value)) return [];
  return names.flatMap((name) => {
    const one = Object.hasOwn(value, name) ? value[name] : undefined;
    return Array.isArray(one) ? [[name, one as readonly unknown[]] as const] : [];
  });
}

function isLong(answer: unknown): boolean {
  return JSON.stringify(answer).length > WORDS_MAX;
}

function withAnswers(kept: Kept, keeps: (answer: unknown) => boolean): Kept {
  return {
    ...kept,
    q: mapped(kept.q, ([bits, seed = 1, answer]) =>
      answer !== undefined && keeps(answer) ? [bits, seed, answer] : [bits, seed],
    ),
  };
}

function mapped(answers: Answers, change: (one: Answers[string]) => Answers[string]): Answers {
  return Object.fromEntries(Object.entries(answers).map(([id, one]) => [id, change(one)]));
}

/** Platforms count characters or bytes: so that both are the same, whatever is not ASCII is escaped. */
function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
