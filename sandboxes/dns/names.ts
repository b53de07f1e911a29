// Domain names: as text (`www.100xglobal.com.`, always absolute here, so with its last dot) and as bytes of a message.
// Refuses labels over 63 bytes, names over 255, and pointers that do not lead backwards: only so does reading end.
// Used by every file that handles names; RFC 1035, 2.3.4, 3.1 and 4.1.4.

/** Bytes that are no DNS message, or words that no message can hold. */
export class FormatError extends Error {}

const LABEL_MAX = 63;
const NAME_MAX = 255;
const POINTER = 0xc0;

/** The labels of an absolute name, as bytes; none for the root. Backslashes as in zone files (RFC 1035, 5.1). */
export function labelsOf(name: string): Buffer[] {
  if (name === '.') return [];
  if (!name.endsWith('.')) throw new FormatError(`'${name}' does not end in a dot`);
  const labels: number[][] = [[]];
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code > 0x7e || code < 0x21) throw new FormatError('a name holds letters, digits and signs of ASCII');
    if (name[at] === '.') labels.push([]);
    else if (name[at] !== '\\') labels.at(-1)?.push(code);
    else {
      const digits = /^\d{3}/.exec(name.slice(at + 1))?.[0];
      const byte = digits === undefined ? name.charCodeAt(at + 1) : Number(digits);
      if (!(byte <= 255))
        throw new FormatError('a backslash stands before a character or three digits up to 255');
      labels.at(-1)?.push(byte);
      at += digits === undefined ? 1 : 3;
    }
  }
  if (labels.pop()?.length !== 0) throw new FormatError(`'${name}' does not end in a dot`);
  const found = labels.map((bytes) => Buffer.from(bytes));
  const longest = Math.max(...found.map((label) => label.length));
  if (longest > LABEL_MAX) throw new FormatError(`a label of ${longest} bytes: ${LABEL_MAX} is the limit`);
  if (found.some((label) => label.length === 0))
    throw new FormatError('two dots without a label between them');
  const size = found.reduce((sum, label) => sum + label.length + 1, 1);
  if (size > NAME_MAX) throw new FormatError(`a name of ${size} bytes: ${NAME_MAX} is the limit`);
  return found;
}

/** The other way round. Bytes that would mean something else as text get a backslash. */
export function textOf(labels: readonly Buffer[]): string {
  if (labels.length === 0) return '.';
  return labels.map((label) => `${labelText(label)}.`).join('');
}

function labelText(label: Buffer): string {
  const plain = label.toString('latin1');
  if (/^[\w*-]+$/.test(plain)) return plain;
  const shown = [...label].map((byte) => {
    if (byte < 0x21 || byte > 0x7e) return `\\${String(byte).padStart(3, '0')}`;
    const char = String.fromCharCode(byte);
    return '."$();@\\'.includes(char) ? `\\${char}` : char;
  });
  return shown.join('');
}

/** By this names are compared: `WWW.` and `www.` are one name (RFC 4343). */
export function keyOf(name: string): string {
  return name.toLowerCase();
}

/** `www.example.` → `example.`; undefined for the root. */
export function parentOf(name: string): string | undefined {
  if (name === '.') return undefined;
  for (let at = 0; at < name.length; at++) {
    if (name[at] === '\\') at++;
    else if (name[at] === '.') return name.slice(at + 1) || '.';
  }
  return '.';
}

/** The name itself, then what is above it, up to the root. */
export function* upwards(name: string): Generator<string> {
  for (let one: string | undefined = name; one !== undefined; one = parentOf(one)) yield one;
}

/** True for the zone's own name and for everything below it. */
export function isWithin(name: string, zone: string): boolean {
  if (zone === '.') return true;
  const key = keyOf(zone);
  for (const one of upwards(keyOf(name))) if (one === key) return true;
  return false;
}

/** Reads a name that may end in a pointer to an earlier place of the message, and says where it ended. */
export function readName(bytes: Buffer, from: number): { readonly name: string; readonly next: number } {
  const labels: Buffer[] = [];
  let size = 1;
  let at = from;
  let next = -1; // where reading goes on: after the first pointer, if there is one
  let earliest = from;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) throw new FormatError('a name that runs out of the message');
    if (length === 0) return { name: textOf(labels), next: next < 0 ? at + 1 : next };
    if (length >= POINTER) {
      const target = ((length & ~POINTER) << 8) | (bytes[at + 1] ?? 0xff);
      if (next < 0) next = at + 2;
      if (target >= earliest) throw new FormatError('a pointer that does not lead backwards');
      at = target;
      earliest = target;
    } else {
      size += length + 1;
      if (length > LABEL_MAX || size > NAME_MAX) throw new FormatError('a name or a label that is too long');
      if (at + 1 + length > bytes.length) throw new FormatError('a label that runs out of the message');
      labels.push(bytes.subarray(at + 1, at + 1 + length));
      at += 1 + length;
    }
  }
}
