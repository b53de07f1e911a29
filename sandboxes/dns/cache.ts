// What a resolver remembers: sets of records until their TTL is over, and each `no` for as long as negative.ts says.
// Forgets nothing early unless it is full, and asks nobody. One for each recursor. Called by recurse.ts.
import type { Code, Question } from './message.ts';
import { keyOf } from './names.ts';
import { keepingOf } from './negative.ts';
import type { DnsRecord } from './records.ts';

/** What is known to a question. No records: that is a `no`, with the SOA that says so. */
export interface Known {
  readonly code: Code;
  readonly answer: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
}

interface Entry extends Known {
  readonly expiresMs: number;
  /** Sets of several records begin with another one each time. */
  turn: number;
}

/** Most entries, and the longest that any is kept, whatever its TTL (RFC 8767, section 4, advises a limit of days). */
const ENTRIES_MAX = 10_000;
const SECONDS_MAX = 604_800;

export class Cache {
  readonly #entries = new Map<string, Entry>();

  /** Entries that are there, and how many of them are a `no`; those that are over count until they are asked for. */
  counts(): { entries: number; negatives: number } {
    const negatives = [...this.#entries.values()].filter(({ answer }) => answer.length === 0).length;
    return { entries: this.#entries.size, negatives };
  }

  /** The records, or an alias in their place, or a `no`; TTLs count down. Undefined: it must be asked. */
  find({ name, type }: Question): Known | undefined {
    return this.get(name, type) ?? this.get(name, 'CNAME', true) ?? this.get(name, 'any type');
  }

  get(name: string, kind: string, onlyRecords = false): Known | undefined {
    const key = `${keyOf(name)} ${kind}`;
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const left = entry.expiresMs - performance.now();
    if (left <= 0) {
      this.#entries.delete(key);
      return undefined;
    }
    const { code, answer, authority } = entry;
    if (onlyRecords && answer.length === 0) return undefined;
    const start = entry.turn++ % Math.max(1, answer.length);
    const aged = (record: DnsRecord) => ({ ...record, ttl: Math.floor(left / 1000) });
    return {
      code,
      answer: [...answer.slice(start), ...answer.slice(0, start)].map(aged),
      authority: authority.map(aged),
    };
  }

  /** Keeps a set of records. `kind`: their type, or a word of the caller's own for what must not answer questions. */
  keep(records: readonly DnsRecord[], kind: string): void {
    const [first] = records;
    if (first === undefined) return;
    const seconds = Math.min(...records.map(({ ttl }) => ttl));
    this.#put(`${keyOf(first.name)} ${kind}`, seconds, { code: 'NOERROR', answer: records, authority: [] });
  }

  /** Keeps a `no` as negative.ts says. */
  keepNo({ name, type }: Question, code: Code, authority: readonly DnsRecord[]): void {
    const record = authority.find((one) => one.type === 'SOA');
    const soa = record && { ttl: record.ttl, minimum: Number(record.data.split(' ')[6]) };
    const { seconds, covers } = keepingOf({ kind: code === 'NXDOMAIN' ? 'NXDOMAIN' : 'NODATA', soa });
    const kind = covers === 'name' ? 'any type' : type;
    this.#put(`${keyOf(name)} ${kind}`, seconds, { code, answer: [], authority: record ? [record] : [] });
  }

  #put(key: string, seconds: number, known: Known): void {
    if (!(seconds > 0)) return; // For this one question only (RFC 1035, 3.2.1).
    this.#entries.delete(key);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= ENTRIES_MAX && oldest !== undefined) this.#entries.delete(oldest);
    const expiresMs = performance.now() + Math.min(seconds, SECONDS_MAX) * 1000;
    this.#entries.set(key, { ...known, expiresMs, turn: 0 });
  }
}
