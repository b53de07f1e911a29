// How long to wait for an acknowledgment: the retransmission timeout from measured round trips (RFC 6298).
// As Linux does, at least 200 ms are added to the smoothed round trip, so that a delayed acknowledgment is
// not taken for a loss. Called by the sending side only.

import { RTO_INITIAL_NS, RTO_MAX_NS, RTO_MIN_NS } from './tcp-constants.ts';

export class RoundTrip {
  /** Wait so long before sending again. Whole nanoseconds. */
  timeoutNs = RTO_INITIAL_NS;
  #measuredTimeoutNs = RTO_INITIAL_NS;
  #smoothedNs = 0;
  #variationNs = 0;

  /** A round trip of a segment that was sent once (Karn's rule: never of a repeated one). RFC 6298, 2. */
  sample(tripNs: number): void {
    if (this.#smoothedNs === 0) {
      this.#smoothedNs = tripNs;
      this.#variationNs = tripNs / 2;
    } else {
      const difference = Math.abs(this.#smoothedNs - tripNs);
      this.#variationNs += (difference - this.#variationNs) / 4;
      this.#smoothedNs += (tripNs - this.#smoothedNs) / 8;
    }
    const timeoutNs = this.#smoothedNs + Math.max(RTO_MIN_NS, 4 * this.#variationNs);
    this.#measuredTimeoutNs = Math.min(RTO_MAX_NS, Math.ceil(timeoutNs));
    this.timeoutNs = this.#measuredTimeoutNs;
  }

  /** Nothing was heard in time: wait twice as long (RFC 6298, 5.5). */
  backOff(): void {
    this.timeoutNs = Math.min(RTO_MAX_NS, this.timeoutNs * 2);
  }

  /** Something new was acknowledged: back to what was measured. */
  heard(): void {
    this.timeoutNs = this.#measuredTimeoutNs;
  }
}
