// The bytes of a write-ahead log: a record becomes a frame of length, checksum and payload, and back. Pure.
// Refuses to guess: a torn end is cut off, for nobody was told of it; damage further in is reported, never skipped.
// Used by journal.ts, which writes these bytes to a file. Integers are big-endian.
import { crc32 } from './crc32.ts';

/** One change. `key` '' with value '' changes nothing (a new primary's first record); '' with null drops every key. */
export interface LogRecord {
  /** Of the primary that wrote it. */
  readonly epoch: number;
  /** Place in the log, counted from 1, without gaps. */
  readonly index: number;
  readonly key: string;
  /** null: the key is deleted. */
  readonly value: string | null;
}

/** What all records up to `index` came to: it stands at the head of a log in their place. */
export interface Snapshot {
  readonly epoch: number;
  readonly index: number;
  readonly entries: readonly (readonly [key: string, value: string])[];
}

export interface Recovered {
  readonly snapshot: Snapshot;
  readonly records: readonly LogRecord[];
  /** Bytes that are good; what lies behind them was torn. */
  readonly bytes: number;
  readonly torn: number;
}

export const EMPTY: Snapshot = { epoch: 0, index: 0, entries: [] };
const HEAD_BYTES = 8;
/** Kind, epoch, index, bytes known to be synced, length of the key. */
const FIXED_BYTES = 1 + 4 + 4 + 6 + 2;
const FRAME_BYTES_MAX = 64 * 1024 * 1024;
const [PUT, DELETE, SNAPSHOT] = [1, 2, 3];

/** `synced`: how many bytes of the file were known to be on the disk when this frame was written. */
function frame(kind: number, epoch: number, index: number, synced: number, key: string, value: string) {
  const [name, text] = [Buffer.from(key), Buffer.from(value)];
  const length = FIXED_BYTES + name.length + text.length;
  const bytes = Buffer.alloc(HEAD_BYTES + length);
  bytes.writeUInt32BE(length, 0);
  let at = bytes.writeUInt8(kind, HEAD_BYTES);
  at = bytes.writeUInt32BE(epoch, at);
  at = bytes.writeUInt32BE(index, at);
  at = bytes.writeUIntBE(synced, at, 6);
  at = bytes.writeUInt16BE(name.length, at);
  bytes.set(name, at);
  bytes.set(text, at + name.length);
  bytes.writeUInt32BE(checksum(bytes), 4);
  return bytes;
}

/** Of the length and the payload: a damaged length must show, too. */
function checksum(bytes: Uint8Array): number {
  return (crc32(bytes.subarray(0, 4)) ^ crc32(bytes.subarray(HEAD_BYTES))) >>> 0;
}

export function recordBytes({ epoch, index, key, value }: LogRecord, synced: number): Buffer {
  return frame(value === null ? DELETE : PUT, epoch, index, synced, key, value ?? '');
}

export function snapshotBytes({ epoch, index, entries }: Snapshot): Buffer {
  return frame(SNAPSHOT, epoch, index, 0, '', JSON.stringify(entries));
}

interface Frame extends LogRecord {
  readonly kind: number;
  readonly synced: number;
  readonly end: number;
}

/** The frame at `at`; undefined where there is no whole and undamaged one. */
function frameAt(file: Buffer, at: number): Frame | undefined {
  if (at + HEAD_BYTES + FIXED_BYTES > file.length) return undefined;
  const length = file.readUInt32BE(at);
  const end = at + HEAD_BYTES + length;
  if (length < FIXED_BYTES || length > FRAME_BYTES_MAX || end > file.length) return undefined;
  const bytes = file.subarray(at, end);
  if (bytes.readUInt32BE(4) !== checksum(bytes)) return undefined;
  const kind = bytes.readUInt8(8);
  const [epoch, index, synced] = [bytes.readUInt32BE(9), bytes.readUInt32BE(13), bytes.readUIntBE(17, 6)];
  const from = HEAD_BYTES + FIXED_BYTES;
  const to = from + bytes.readUInt16BE(23);
  const [key, text] = [bytes.toString('utf8', from, to), bytes.toString('utf8', to)];
  return { kind, epoch, index, synced, key, value: kind === DELETE ? null : text, end };
}

// #region recover
/** Reads a log from its file. Throws where something is damaged that had been synced once. */
export function recover(file: Buffer): Recovered {
  let snapshot = EMPTY;
  const records: LogRecord[] = [];
  let at = 0;
  for (let last = 0; at < file.length; ) {
    const found = frameAt(file, at);
    if (!found) break;
    const { kind, epoch, index, key, value } = found;
    const isHead = kind === SNAPSHOT && at === 0;
    if (!isHead && index !== last + 1) throw damaged(at, `record ${last + 1}`, `record ${index}`);
    if (isHead) snapshot = { epoch, index, entries: JSON.parse(value ?? '[]') };
    else records.push({ epoch, index, key, value });
    last = index;
    at = found.end;
  }
  const witness = syncedBeyond(file, at);
  if (witness) throw damaged(at, 'a whole record with its checksum', `damage before record ${witness.index}`);
  return { snapshot, records, bytes: at, torn: file.length - at };
}
// #endregion

/** A later record which says that the bytes at `at` were on the disk before it: then they are not merely torn. */
function syncedBeyond(file: Buffer, at: number): Frame | undefined {
  for (let later = at + 1; later < file.length; later++) {
    const found = frameAt(file, later);
    if (found && found.synced > at) return found;
  }
  return undefined;
}

function damaged(at: number, expected: string, found: string): Error {
  const fix = 'do not start from this log: empty the folder, and the store gets everything from the primary';
  return new Error(`log, byte ${at}: expected ${expected}, found ${found}: ${fix}`);
}
