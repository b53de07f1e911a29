// DNS messages into bytes: names compressed (RFC 1035, 4.1.4), cut to a limit.
// Refuses names that no message can hold. Used by door.ts and ask.ts.
import { bits, codes, type Message } from './message.ts';
import { labelsOf, parentOf } from './names.ts';
import { type DnsRecord, typeNumber, writeData } from './records.ts';

const CLASS_IN = 1;
/** A pointer has 14 bits. */
const POINTER_MAX = 0x3fff;
const POINTER = 0xc000;

/** Leaves out what does not fit: first what is only helpful, then everything, with TC set (RFC 2181, section 9). */
export function writeWithin(message: Message, limit: number): Buffer {
  const whole = writeMessage(message);
  if (whole.length <= limit) return whole;
  const lean = writeMessage({ ...message, additional: [] });
  if (lean.length <= limit) return lean;
  return writeMessage({ ...message, isTruncated: true, answer: [], authority: [], additional: [] });
}

export function writeMessage(message: Message): Buffer {
  const { questions, answer, authority, additional, edns } = message;
  const writer = new Writer();
  const flag = (is: boolean, bit: number) => (is ? bit : 0);
  writer.shorts(
    message.id,
    flag(message.isResponse, bits.response) |
      (message.opcode << 11) |
      flag(message.isAuthoritative, bits.authoritative) |
      flag(message.isTruncated, bits.truncated) |
      flag(message.wantsRecursion, bits.desired) |
      flag(message.canRecurse, bits.available) |
      (codes[message.code] & 15),
    questions.length,
    answer.length,
    authority.length,
    additional.length + (edns === undefined ? 0 : 1),
  );
  for (const { name, type } of questions) {
    writer.name(name);
    writer.shorts(typeNumber(type), CLASS_IN);
  }
  for (const record of [...answer, ...authority, ...additional]) writer.record(record);
  if (edns !== undefined) {
    writer.bytes(Buffer.from([0]));
    writer.shorts(typeNumber('OPT'), edns.payload, ((codes[message.code] >> 4) << 8) | edns.version, 0, 0);
  }
  return writer.done();
}

/** Bytes in a row, with a memory of the names in them. */
class Writer {
  readonly #parts: Buffer[] = [];
  readonly #places = new Map<string, number>();
  #size = 0;

  bytes(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#size += bytes.length;
  }

  shorts(...numbers: number[]): void {
    this.bytes(Buffer.from(numbers.flatMap((number) => [number >> 8, number & 255])));
  }

  /** What of the name was written before is not written again: two bytes point there. */
  name(name: string): void {
    let rest = name;
    for (const label of labelsOf(name)) {
      const place = this.#places.get(rest);
      if (place !== undefined) {
        this.shorts(POINTER | place);
        return;
      }
      if (this.#size <= POINTER_MAX) this.#places.set(rest, this.#size);
      this.bytes(Buffer.from([label.length]));
      this.bytes(label);
      rest = parentOf(rest) ?? '.';
    }
    this.bytes(Buffer.from([0]));
  }

  record({ name, type, ttl, data }: DnsRecord): void {
    this.name(name);
    this.shorts(typeNumber(type), CLASS_IN, ttl >>> 16, ttl & 0xffff);
    const length = Buffer.alloc(2);
    this.bytes(length);
    const start = this.#size;
    writeData(type, data, this);
    length.writeUInt16BE(this.#size - start);
  }

  done(): Buffer {
    return Buffer.concat(this.#parts, this.#size);
  }
}
