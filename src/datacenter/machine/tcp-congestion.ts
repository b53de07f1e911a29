// How much the network is trusted with: the congestion window of RFC 5681 with the recovery of RFC 6582
// (NewReno) and the first window of RFC 6928. Simpler than Linux's default (CUBIC with SACK, pacing), and the
// window is not shrunk after idling. In bytes. Called by the sending side only.

import { INITIAL_WINDOW_SEGMENTS, MSS, SEND_BUFFER_BYTES } from './tcp-constants.ts';

export class Congestion {
  /** No more than this may be under way. */
  window = INITIAL_WINDOW_SEGMENTS * MSS;
  #slowStartThreshold = Number.POSITIVE_INFINITY;

  /** `bytes` were newly acknowledged, outside of recovery. */
  grow(bytes: number): void {
    if (this.window >= SEND_BUFFER_BYTES) return;
    if (this.window < this.#slowStartThreshold) {
      this.window += Math.min(bytes, 2 * MSS); // RFC 3465, 2.2
    } else {
      this.window += Math.max(1, Math.floor((MSS * MSS) / this.window));
    }
  }

  /** The timer expired with `flight` bytes under way: start over with one segment (RFC 5681, 3.1). */
  timedOut(flight: number): void {
    this.#halve(flight);
    this.window = MSS;
  }

  /** Three duplicate acknowledgments: one segment is lost, and three have left the network. */
  enterRecovery(flight: number): void {
    this.#halve(flight);
    this.window = this.#slowStartThreshold + 3 * MSS;
  }

  /** One more segment has left the network while one is missing. */
  duplicate(): void {
    this.window += MSS;
  }

  /** A part of what was missing came; deflate by it (RFC 6582, 3.2 step 3). */
  partial(bytes: number): void {
    this.window = Math.max(MSS, this.window - bytes + MSS);
  }

  leaveRecovery(): void {
    this.window = this.#slowStartThreshold;
  }

  #halve(flight: number): void {
    this.#slowStartThreshold = Math.max(flight >> 1, 2 * MSS);
  }
}
