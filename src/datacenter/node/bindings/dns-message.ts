// DNS messages (RFC 1035, 4.1): writes queries, reads responses. Pure. Refuses what is cut short, points forward
// or names more than 255 bytes: such a message reads as null. Called by dns-query.ts.

/** One resource record; `at` to `end` is its data in `message`, which names in the data may point back into. */
export interface DnsRecord {
  readonly name: string;
  readonly type: number;
  readonly ttl: number;
  readonly message: Uint8Array;
  readonly at: number;
  readonly end: number;
}

export interface DnsResponse {
  readonly id: number;
  readonly isTruncated: boolean;
  /** RCODE: 0 where all is well, 3 where the name does not exist. */
  readonly code: number;
  readonly question: { readonly name: string; readonly type: number; readonly isInternet: boolean };
  readonly answers: readonly DnsRecord[];
}

const HEADER_BYTES = 12;
const LABEL_MAX = 63;
const NAME_MAX = 255;
const CLASS_IN = 1;
const RECURSION_DESIRED = 0x0100;
const OPCODE = 0x7800;
const TRUNCATED = 0x0200;
const POINTER = 0xc0;

/** Null where `name` is no domain name: an empty label, one over 63 bytes, or over 255 in all. */
export function writeQuery(id: number, name: string, type: number): Uint8Array | null {
  const labels = name.replace(/\.$/, '').split('.');
  const bytes: number[] = [id >>> 8, id & 255, RECURSION_DESIRED >>> 8, 0, 0, 1, 0, 0, 0, 0, 0, 0];
  if (name !== '' && name !== '.') {
    for (const label of labels) {
      if (label.length === 0 || label.length > LABEL_MAX) return null;
      bytes.push(label.length);
      for (let at = 0; at < label.length; at++) {
        const unit = label.charCodeAt(at);
        if (unit > 127) return null;
        bytes.push(unit);
      }
    }
  }
  bytes.push(0);
  if (bytes.length - HEADER_BYTES > NAME_MAX) return null;
  bytes.push(type >>> 8, type & 255, 0, CLASS_IN);
  return new Uint8Array(bytes);
}

/**
 * Null where the bytes are no message about one question of the usual kind, whole in all its sections. What says that it
 * is a query is read all the same, as c-ares does.
 */
export function readResponse(message: Uint8Array): DnsResponse | null {
  if (message.length < HEADER_BYTES) return null;
  const flags = uint16(message, 2);
  if ((flags & OPCODE) !== 0 || uint16(message, 4) !== 1) return null;
  const asked = readName(message, HEADER_BYTES);
  if (asked === null || asked.next + 4 > message.length) return null;
  const answers: DnsRecord[] = [];
  let at = asked.next + 4;
  const [inAnswer, inAuthority, inMore] = [6, 8, 10].map((count) => uint16(message, count)) as [
    number,
    number,
    number,
  ];
  for (let number = 0; number < inAnswer + inAuthority + inMore; number++) {
    const owner = readName(message, at);
    if (owner === null || owner.next + 10 > message.length) return null;
    const data = owner.next + 10;
    const end = data + uint16(message, owner.next + 8);
    if (end > message.length) return null;
    const ttl = uint32(message, owner.next + 4);
    const type = uint16(message, owner.next);
    if (number < inAnswer && uint16(message, owner.next + 2) === CLASS_IN)
      answers.push({ name: owner.name, type, ttl, message, at: data, end });
    at = end;
  }
  return {
    id: uint16(message, 0),
    isTruncated: (flags & TRUNCATED) !== 0,
    code: flags & 15,
    question: {
      name: asked.name,
      type: uint16(message, asked.next),
      isInternet: uint16(message, asked.next + 2) === CLASS_IN,
    },
    answers,
  };
}

/** A domain name, with what stands for itself escaped as in zone files, and where the reading goes on. */
export function readName(message: Uint8Array, start: number): { name: string; next: number } | null {
  const labels: string[] = [];
  let at = start;
  let next = -1;
  let size = 0;
  for (;;) {
    const length = message[at];
    if (length === undefined) return null;
    if (length >= POINTER) {
      const low = message[at + 1];
      if (low === undefined) return null;
      if (next < 0) next = at + 2;
      const target = ((length & ~POINTER) << 8) | low;
      // Only backwards, so that it ends.
      if (target >= at) return null;
      at = target;
      continue;
    }
    if (length > LABEL_MAX) return null;
    size += length + 1;
    if (size > NAME_MAX || at + 1 + length > message.length) return null;
    if (length === 0) return { name: labels.join('.'), next: next < 0 ? at + 1 : next };
    labels.push(escaped(message.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
}

export function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function uint32(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) * 65_536 + uint16(bytes, at + 2);
}

/** RFC 1035, 5.1. */
function escaped(label: Uint8Array): string {
  let text = '';
  for (const byte of label) {
    const char = String.fromCharCode(byte);
    if (byte < 0x20 || byte > 0x7e) text += `\\${String(byte).padStart(3, '0')}`;
    else text += '."$();@\\'.includes(char) ? `\\${char}` : char;
  }
  return text;
}
