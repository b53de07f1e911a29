// What one client may expect, and what an acknowledged write promises: weaker than linearizability, and said
// apart so that a check can tell which promise broke. Pure. Called by checks of exercises and by tests.
// D. B. Terry et al., "Session guarantees for weakly consistent replicated data", PDIS 1994.
// Needs each value written once to a key; says so otherwise.
import {
  type HistoryEvent,
  inWords,
  type Operation,
  operationsOf,
  precedes,
  refusal,
  sameValue,
  type Value,
} from './history.ts';

/** A broken promise: what was done, and what was seen that does not go with it. */
export interface Breach {
  readonly promise: 'read your writes' | 'monotonic reads' | 'no acknowledged write is lost';
  readonly key: string;
  readonly operations: readonly Operation[];
  readonly words: string;
}

/**
 * Reads (`get`) of a client that show less than it wrote (`put`, `cas`) itself. `older` is judged by the versions that
 * the store told, where it did; else by time: a write is older if it was answered before the other was asked.
 */
export function readYourWrites(history: readonly HistoryEvent[]): Breach[] {
  const breaches: Breach[] = [];
  for (const part of parts(history)) {
    for (const read of part.reads) {
      const seen = part.writeOf(read);
      const own = part.writes.findLast((write) => write.client === read.client && precedes(write, read));
      if (own === undefined || seen === own || !part.isOlder(seen, own, read.version)) continue;
      const words = `${inWords(read)} shows less than its own ${inWords(own)}`;
      breaches.push({ promise: 'read your writes', key: part.key, operations: [own, read], words });
    }
  }
  return breaches;
}

/** Reads of a client that show less than it had read before. */
export function monotonicReads(history: readonly HistoryEvent[]): Breach[] {
  const breaches: Breach[] = [];
  for (const part of parts(history)) {
    const newest = new Map<string, { readonly read: Operation; readonly write: Operation }>();
    for (const read of part.reads) {
      const seen = part.writeOf(read);
      const before = newest.get(read.client);
      if (before !== undefined && part.isOlder(seen, before.write, read.version, before.read.version)) {
        const words = `${inWords(read)} shows less than ${inWords(before.read)}`;
        breaches.push({ promise: 'monotonic reads', key: part.key, operations: [before.read, read], words });
      } else if (seen !== null) newest.set(read.client, { read, write: seen });
    }
  }
  return breaches;
}

/**
 * Acknowledged writes of which nothing is left at the end. `final` is what was read of each key when all was
 * over. A `put` may be replaced by one that is not older; what was added or appended must be there unless a
 * `remove` or `delete` of it was asked at all; a counter (numbers in `final`) may not stand below what was acknowledged.
 */
export function lostWrites(history: readonly HistoryEvent[], final: ReadonlyMap<string, Value>): Breach[] {
  const breaches: Breach[] = [];
  for (const part of parts(history)) {
    const left = final.get(part.key) ?? null;
    const lost = (write: Operation, found: string): void => {
      const words = `${inWords(write)} was acknowledged; at the end ${found}`;
      const promise = 'no acknowledged write is lost';
      breaches.push({ promise, key: part.key, operations: [write], words });
    };
    const last = part.writeOfValue(left);
    const isCleared = part.others.some(({ name }) => name === 'delete');
    for (const write of part.writes) {
      if (write.returned === null || write === last) continue;
      if (last === null ? !isCleared : part.isOlder(last, write))
        lost(write, `there is ${JSON.stringify(left)}`);
    }
    if (typeof left === 'number' && part.writes.length === 0) checkCounter(part, left, lost);
    else checkMembers(part, left, lost);
  }
  return breaches;
}

function checkMembers(part: Part, left: Value, lost: (write: Operation, found: string) => void): void {
  const items = typeof left === 'object' && left !== null ? left : [];
  const removed = part.others.filter(({ name }) => name === 'remove');
  for (const write of part.others) {
    const isAcknowledged = (write.name === 'add' || write.name === 'append') && write.returned !== null;
    const isThere = (value: Value): boolean => sameValue(value, write.argument);
    if (!isAcknowledged || items.some(isThere) || removed.some(({ argument }) => isThere(argument))) continue;
    lost(write, `it is not among ${JSON.stringify(items)}`);
  }
}

function checkCounter(part: Part, left: number, lost: (write: Operation, found: string) => void): void {
  const added = part.others.filter(({ name }) => name === 'add');
  const atLeast = added.reduce((sum, { argument, returned }) => {
    const amount = Number(argument);
    return sum + (returned !== null || amount < 0 ? amount : 0);
  }, 0);
  const last = added.findLast(({ returned }) => returned !== null);
  if (left < atLeast && last !== undefined)
    lost(last, `the count is ${left}, at least ${atLeast} were acknowledged`);
}

/** What was done to one key. */
interface Part {
  readonly key: string;
  readonly writes: readonly Operation[];
  readonly reads: readonly Operation[];
  readonly others: readonly Operation[];
  /** The write whose value a read shows; null for none. */
  readonly writeOf: (read: Operation) => Operation | null;
  readonly writeOfValue: (value: Value) => Operation | null;
  /** True where `seen` (null: nothing yet) is certainly older than `than`. */
  readonly isOlder: (
    seen: Operation | null,
    than: Operation,
    seenVersion?: number,
    thanVersion?: number,
  ) => boolean;
}

function parts(history: readonly HistoryEvent[]): Part[] {
  const keys = new Map<string, Operation[]>();
  for (const operation of operationsOf(history)) {
    const part = keys.get(operation.key);
    if (part === undefined) keys.set(operation.key, [operation]);
    else part.push(operation);
  }
  return [...keys].map(([key, operations]) => partOf(key, operations));
}

function isWrite({ name, result }: Operation): boolean {
  return name === 'put' || (name === 'cas' && result !== false);
}

function writtenBy({ name, argument }: Operation): Value {
  if (name !== 'cas') return argument;
  return (typeof argument === 'object' && argument !== null ? argument[1] : null) ?? null;
}

function partOf(key: string, operations: readonly Operation[]): Part {
  const writes = operations.filter(isWrite);
  const reads = operations.filter(({ name, result }) => name === 'get' && result !== undefined);
  const others = operations.filter(({ name }) => name !== 'put' && name !== 'cas' && name !== 'get');
  const byValue = new Map<string, Operation>();
  for (const write of writes) {
    const value = JSON.stringify(writtenBy(write));
    if (byValue.has(value)) throw refusal(`each value put once to '${key}'`, `${value} twice`, 'the test');
    byValue.set(value, write);
  }
  const isDeleted = others.some(({ name }) => name === 'delete');
  const writeOfValue = (value: Value): Operation | null => byValue.get(JSON.stringify(value)) ?? null;
  return {
    ...{ key, writes, reads, others, writeOfValue },
    writeOf: (read) => writeOfValue(read.result ?? null),
    isOlder: (seen, than, seenVersion = seen?.version, thanVersion = than.version) => {
      if (seenVersion !== undefined && thanVersion !== undefined) return seenVersion < thanVersion;
      if (seen === null) return !isDeleted;
      return precedes(seen, than);
    },
  };
}
