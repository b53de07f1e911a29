// What the cache holds: values by key, with an end to their life and a limit on all of them together.
// An entry ends in one of four ways: deleted, expired, evicted for another, or never admitted. Who is evicted, policy.ts
// says. Strings of one byte per character; time in milliseconds, from the clock that it is given. Used by commands.
import { type Policy, policyCalled } from './policy.ts';

export interface Limit {
  /** Infinity for no limit. */
  readonly entries: number;
  /** Bytes of keys and values together; what the program itself needs for an entry is not counted. */
  readonly bytes: number;
}

export interface Entry {
  value: string;
  /** When it is no longer there; Infinity for never. */
  expiresAtMs: number;
  /** Counts up with every new entry, so that SCAN can go on where it was. */
  readonly serial: number;
}

export class Store {
  readonly counts = { hits: 0, misses: 0, evicted: 0, expired: 0, refused: 0 };
  bytes = 0;
  policyName: string;
  limit: Limit;
  readonly nowMs: () => number;
  readonly #entries = new Map<string, Entry>();
  #policy: Policy;
  #serial = 0;

  constructor(limit: Limit, policyName: string, nowMs: () => number) {
    this.limit = limit;
    this.nowMs = nowMs;
    this.policyName = policyName;
    this.#policy = policyCalled(policyName, this.#aboutEntries());
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value, and counts that it was asked for. */
  read(key: string): string | undefined {
    const entry = this.peek(key);
    this.#policy.asked(key, entry !== undefined);
    this.counts[entry === undefined ? 'misses' : 'hits']++;
    return entry?.value;
  }

  /** Holds the value from now on, unless the policy finds the key not worth whom it would displace. */
  write(key: string, value: string, expiresAtMs = Number.POSITIVE_INFINITY): void {
    const old = this.peek(key);
    const serial = old?.serial ?? ++this.#serial;
    if (old !== undefined) this.bytes -= key.length + old.value.length;
    else if (!this.#makeRoom(key, key.length + value.length)) return;
    this.#entries.set(key, { value, expiresAtMs, serial });
    this.bytes += key.length + value.length;
    if (old === undefined) this.#policy.added(key);
    else this.#shrink(); // A longer value in an old place.
  }

  #makeRoom(newcomer: string, bytes: number): boolean {
    while (this.size + 1 > this.limit.entries || this.bytes + bytes > this.limit.bytes) {
      const victim = this.#policy.victim(newcomer);
      if (victim === undefined || victim === newcomer) {
        this.counts.refused++;
        return false;
      }
      this.delete(victim);
      this.counts.evicted++;
    }
    return true;
  }

  /** The entry, if it is there and alive. Asks for nothing, counts nothing. */
  peek(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.expiresAtMs > this.nowMs()) return entry;
    this.delete(key);
    this.counts.expired++;
    return undefined;
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#entries.delete(key);
    this.bytes -= key.length + entry.value.length;
    this.#policy.removed(key);
    return true;
  }

  /** Removes everything that has expired and that nobody has asked for since. */
  sweep(): void {
    for (const key of this.#entries.keys()) this.peek(key);
  }

  /** What is alive, in the order in which it came. */
  *entries(): Generator<[string, Entry]> {
    for (const [key, entry] of this.#entries) if (this.peek(key) !== undefined) yield [key, entry];
  }

  clear(): void {
    for (const key of [...this.#entries.keys()]) this.delete(key);
  }

  /** Another policy or limit from now on. The new policy knows who is here, and nothing of their past. */
  change(policyName: string, limit: Limit): void {
    this.limit = limit;
    this.#policy = policyCalled(policyName, this.#aboutEntries());
    this.policyName = policyName;
    for (const key of this.#entries.keys()) this.#policy.added(key);
    this.#shrink();
  }

  #shrink(): void {
    while (this.size > this.limit.entries || this.bytes > this.limit.bytes) {
      // Nobody comes, so nobody can be turned away: where the policy would rather refuse, the oldest goes.
      const [oldest = ''] = this.#entries.keys();
      const victim = this.#policy.victim('') || oldest;
      if (!this.delete(victim)) return;
      this.counts.evicted++;
    }
  }

  #aboutEntries(): number {
    const { entries, bytes } = this.limit;
    return Math.min(entries, bytes / 100, 100_000);
  }
}
