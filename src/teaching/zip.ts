// Reads a zip archive from memory, as learning platforms hand them out: stored and deflated entries, names in UTF-8.
// Refuses bombs (by what comes out, not by what is promised), names that lead outside, links, encryption, ZIP64 and bytes that do
// not fit their checksum; one bad entry does not spoil the others. Used by the command line's grade.
import { crc32, inflateRawSync } from 'node:zlib';
import { RunProblem } from '../runtime/runtime.ts';
import { instantOf } from './due.ts';

export interface ZipEntry {
  readonly path: string;
  /** Null where the archive does not say. */
  readonly modifiedMs: number | null;
  /** Throws RunProblem. */
  readonly read: () => Uint8Array;
}
export interface ZipLimits {
  readonly entries: number;
  readonly bytesEach: number;
  readonly bytesTotal: number;
  /** In which the archive's local times are meant. */
  readonly zone: string;
}
interface Header {
  readonly flags: number;
  readonly method: number;
  readonly time: number;
  readonly date: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly attributes: number;
  readonly at: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;

/** Folders are left out. Throws RunProblem where the archive as a whole cannot be read. */
export function readZip(name: string, bytes: Uint8Array, limits: ZipLimits): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(name, view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff) throw bad(name, 'a zip archive of less than 4 GB', 'ZIP64');
  if (count > limits.entries) throw bad(name, `at most ${limits.entries} files`, String(count));
  const left = { bytes: limits.bytesTotal };
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL)
      throw bad(name, `${count} files in its list`, `${index}, then something else`);
    const header = headerAt(view, at);
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((off) => view.getUint16(at + off, true));
    const raw = bytes.subarray(at + 46, at + 46 + (nameLength ?? 0));
    const extraAt = at + 46 + (nameLength ?? 0);
    const path = new TextDecoder().decode(raw).replaceAll('\\', '/');
    const stamp = stampIn(view, extraAt, Math.min(end, extraAt + (extraLength ?? 0)));
    at = extraAt + (extraLength ?? 0) + (noteLength ?? 0);
    if (path.endsWith('/')) continue;
    const read = () => contentOf(`${name}: ${shown(path)}`, path, bytes, header, limits, left);
    entries.push({ path, modifiedMs: stamp ?? dosTime(header, limits.zone), read });
  }
  return entries;
}

function endOf(name: string, view: DataView): number {
  for (let at = view.byteLength - END_BYTES; at >= Math.max(0, view.byteLength - END_BYTES - 0xffff); at--)
    if (view.getUint32(at, true) === END) return at;
  throw bad(name, 'a zip archive', 'a file without the list that ends one');
}

function headerAt(view: DataView, at: number): Header {
  return {
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    time: view.getUint16(at + 12, true),
    date: view.getUint16(at + 14, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    attributes: view.getUint32(at + 38, true),
    at: view.getUint32(at + 42, true),
  };
}

function contentOf(
  name: string,
  path: string,
  bytes: Uint8Array,
  header: Header,
  limits: ZipLimits,
  left: { bytes: number },
): Uint8Array {
  const steps = path.split('/');
  const isOutside = path.startsWith('/') || /^[A-Za-z]:/.test(path) || steps.includes('..');
  if (isOutside || path.includes('\0'))
    throw bad(name, 'a path inside the archive', 'one that leads outside');
  if (((header.attributes >>> 16) & 0xf000) === 0xa000) throw bad(name, 'a file', 'a link');
  if ((header.flags & 1) !== 0) throw bad(name, 'a file that is not encrypted', 'an encrypted one');
  const most = Math.min(limits.bytesEach, left.bytes);
  const tooBig = () => bad(name, `at most ${most.toLocaleString('en-US')} bytes`, 'more when unpacked');
  if (header.size > most) throw tooBig();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.at + 30 > bytes.length || view.getUint32(header.at, true) !== LOCAL)
    throw bad(name, 'a file where the list says', 'none');
  const from = header.at + 30 + view.getUint16(header.at + 26, true) + view.getUint16(header.at + 28, true);
  const packed = bytes.subarray(from, from + header.packed);
  if (packed.length !== header.packed) throw bad(name, 'the whole file', 'an archive that is cut short');
  const content = unpacked(name, packed, header, most, tooBig);
  left.bytes -= content.length;
  if (content.length !== header.size || crc32(content) !== header.crc)
    throw bad(name, 'the bytes that its checksum is of', 'others');
  return content;
}

function unpacked(
  name: string,
  packed: Uint8Array,
  { method }: Header,
  most: number,
  tooBig: () => RunProblem,
): Uint8Array {
  if (method === 0) return packed;
  if (method !== 8) throw bad(name, 'a stored or deflated file', `compression method ${method}`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    const isTooBig = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooBig ? tooBig() : bad(name, 'deflated bytes', 'bytes that cannot be inflated');
  }
}

/** The extended timestamp (0x5455), in UTC. */
function stampIn(view: DataView, from: number, until: number): number | null {
  for (let at = from; at + 4 <= until; at += 4 + view.getUint16(at + 2, true)) {
    const [id, size] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (id === 0x5455 && size >= 5 && at + 9 <= until && (view.getUint8(at + 4) & 1) === 1)
      return view.getInt32(at + 5, true) * 1000;
  }
  return null;
}

/** In the archive's zone; of a time that comes twice the earlier, in the student's favor. */
function dosTime({ date, time }: Header, zone: string): number | null {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${1980 + (date >>> 9)}-${two((date >>> 5) & 15)}-${two(date & 31)}`;
  const clock = `${two(time >>> 11)}:${two((time >>> 5) & 63)}:${two((time & 31) * 2)}`;
  try {
    return date === 0 ? null : instantOf({ local: `${day}T${clock}`, zone, which: 'earlier' });
  } catch (error) {
    if (error instanceof RunProblem) return null;
    throw error;
  }
}

function shown(path: string): string {
  return JSON.stringify(path.slice(0, 200)).slice(1, -1);
}

function bad(file: string, expected: string, found: string): RunProblem {
  return new RunProblem({ file, expected, found, fix: 'ask for it again, or take it out.' });
}
