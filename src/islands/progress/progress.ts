// What is kept of the reader, as one page sees it: all records in memory, read at once and written behind, each write
// merged with what another tab wrote meanwhile. Other tabs are told. What cannot be read is set aside and reported;
// where nothing can be kept everything works in memory and `notice` says so. Made by open.ts, used by every island.
import type { Backing } from './database.ts';
import { merge, same } from './merge.ts';
import { asideOf, asideOfLost, fromVersion1 } from './migrate.ts';
import {
  type Aside,
  type Kind,
  keyOf,
  type ProgressRecord,
  readAside,
  readRecord,
  type Values,
} from './records.ts';
import { isRecord, isStrings } from './shapes.ts';

/** The part of BroadcastChannel that is used, so tests can pass their own. */
export interface Wire {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}
export interface Surroundings {
  readonly backing: Backing | null;
  readonly wire: Wire | null;
  readonly nowMs: () => number;
  /** The entries of version 1. */
  readonly version1: readonly (readonly [key: string, text: string])[];
}

const notKept =
  'This browser keeps nothing for this site (storage is full or forbidden): what you do works, and is gone when the page closes.';
const gone =
  'Another tab has a newer version of this site or has closed its storage: reload this page, or what you do from now on is gone when it closes.';
const unreadable = 'It is not what this site writes.';

interface Pending {
  readonly record: ProgressRecord;
  /** The moment of what this page had read before it changed it: 0 for nothing. */
  readonly baseMs: number;
}

export class Progress {
  /** What the reader should know about keeping; '' while all is well. */
  notice = '';
  #asides: Aside[] = [];
  readonly #records = new Map<string, ProgressRecord>();
  readonly #pending = new Map<string, Pending>();
  readonly #listeners = new Set<(keys: readonly string[]) => void>();
  readonly #around: Surroundings;
  #writing: Promise<void> | null = null;

  private constructor(around: Surroundings) {
    this.#around = around;
  }

  static async open(around: Surroundings): Promise<Progress> {
    const progress = new Progress(around);
    await progress.#load();
    if (around.backing !== null) around.backing.onGone = () => progress.#say(gone);
    if (around.wire !== null) around.wire.onmessage = ({ data }) => void progress.#heard(data);
    return progress;
  }

  get asides(): readonly Aside[] {
    return this.#asides;
  }

  get<K extends Kind>(kind: K, name: string): Values[K] | undefined {
    return this.#records.get(keyOf(kind, name))?.value as Values[K] | undefined;
  }

