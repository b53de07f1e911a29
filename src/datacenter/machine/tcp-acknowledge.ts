// When to acknowledge: at once, or later in the hope that data goes back and carries the acknowledgment
// (RFC 9293, 3.8.6.3; RFC 5681, 4.2), with Linux's quick acknowledgments at the start of a one-way stream.
// Sends nothing itself. Called by the connection.

import type { Scheduler } from '../base/timeline.ts';
import { DELAYED_ACK_NS, MSS, QUICK_ACKS } from './tcp-constants.ts';
import { TcpTimer } from './tcp-timer.ts';

export class Acknowledging {
  /** An acknowledgment must go out before the kernel turns to something else. */
  due = false;
  readonly #scheduler: Scheduler;
  readonly #delay: TcpTimer;
  /** Bytes taken since the last acknowledgment, and when the last of them came. */
  #bytes = 0;
  #lastDataNs = Number.NEGATIVE_INFINITY;
  /** Data goes both ways: acknowledgments wait for data to ride on (Linux's ping-pong mode). */
  #interactive = false;
  #quickAcks = QUICK_ACKS;

  /** `send` puts a bare acknowledgment on the wire. */
  constructor(scheduler: Scheduler, send: () => void) {
    this.#scheduler = scheduler;
    this.#delay = new TcpTimer(scheduler, send);
  }

  /** The SYN-ACK counts as data to a client, so that its first request is an answer (as in Linux). */
  clientEstablished(): void {
    this.#lastDataNs = this.#scheduler.nowNs;
  }

  /** `bytes` of new data came; `inOrder`: they left no gap and filled none. */
  dataArrived(bytes: number, inOrder: boolean): void {
    const nowNs = this.#scheduler.nowNs;
    this.#lastDataNs = nowNs;
    this.#bytes += bytes;
    if (!inOrder || this.#bytes >= 2 * MSS) {
      this.due = true;
    } else if (!this.#interactive && this.#quickAcks > 0) {
      this.#quickAcks--;
      this.due = true;
    } else if (!this.#delay.isSet) {
      this.#delay.set(nowNs + DELAYED_ACK_NS);
    }
  }

  /** A segment with an acknowledgment goes out. */
  sent(withData: boolean): void {
    this.due = false;
    this.#bytes = 0;
    this.#delay.clear();
    if (withData && this.#scheduler.nowNs - this.#lastDataNs <= DELAYED_ACK_NS) this.#interactive = true;
  }

  dispose(): void {
    this.due = false;
    this.#delay.dispose();
  }
}
