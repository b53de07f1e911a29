// DNS messages (RFC 1035): a question as bytes, an answer out of bytes, records as dig prints them.
// Throws for messages that are cut short or whose names lead in a circle. No EDNS, no DNSSEC. Used by dig.ts.

export const types: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
};
const codes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  /** As dig prints it. */
  readonly data: string;
}

export interface DnsMessage {
  readonly id: number;
  readonly status: string;
  /** As dig prints them: `qr rd ra`. */
  readonly flags: string;
  readonly isTruncated: boolean;
  readonly answer: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
}

/** With recursion desired, class IN. Throws a RangeError for a name that DNS cannot hold. */
export function encodeQuestion(id: number, name: string, type: number): Buffer {
  const labels = name.replace(/\.$/, '').split('.');
  const parts = labels[0] === '' ? [] : labels.map((label) => Buffer.from(label));
  if (parts.some((label) => label.length < 1 || label.length > 63) || name.length > 253)
    throw new RangeError(`'${name}' is not a legal name (labels of 1 to 63 bytes, 253 in all)`);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(id, 0);
  head.writeUInt16BE(0x0100, 2);
  head.writeUInt16BE(1, 4);
  const tail = Buffer.from([0, 0, type, 0, 1]);
  return Buffer.concat([head, ...parts.flatMap((label) => [Buffer.from([label.length]), label]), tail]);
}

export function readMessage(bytes: Buffer): DnsMessage {
  const bits = bytes.readUInt16BE(2);
  const names = Object.entries({ qr: 0x8000, aa: 0x0400, tc: 0x0200, rd: 0x0100, ra: 0x0080 });
  let at = 12;
  for (let left = bytes.readUInt16BE(4); left > 0; left--) at = readName(bytes, at).next + 4;
  const section = (count: number): DnsRecord[] => {
    const records: DnsRecord[] = [];
    for (let left = count; left > 0; left--) {
      const { record, next } = readRecord(bytes, at);
      records.push(record);
      at = next;
    }
    return records;
  };
  return {
    id: bytes.readUInt16BE(0),
    status: codes[bits & 15] ?? `RCODE${bits & 15}`,
    flags: names.flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name])).join(' '),
    isTruncated: (bits & 0x0200) !== 0,
    answer: section(bytes.readUInt16BE(6)),
    authority: section(bytes.readUInt16BE(8)),
    additional: section(bytes.readUInt16BE(10)),
  };
}

/** A name may end in a pointer to an earlier one; each must lead further back, so there is an end. */
function readName(bytes: Buffer, from: number): { name: string; next: number } {
  const labels: string[] = [];
  let at = from;
  let next = -1;
  let earliest = from;
  for (;;) {
    const length = bytes.readUInt8(at);
    if (length === 0) return { name: `${labels.join('.')}.`, next: next < 0 ? at + 1 : next };
    if (length >= 0xc0) {
      const target = bytes.readUInt16BE(at) & 0x3fff;
      if (next < 0) next = at + 2;
      if (target >= earliest) throw new RangeError('a name that leads in a circle');
      at = target;
      earliest = target;
    } else {
      if (at + 1 + length > bytes.length) throw new RangeError('a message that is cut short');
      labels.push(bytes.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
  }
}

function readRecord(bytes: Buffer, from: number): { record: DnsRecord; next: number } {
  const { name, next: at } = readName(bytes, from);
  const number = bytes.readUInt16BE(at);
  const type = Object.entries(types).find(([, each]) => each === number)?.[0] ?? `TYPE${number}`;
  const start = at + 10;
  const next = start + bytes.readUInt16BE(at + 8);
  if (next > bytes.length) throw new RangeError('a message that is cut short');
  return {
    record: { name, type, ttl: bytes.readUInt32BE(at + 4), data: dataOf(bytes, type, start, next) },
    next,
  };
}

function dataOf(bytes: Buffer, type: string, start: number, end: number): string {
  const name = (at: number): string => readName(bytes, at).name;
  switch (type) {
    case 'A':
      return [...bytes.subarray(start, end)].join('.');
    case 'AAAA':
      return new URL(
        `http://[${(bytes.toString('hex', start, end).match(/.{4}/g) ?? []).join(':')}]`,
      ).hostname.slice(1, -1);
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return name(start);
    case 'MX':
      return `${bytes.readUInt16BE(start)} ${name(start + 2)}`;
    case 'SRV':
      return `${[0, 2, 4].map((offset) => bytes.readUInt16BE(start + offset)).join(' ')} ${name(start + 6)}`;
    case 'TXT': {
      const texts: string[] = [];
      for (let at = start; at < end; at += 1 + bytes.readUInt8(at))
        texts.push(JSON.stringify(bytes.toString('latin1', at + 1, at + 1 + bytes.readUInt8(at))));
      return texts.join(' ');
    }
    case 'SOA': {
      const owner = readName(bytes, start);
      const mail = readName(bytes, owner.next);
      const numbers = [0, 4, 8, 12, 16].map((offset) => bytes.readUInt32BE(mail.next + offset));
      return `${owner.name} ${mail.name} ${numbers.join(' ')}`;
    }
    default:
      return `\\# ${end - start} ${bytes.toString('hex', start, end)}`;
  }
}
