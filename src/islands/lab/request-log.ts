// The latest requests of a run with their hops: which machine asked which, when, and what came back. A request is known
// by what it asked (method and address), so traffic that asks the same twice shows both under one name.
// Pure and bounded: old requests are forgotten. Fed by model.ts, read by requests.tsx.
import type { RequestSample, TraceEvent } from '../../datacenter/contract.ts';

type HttpEvent = Extract<TraceEvent, { kind: 'http' }>;

export interface SeenRequest extends RequestSample {
  /** Moment at which its fate was known. */
  readonly atNs: number;
  /** Machine that asked first. */
  readonly from: string;
}

/** One machine's part in a request: asking another, or serving it. */
export interface Span {
  readonly machine: string;
  readonly side: 'client' | 'server';
  readonly peer: string;
  readonly fromNs: number;
  /** Null while nothing came back. */
  readonly toNs: number | null;
  readonly status: number | null;
  readonly error: string;
}

const requestsMax = 3000;
const eventsMax = 40_000;

export class RequestLog {
  readonly #requests: SeenRequest[] = [];
  /** Events by what was asked, the oldest first. */
  readonly #asked = new Map<string, HttpEvent[]>();
  #events = 0;

  addHttp(event: HttpEvent): void {
    const key = `${event.method} ${event.url}`;
    const known = this.#asked.get(key);
    if (known === undefined) this.#asked.set(key, [event]);
    else known.push(event);
    this.#events += 1;
    while (this.#events > eventsMax) {
      const [oldest] = this.#asked;
      if (oldest === undefined) break;
      this.#asked.delete(oldest[0]);
      this.#events -= oldest[1].length;
    }
  }

  add(atNs: number, from: string, sample: RequestSample): void {
    if (sample.asked === undefined) return;
    this.#requests.push({ ...sample, atNs, from });
    if (this.#requests.length > requestsMax * 2)
      this.#requests.splice(0, this.#requests.length - requestsMax);
  }

  /** Of the kept ones at most `most`: the newest first, or the slowest first. */
  list(which: 'newest' | 'lost' | 'slowest', most: number): SeenRequest[] {
    const kept = this.#requests.slice(-requestsMax);
    if (which === 'slowest') return kept.sort((a, b) => b.latencyMs - a.latencyMs).slice(0, most);
    return kept
      .reverse()
      .filter((each) => which === 'newest' || !each.ok)
      .slice(0, most);
  }

  /** Its hops in the order in which they began. */
  spans({ asked = '', atNs, latencyMs }: SeenRequest): Span[] {
    const spans: { -readonly [Key in keyof Span]: Span[Key] }[] = [];
    const open = new Map<string, (typeof spans)[number]>();
    const dueNs = atNs - latencyMs * 1e6;
    for (const event of this.#asked.get(asked) ?? []) {
      if (event.atNs < dueNs - 1 && event.phase === 'start') continue;
      const key = `${event.machine} ${event.side} ${event.id}`;
      const { machine, side, peer } = event;
      if (event.phase === 'start') {
        const span = { machine, side, peer, fromNs: event.atNs, toNs: null, status: null, error: '' };
        spans.push(span);
        open.set(key, span);
        continue;
      }
      const span = open.get(key);
      if (span === undefined || span.toNs !== null) continue;
      span.toNs = event.atNs;
      span.status = event.status ?? null;
      span.error = event.error ?? '';
    }
    return spans;
  }
}
