// What cluster.json names to be watched, picked out of what machines publish: numbers second by second, words with the
// moments at which they changed. Pure, incremental and bounded. Trusts nothing that a guest publishes: what is not there
// or of another shape is null, as is everything of a machine that is down. Fed by the cockpit's model and by the build for recorded runs.
import type { Json, WatchSpec } from '../datacenter/contract.ts';

export const secondsKept = 120;
export const changesKept = 60;
/** Of one entry. */
export const linesMax = 12;
/** No gauge reads more; beyond, sums of time and value would not be exact. */
const valueMax = Number.MAX_SAFE_INTEGER;
const wordsMax = 40;
const listMax = 8;

export type WatchedLine = NumberLine | TextLine;

/** A number or a share. */
export class NumberLine {
  now: number | null = null;
  /** The highest ever. */
  most: number | null = null;
  /** One for each finished second, the first of them of second `first`. */
  readonly seconds: (number | null)[] = [];
  first: number;
  readonly #each: WatchSpec['each'];
  #atNs: number;
  /** Of the second under way: value times time, and the time in which there was one. */
  #area = 0;
  #knownNs = 0;
  #mostNow: number | null = null;

  constructor(atNs: number, each: WatchSpec['each']) {
    this.#each = each;
    this.#atNs = atNs;
    this.first = Math.floor(atNs / 1e9);
  }

  set(atNs: number, value: Json | undefined): void {
    this.passTo(atNs);
    this.now = typeof value === 'number' && Math.abs(value) <= valueMax ? value : null;
    this.most = highest(this.most, this.now);
    this.#mostNow = highest(this.#mostNow, this.now);
  }

  passTo(atNs: number): void {
    while (this.#atNs < atNs) {
      const endNs = (Math.floor(this.#atNs / 1e9) + 1) * 1e9;
      const toNs = Math.min(atNs, endNs);
      if (this.now !== null) {
        this.#area += this.now * (toNs - this.#atNs);
        this.#knownNs += toNs - this.#atNs;
      }
      this.#atNs = toNs;
      if (toNs === endNs) this.#close();
    }
  }

  #close(): void {
    const mean = this.#knownNs === 0 ? null : this.#area / this.#knownNs;
    this.seconds.push(this.#each === 'mean' ? mean : this.#each === 'most' ? this.#mostNow : this.now);
    this.#area = 0;
    this.#knownNs = 0;
    this.#mostNow = this.now;
    if (this.seconds.length < secondsKept * 2) return;
    this.seconds.splice(0, secondsKept);
    this.first += secondsKept;
  }
}

export class TextLine {
  now: string | null = null;
  /** Each with the moment from which on it held; the oldest are forgotten. */
  readonly changes: { readonly atNs: number; readonly text: string | null }[] = [];

  set(atNs: number, value: Json | undefined): void {
    const text = words(value);
    if (text === this.now) return;
    this.now = text;
    // Of changes at one moment only the last was to be seen.
    if (this.changes.at(-1)?.atNs === atNs) this.changes.pop();
    this.changes.push({ atNs, text });
    if (this.changes.length > changesKept) this.changes.shift();
  }

  passTo(): void {}
}

/** One entry of cluster.json with its lines, in the order in which they came. */
export class WatchedEntry {
  readonly spec: WatchSpec;
  /** `key` is what `*` stood for, else ''. */
  readonly lines: { readonly machine: string; readonly key: string; readonly line: WatchedLine }[] = [];
  /** Keys of a `*` that were too many to be kept. */
  isCut = false;
  readonly #steps: readonly string[];

  constructor(spec: WatchSpec) {
    this.spec = spec;
    this.#steps = spec.path.split('.');
    if (!this.#steps.includes('*')) for (const machine of spec.machines) this.#line(0, machine, '');
  }

  /** What `machine` has published; undefined when it is down. */
  take(atNs: number, machine: string, value: Json | undefined): void {
    if (!this.spec.machines.includes(machine)) return;
    const found = new Map(follow(value, this.#steps));
    for (const one of this.lines)
      if (one.machine === machine && !found.has(one.key)) one.line.set(atNs, undefined);
    for (const [key, inner] of found) this.#line(atNs, machine, key)?.set(atNs, inner);
  }

  passTo(atNs: number): void {
    for (const { line } of this.lines) line.passTo(atNs);
  }

  #line(atNs: number, machine: string, key: string): WatchedLine | null {
    const known = this.lines.find((one) => one.machine === machine && one.key === key);
    if (known !== undefined) return known.line;
    if (this.lines.length >= linesMax) {
      this.isCut = true;
      return null;
    }
    const line = this.spec.kind === 'text' ? new TextLine() : new NumberLine(atNs, this.spec.each);
    this.lines.push({ machine, key, line });
    return line;
  }
}

/** What lies at the end of a path: by the key that `*` stood for, else by ''. */
function follow(value: Json | undefined, steps: readonly string[], key = ''): [string, Json | undefined][] {
  const [step, ...rest] = steps;
  if (step === undefined) return value === undefined ? [] : [[key, value]];
  if (typeof value !== 'object' || value === null) return [];
  const inner = value as { readonly [key: string]: Json };
  if (step !== '*') return Object.hasOwn(inner, step) ? follow(inner[step], rest, key) : [];
  const keys = Object.keys(inner).slice(0, linesMax + 1);
  return keys.flatMap((each) => follow(inner[each], rest, each.slice(0, wordsMax)));
}

function words(value: Json | undefined): string | null {
  if (value === undefined) return null;
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value))
    return value.length === 0
      ? 'none'
      : value
          .slice(0, listMax)
          .map((each: Json) => (Array.isArray(each) ? '?' : (words(each) ?? '?')))
          .join(', ')
          .slice(0, wordsMax);
  return typeof value === 'object' ? null : String(value).slice(0, wordsMax);
}

function highest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
