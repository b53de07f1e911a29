// DNS messages (RFC 1035, 4.1) with EDNS (RFC 6891): what is in them, and how they are read. write.ts writes them.
// Refuses, with a FormatError, whatever is cut short, counts wrong or leads in circles; class IN only.
// Used by the servers (door.ts), by whoever asks (ask.ts), and by tests.
import { FormatError, readName } from './names.ts';
import { type DnsRecord, readData, typeWord } from './records.ts';

export interface Question {
  readonly name: string;
  readonly type: string;
}

export interface Message {
  readonly id: number;
  readonly isResponse: boolean;
  readonly opcode: number;
  /** AA: said by a server that has the zone itself. */
  readonly isAuthoritative: boolean;
  /** TC: there is more than fits; ask again over TCP. */
  readonly isTruncated: boolean;
  /** RD and RA: recursion desired, recursion available. */
  readonly wantsRecursion: boolean;
  readonly canRecurse: boolean;
  readonly code: Code;
  readonly questions: readonly Question[];
  readonly answer: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
  /** From the OPT record, where there is one: how large an answer over UDP may be. */
  readonly edns?: { readonly payload: number; readonly version: number };
}

export const codes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, BADVERS: 16 };
export type Code = keyof typeof codes;
const CLASS_IN = 1;
const HEADER_BYTES = 12;
export const bits = {
  response: 0x8000,
  authoritative: 0x0400,
  truncated: 0x0200,
  desired: 0x0100,
  available: 0x0080,
};

/** Every field of a fresh question; spread it and change what differs. */
export function query(id: number, name: string, type: string): Message {
  const none = { answer: [], authority: [], additional: [] };
  const flags = { isResponse: false, isAuthoritative: false, isTruncated: false, canRecurse: false };
  return {
    id,
    ...flags,
    opcode: 0,
    wantsRecursion: true,
    code: 'NOERROR',
    questions: [{ name, type }],
    ...none,
  };
}

export function readMessage(bytes: Buffer): Message {
  if (bytes.length < HEADER_BYTES) throw new FormatError('a message shorter than its head');
  const flags = bytes.readUInt16BE(2);
  let at = HEADER_BYTES;
  const questions: Question[] = [];
  for (let left = bytes.readUInt16BE(4); left > 0; left--) {
    const { name, next } = readName(bytes, at);
    if (next + 4 > bytes.length) throw new FormatError('a question that is cut short');
    if (bytes.readUInt16BE(next + 2) !== CLASS_IN) throw new FormatError('a class other than IN');
    questions.push({ name, type: typeWord(bytes.readUInt16BE(next)) });
    at = next + 4;
  }
  let edns: Message['edns'];
  let extended = 0;
  const section = (count: number): DnsRecord[] => {
    const records: DnsRecord[] = [];
    for (let left = count; left > 0; left--) {
      const head = readName(bytes, at);
      if (head.next + 10 > bytes.length) throw new FormatError('a record that is cut short');
      const type = typeWord(bytes.readUInt16BE(head.next));
      const klass = bytes.readUInt16BE(head.next + 2);
      const ttl = bytes.readUInt32BE(head.next + 4);
      const start = head.next + 10;
      at = start + bytes.readUInt16BE(head.next + 8);
      if (at > bytes.length) throw new FormatError('data that runs out of the message');
      if (type === 'OPT') {
        if (edns !== undefined || head.name !== '.')
          throw new FormatError('a second OPT, or one with a name');
        edns = { payload: klass, version: (ttl >>> 16) & 255 };
        extended = ttl >>> 24;
      } else if (klass === CLASS_IN) {
        // A TTL with its first bit set counts as 0 (RFC 2181, section 8).
        const data = readData(type, bytes, start, at);
        records.push({ name: head.name, type, ttl: ttl > 0x7fffffff ? 0 : ttl, data });
      }
    }
    return records;
  };
  const [answer, authority, additional] = [6, 8, 10].map((count) => section(bytes.readUInt16BE(count)));
  const number = (extended << 4) | (flags & 15);
  const known = Object.entries(codes).find(([, each]) => each === number);
  return {
    id: bytes.readUInt16BE(0),
    isResponse: (flags & bits.response) !== 0,
    opcode: (flags >>> 11) & 15,
    isAuthoritative: (flags & bits.authoritative) !== 0,
    isTruncated: (flags & bits.truncated) !== 0,
    wantsRecursion: (flags & bits.desired) !== 0,
    canRecurse: (flags & bits.available) !== 0,
    // What has no name here is as good as a failure.
    code: (known?.[0] as Code | undefined) ?? 'SERVFAIL',
    questions,
    answer: answer ?? [],
    authority: authority ?? [],
    additional: additional ?? [],
    ...(edns === undefined ? {} : { edns }),
  };
}
