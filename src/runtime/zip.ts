// A zip file: deflated where that is shorter, dated 1980-01-01, so that equal files give equal bytes wherever the
// deflate is the same. Refuses what needs ZIP64: 65,535 files, 4 GB. Source: PKWARE APPNOTE 6.3.10.
// Called by islands/lab/take-away.tsx and by the packages of teaching/lms.

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const FLAGS = 1 << 11;
const VERSION = 20;
/** Made by Unix, so that the mode counts: rw-r--r--, or rwxr-xr-x for what begins with `#!`. */
const MADE_BY = (3 << 8) | VERSION;
const FILE_MODE = 0o100644;
const SCRIPT_MODE = 0o100755;
const DATE_1980_01_01 = (1 << 5) | 1;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** `files` in their order, below a folder of the zip's own; '' for none. */
export async function zipOf(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const [path, file] of Object.entries(files)) {
    const name = new TextEncoder().encode(folder === '' ? path : `${folder}/${path}`);
    const plain = typeof file === 'string' ? new TextEncoder().encode(file) : file;
    const packed = await deflated(plain);
    const isPacked = packed.length < plain.length;
    const content = isPacked ? packed : plain;
    const mode = typeof file === 'string' && file.startsWith('#!') ? SCRIPT_MODE : FILE_MODE;
    // From here on both records are alike: how packed, when, what, how long, and how long its name is.
    const common = [
      [2, isPacked ? 8 : 0],
      [2, 0],
      [2, DATE_1980_01_01],
      [4, crc32(plain)],
      [4, content.length],
      [4, plain.length],
      [2, name.length],
      [2, 0],
    ] as const;
    const local = record([4, LOCAL], [2, VERSION], [2, FLAGS], ...common);
    const begin = record([4, CENTRAL], [2, MADE_BY], [2, VERSION], [2, FLAGS], ...common);
    const rest = record([2, 0], [2, 0], [2, 0], [4, mode * 0x10000], [4, offset]);
    parts.push(local, name, content);
    directory.push(begin, rest, name);
    offset += local.length + name.length + content.length;
  }
  const count = Object.keys(files).length;
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  if (count >= 0xffff || offset + size >= 0xffffffff)
    throw new RangeError(`expected less than 65,535 files and 4 GB, found ${count} files of ${offset} bytes`);
  const end = record([4, END], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]);
  return joined([...parts, ...directory, end]);
}

/** Little-endian numbers, each with its size in bytes. */
function record(...fields: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
