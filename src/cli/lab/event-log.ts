// What has happened in a run so far, for whoever comes later: bounded. Where there is no more room, the older packets
// and requests are forgotten first, then the oldest of anything; whoever reads is told how many are missing. Pure.
// Filled by followed.ts, read by socket.ts with a cursor for each page.
import type { TraceEvent } from '../../datacenter/contract.ts';

export interface LogLimits {
  readonly events: number;
  /** Characters of text in them, about. */
  readonly chars: number;
}

const LIMITS: LogLimits = { events: 50_000, chars: 20_000_000 };

interface Entry {
  readonly number: number;
  readonly event: TraceEvent;
  readonly chars: number;
}

export class EventLog {
  readonly #limits: LogLimits;
  #entries: Entry[] = [];
  #chars = 0;
  /** Number of the next event; also the cursor of whoever has read everything. */
  end = 0;

  constructor(limits = LIMITS) {
    this.#limits = limits;
  }

  /** `leftOut`: how many more there were before these. */
  add(events: readonly TraceEvent[], leftOut: number): void {
    this.end += leftOut;
    for (const event of events) {
      const chars = charsOf(event);
      this.#entries.push({ number: this.end, event, chars });
      this.end += 1;
      this.#chars += chars;
    }
    if (this.#isFull(1)) this.#forget();
  }

  /** Everything kept from `cursor` on, and how many are not. */
  since(cursor: number): { readonly events: readonly TraceEvent[]; readonly leftOut: number } {
    let from = this.#entries.length;
    while (from > 0 && (this.#entries[from - 1]?.number ?? 0) >= cursor) from -= 1;
    const events = this.#entries.slice(from).map(({ event }) => event);
    return { events, leftOut: Math.max(0, this.end - cursor) - events.length };
  }

  #isFull(share: number): boolean {
    return this.#entries.length > this.#limits.events * share || this.#chars > this.#limits.chars * share;
  }

  /** Down to three quarters, so that this is seldom. */
  #forget(): void {
    const half = this.#entries.length / 2;
    this.#entries = this.#entries.filter(
      ({ event }, index) => index >= half || (event.kind !== 'packet' && event.kind !== 'http'),
    );
    this.#chars = this.#entries.reduce((sum, { chars }) => sum + chars, 0);
    let first = 0;
    for (let left = this.#entries.length; left > this.#limits.events * 0.75; left -= 1) first += 1;
    let chars = this.#entries.slice(0, first).reduce((sum, entry) => sum + entry.chars, 0);
    while (this.#chars - chars > this.#limits.chars * 0.75) {
      chars += this.#entries[first]?.chars ?? 0;
      first += 1;
    }
    this.#entries.splice(0, first);
    this.#chars -= chars;
  }
}

function charsOf(event: TraceEvent): number {
  switch (event.kind) {
    case 'log':
      return event.text.length;
    case 'http':
      return event.url.length;
    case 'publish':
      return JSON.stringify(event.value).length;
    case 'action':
      return 'text' in event.action ? event.action.text.length : 0;
    default:
      return 0;
  }
}
