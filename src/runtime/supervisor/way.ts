// One direction of a link between two real processes: what lies on it, and when what is sent over it arrives. Knows no
// sockets; the doors ask it. TCP is held or delayed and never loses a byte, as a program sees it: what a packet lost on
// the way costs is the wait until it is sent again. Datagrams are lost, doubled and overtaken. Made by links.ts.
import type { LinkSpec } from '../../datacenter/contract.ts';

/** How long TCP waits before it sends a lost packet again, about: Linux begins at 200 ms. */
const RESEND_MS = 200;
/** What may wait for a narrow link; datagrams beyond it are dropped. */
const QUEUE_BYTES = 65_536;
/** A computer's own loopback takes about this long, so a link that is no slower is left as it is. */
const LOOPBACK_MS = 1;
const PACKET_BYTES = 1460;

/** A number from 0 to 1. */
export type Chance = () => number;

export class Way {
  readonly from: string;
  readonly to: string;
  delayMs = 0;
  jitterMs = 0;
  loss = 0;
  duplicate = 0;
  corrupt = 0;
  reorder = { chance: 0, ms: 0 };
  kilobitsPerSecond = 0;
  /** Called when what was held may go on. */
  readonly opened = new Set<() => void>();
  readonly #base: Required<LinkSpec>;
  readonly #chance: Chance;
  readonly #stops = new Set<string>();
  /** When the narrow link has sent what was given to it. */
  #sentMs = 0;

  constructor(from: string, to: string, base: LinkSpec, chance: Chance) {
    this.from = from;
    this.to = to;
    this.#chance = chance;
    const { latencyMs = 0, loss = 0, jitterMs = 0, kilobitsPerSecond = 0 } = base;
    this.#base = { latencyMs: latencyMs > LOOPBACK_MS ? latencyMs : 0, loss, jitterMs, kilobitsPerSecond };
  }

  /** Nothing passes while it is stopped for any reason. */
  get isOpen(): boolean {
    return this.#stops.size === 0;
  }

  isStoppedBy(reason: string): boolean {
    return this.#stops.has(reason);
  }

  stop(reason: string): void {
    this.#stops.add(reason);
  }

  start(reason: string): void {
    if (this.#stops.delete(reason) && this.isOpen) for (const go of [...this.opened]) go();
  }

  mend(): void {
    this.delayMs = 0;
    this.jitterMs = 0;
    this.loss = 0;
    this.duplicate = 0;
    this.corrupt = 0;
    this.reorder = { chance: 0, ms: 0 };
    this.kilobitsPerSecond = 0;
    this.start('cut');
  }

  /** Milliseconds until bytes of a stream that are sent now arrive; order is kept by whoever asks. */
  streamMs(bytes: number, nowMs: number): number {
    const bad = 1 - (1 - this.#lost()) * (1 - this.corrupt);
    let resent = 0;
    for (let left = bytes; bad > 0 && left > 0; left -= PACKET_BYTES)
      for (let wait = RESEND_MS; this.#chance() < bad && wait < 60_000; wait *= 2) resent += wait;
    return this.#travelMs() + this.#wireMs(bytes, nowMs) + resent;
  }

  /** Milliseconds until each copy of a datagram arrives; none where it is lost, with why. */
  datagram(bytes: number, nowMs: number): { readonly afterMs: readonly number[]; readonly lost?: Lost } {
    if (!this.isOpen) return { afterMs: [], lost: this.#stops.has('cut') ? 'cut' : 'power' };
    if (this.#chance() < this.#lost()) return { afterMs: [], lost: 'loss' };
    if (this.#chance() < this.corrupt) return { afterMs: [], lost: 'corrupt' };
    const wireMs = this.#wireMs(bytes, nowMs);
    const { chance, ms } = this.reorder;
    const kbps = this.#kilobits();
    if (kbps > 0 && (wireMs * kbps) / 8 > QUEUE_BYTES) return { afterMs: [], lost: 'queue' };
    const once = (): number =>
      this.#travelMs() + wireMs + (this.#chance() < chance ? ms * this.#chance() : 0);
    return { afterMs: this.#chance() < this.duplicate ? [once(), once()] : [once()] };
  }

  #lost(): number {
    return 1 - (1 - this.#base.loss) * (1 - this.loss);
  }

  #kilobits(): number {
    const limits = [this.kilobitsPerSecond, this.#base.kilobitsPerSecond].filter((limit) => limit > 0);
    return limits.length === 0 ? 0 : Math.min(...limits);
  }

  #travelMs(): number {
    const jitter = this.#base.jitterMs + this.jitterMs;
    return this.#base.latencyMs + this.delayMs + (jitter > 0 ? jitter * this.#chance() : 0);
  }

  /** Until a narrow link has sent what waits before these bytes, and them. */
  #wireMs(bytes: number, nowMs: number): number {
    const kbps = this.#kilobits();
    if (kbps === 0) return 0;
    this.#sentMs = Math.max(nowMs, this.#sentMs) + (bytes * 8) / kbps;
    return this.#sentMs - nowMs;
  }
}

type Lost = 'cut' | 'loss' | 'power' | 'corrupt' | 'queue';