  all(): readonly ProgressRecord[] {
    return [...this.#records.values()];
  }

  /** Changes one record at once, and writes it soon. */
  update<K extends Kind>(kind: K, name: string, change: (old: Values[K] | undefined) => Values[K]): void {
    const key = keyOf(kind, name);
    const old = this.#records.get(key);
    const value = change(this.get(kind, name));
    if (old !== undefined && same(old.value, value)) return;
    const atMs = Math.max(this.#around.nowMs(), (old?.atMs ?? 0) + 1);
    const record = { kind, name, atMs, value } as ProgressRecord;
    this.#records.set(key, record);
    this.#pending.set(key, { record, baseMs: this.#pending.get(key)?.baseMs ?? old?.atMs ?? 0 });
    this.#write();
  }

  /** Takes records from a file: newer wins. Gives how many changed something here. */
  async take(records: readonly ProgressRecord[], asides: readonly Aside[]): Promise<number> {
    await this.settled();
    const now = this.#around.nowMs();
    const known = new Set(this.#asides.map(({ key, held }) => `${key} ${held}`));
    const fresh = asides.filter(({ key, held }) => !known.has(`${key} ${held}`));
    const put: ProgressRecord[] = [];
    for (const incoming of records) {
      const key = keyOf(incoming.kind, incoming.name);
      const stored = this.#records.get(key);
      const { kept, lost } = stored === undefined ? { kept: incoming, lost: null } : merge(stored, incoming);
      const left = lost === null ? null : asideOfLost(lost, now);
      if (left !== null && !known.has(`${left.key} ${left.held}`)) fresh.push(left);
      if (stored === undefined || !same(stored.value, kept.value)) put.push(kept);
      this.#records.set(key, kept);
    }
    this.#asides.push(...fresh);
    const keys = put.map(({ kind, name }) => keyOf(kind, name));
    await this.#try(async (backing) => {
      const rows = put.map((record) => [keyOf(record.kind, record.name), record] as const);
      await backing.change([], () => ({ put: rows, aside: fresh }));
      this.#around.wire?.postMessage({ keys });
    });
    this.#changed(keys);
    return put.length;
  }

  /** Deletes all, here and in other tabs. */
  async clear(): Promise<void> {
    await this.settled();
    this.#forget();
    await this.#try(async (backing) => {
      await backing.clear();
      this.#around.wire?.postMessage({ cleared: true });
    });
  }

  /** Calls when something changes that this page did not do, and when `notice` does; gives what ends it. */
  onChange(listener: (keys: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** When all that was changed so far is written or cannot be. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #load(): Promise<void> {
    const { backing, version1, nowMs } = this.#around;
    const now = nowMs();
    const old = fromVersion1(version1, now);
    if (backing === null) {
      putInto(this.#records, old.records);
      this.#asides.push(...old.asides);
      this.#say(notKept);
      return;
    }
    await this.#try(async () => {
      const { rows, asides, isMarked } = await backing.readAll();
      const bad: [string, unknown][] = [];
      for (const [key, raw] of rows) if (!this.#accept(key, raw)) bad.push([key, raw]);
      this.#asides = asides.map((raw) => readAside(raw) ?? asideOf('?', raw, unreadable, now));
      const found = bad.map(([key, raw]) => asideOf(key, raw, unreadable, now));
      this.#asides.push(...found);
      if (found.length > 0)
        this.#say('Some of what was kept of you could not be read. It is set aside: see “Where I stand”.');
      const drop = bad.map(([key]) => key);
      if (drop.length > 0) await backing.change([], () => ({ put: [], drop, aside: found }));
      if (isMarked) return;
      const fresh = old.records.filter(({ kind, name }) => !this.#records.has(keyOf(kind, name)));
      putInto(this.#records, fresh);
      this.#asides.push(...old.asides);
      await backing.change([], () => ({
        put: fresh.map((record) => [keyOf(record.kind, record.name), record] as const),
        aside: old.asides,
        mark: true,
      }));
    });
  }

  /** Into memory, if it is a record and stands under its own key. */
  #accept(key: string, raw: unknown): boolean {
    const record = readRecord(raw);
    if (record === null || keyOf(record.kind, record.name) !== key) return false;
    this.#records.set(key, record);
    return true;
  }

  #write(): void {
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = null;
    });
  }

  async #drain(): Promise<void> {
    while (this.#pending.size > 0) {
      const batch = new Map(this.#pending);
      this.#pending.clear();
      const keys = [...batch.keys()];
      const joined: string[] = [];
      await this.#try(async (backing) => {
        await backing.change(keys, (stored) => this.#decide(batch, stored, joined));
        this.#around.wire?.postMessage({ keys });
      });
      if (joined.length > 0) this.#changed(joined);
    }
  }

  /** What another tab wrote since this page read is joined with, or set aside. */
  #decide(batch: ReadonlyMap<string, Pending>, stored: ReadonlyMap<string, unknown>, joined: string[]) {
    const put: [string, ProgressRecord][] = [];
    const aside: Aside[] = [];
    for (const [key, { record, baseMs }] of batch) {
      const other = readRecord(stored.get(key));
      if (other === null || other.atMs <= baseMs) {
        put.push([key, record]);
        continue;
      }
      // What is done here is done last, whatever the clocks say.
      const { kept, lost } = merge(other, { ...record, atMs: Math.max(record.atMs, other.atMs + 1) });
      put.push([key, kept]);
      if (lost !== null) aside.push(asideOfLost(lost, this.#around.nowMs()));
      if (this.#pending.has(key)) continue;
      this.#records.set(key, kept);
      joined.push(key);
    }
    this.#asides.push(...aside);
    return { put, aside };
  }

  async #try(work: (backing: Backing) => Promise<void>): Promise<void> {
    const { backing } = this.#around;
    if (backing === null) return;
    try {
      await work(backing);
    } catch (error) {
      console.warn(error);
      if (this.notice !== gone) this.#say(notKept);
    }
  }

  async #heard(message: unknown): Promise<void> {
    if (!isRecord(message)) return;
    if (message['cleared'] === true) this.#forget();
    const { keys } = message;
    if (!isStrings(keys)) return;
    await this.#try(async (backing) => {
      const fresh: string[] = [];
      for (const [key, raw] of await backing.read(keys)) {
        const mine = this.#records.get(key)?.atMs ?? 0;
        const record = readRecord(raw);
        // What this page is about to write is merged when it is written.
        if (this.#pending.has(key) || record === null || record.atMs <= mine) continue;
        if (this.#accept(key, raw)) fresh.push(key);
      }
      this.#changed(fresh);
    });
  }

  #forget(): void {
    const keys = [...this.#records.keys()];
    this.#records.clear();
    this.#pending.clear();
    this.#asides = [];
    this.#changed(keys);
  }

  #say(notice: string): void {
    this.notice = notice;
    this.#changed([]);
  }

  #changed(keys: readonly string[]): void {
    for (const listener of this.#listeners) listener(keys);
  }
}

function putInto(records: Map<string, ProgressRecord>, fresh: readonly ProgressRecord[]): void {
  for (const record of fresh) records.set(keyOf(record.kind, record.name), record);
}
