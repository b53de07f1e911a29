// A log in memory and on the disk. What is appended goes to the file in batches: one write, one fsync for all that came
// meanwhile. A tail is cut, or a head folded into a snapshot, by writing the file anew beside the old one and renaming.
// Refuses to go on after an error of the disk: nobody knows what was kept. Used by node.ts, replica.ts, ship.ts.
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { emptyIfMissing, replaceFile, syncFolder } from './files.ts';
import { EMPTY, type LogRecord, recordBytes, recover, type Snapshot, snapshotBytes } from './log.ts';

export class Journal {
  readonly #folder: string;
  base: Snapshot = EMPTY;
  #records: LogRecord[] = [];
  #file: FileHandle | undefined;
  #bytes = 0;
  /** Records from this index on are not in the file yet. */
  #unwritten = 1;
  #isStale = false; // the file must be written anew
  #turn: Promise<void> | undefined;
  /** All up to this index is on the disk. */
  durable = 0;
  /** Called when `durable` has grown. */
  onDurable: () => void = () => {};
  readonly #onFailure: (error: unknown) => void;

  constructor(folder: string, onFailure: (error: unknown) => void) {
    this.#folder = folder;
    this.#onFailure = onFailure;
  }

  /** Reads what is there; returns the epoch that was promised last, and says what it cut off. */
  async open(): Promise<{ readonly epoch: number; readonly torn: number }> {
    await mkdir(this.#folder, { recursive: true });
    await syncFolder(`${this.#folder}/..`);
    const epoch = Number(await readFile(`${this.#folder}/epoch`).catch(emptyIfMissing));
    const found = await readFile(`${this.#folder}/log`).catch(emptyIfMissing);
    const { snapshot, records, bytes, torn } = recover(found);
    this.#file = await open(`${this.#folder}/log`, 'a');
    await this.#file.truncate(bytes);
    await this.#file.sync();
    await syncFolder(this.#folder);
    this.base = snapshot;
    this.#records = [...records];
    this.#bytes = bytes;
    this.#unwritten = this.last.index + 1;
    this.durable = this.last.index;
    return { epoch, torn };
  }

  /** Promises an epoch for good: when this returns, no power cut takes it back. */
  async promise(epoch: number): Promise<void> {
    await replaceFile(this.#folder, 'epoch', String(epoch));
  }

  get last(): { readonly epoch: number; readonly index: number } {
    return this.#records.at(-1) ?? this.base;
  }

  get length(): number {
    return this.#records.length;
  }

  at(index: number): LogRecord | undefined {
    return this.#records[index - this.base.index - 1];
  }

  /** Of the record at `index`; undefined where this log does not know it (any more). */
  epochAt(index: number): number | undefined {
    return index === this.base.index ? this.base.epoch : this.at(index)?.epoch;
  }

  from(index: number, to: number): LogRecord[] {
    return this.#records.slice(index - this.base.index - 1, Math.max(0, to - this.base.index));
  }

  append(record: LogRecord): void {
    this.#records.push(record);
    this.#begin();
  }

  #begin(): void {
    this.#turn ??= this.#writeAll().catch(this.#onFailure);
  }

  /** Writes until nothing is left to write. While the disk syncs one batch, the next one gathers. */
  async #writeAll(): Promise<void> {
    while (this.#isStale || this.#unwritten <= this.last.index) {
      const upTo = this.last.index;
      if (this.#isStale) await this.#writeAnew(upTo);
      else {
        const batch = this.from(this.#unwritten, upTo).map((record) => recordBytes(record, this.#bytes));
        const bytes = Buffer.concat(batch);
        this.#unwritten = upTo + 1;
        await this.#file?.appendFile(bytes);
        await this.#file?.datasync();
        this.#bytes += bytes.length;
      }
      if (this.#isStale) continue; // The tail was cut meanwhile: the file is about to be written anew.
      this.durable = upTo;
      this.onDurable();
    }
    this.#turn = undefined;
  }

  async #writeAnew(upTo: number): Promise<void> {
    this.#isStale = false;
    this.#unwritten = upTo + 1;
    const records = this.from(this.base.index + 1, upTo).map((record) => recordBytes(record, 0));
    const bytes = Buffer.concat([snapshotBytes(this.base), ...records]);
    await replaceFile(this.#folder, 'log', bytes);
    await this.#file?.close();
    this.#file = await open(`${this.#folder}/log`, 'a');
    this.#bytes = bytes.length;
  }

  /** Waits until everything appended so far is on the disk. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** Forgets all records after `index`: another primary's log has others there. */
  cutAfter(index: number): void {
    this.#records.length = index - this.base.index;
    this.#rewrite(index);
  }

  /** Folds all records up to the snapshot into it. Those after it stay. */
  compact(snapshot: Snapshot): void {
    this.#records = this.from(snapshot.index + 1, this.last.index);
    this.base = snapshot;
    this.#rewrite(this.durable);
  }

  /** Begins anew with a snapshot from the primary. */
  install(snapshot: Snapshot): void {
    this.#records = [];
    this.base = snapshot;
    this.#rewrite(0);
  }

  #rewrite(durable: number): void {
    this.durable = Math.min(this.durable, durable);
    this.#isStale = true;
    this.#begin();
  }
}
