// Is the silent peer still there? After a time without a packet, probes that it must answer (RFC 9293,
// 3.8.4), ten of them a second apart as libuv sets it. Off until asked for. Called by the connection.

import type { Scheduler } from '../base/timeline.ts';
import { KEEPALIVE_INTERVAL_NS, KEEPALIVE_PROBES } from './tcp-constants.ts';
import { TcpTimer } from './tcp-timer.ts';

/** Linux's net.ipv4.tcp_keepalive_time: two hours. */
const SYSTEM_DELAY_NS = 7_200_000_000_000;

/** What it needs of its connection. */
export interface KeepAliveWire {
  /** Data is under way, or the handshake is: then retransmission finds a dead peer. */
  busy(): boolean;
  probe(): void;
  giveUp(): void;
}

export class KeepAlive {
  readonly #scheduler: Scheduler;
  readonly #wire: KeepAliveWire;
  readonly #timer: TcpTimer;
  #delayNs = 0;
  #lastHeardNs: number;
  #probes = 0;

  constructor(scheduler: Scheduler, wire: KeepAliveWire) {
    this.#scheduler = scheduler;
    this.#wire = wire;
    this.#lastHeardNs = scheduler.nowNs;
    this.#timer = new TcpTimer(scheduler, () => this.#look());
  }

  /** The first probe comes after `delayNs` (whole) without a packet; 0 leaves the system's own time. */
  start(delayNs: number): void {
    this.#delayNs = delayNs > 0 ? delayNs : SYSTEM_DELAY_NS;
    this.#probes = 0;
    this.#timer.set(this.#scheduler.nowNs + this.#delayNs);
  }

  stop(): void {
    this.#timer.clear();
  }

  /** Any packet of the connection came. */
  heard(): void {
    this.#lastHeardNs = this.#scheduler.nowNs;
    this.#probes = 0;
  }

  dispose(): void {
    this.#timer.dispose();
  }

  #look(): void {
    const nowNs = this.#scheduler.nowNs;
    const dueNs = this.#lastHeardNs + this.#delayNs;
    if (this.#wire.busy()) {
      this.#timer.set(nowNs + this.#delayNs);
    } else if (nowNs < dueNs) {
      this.#timer.set(dueNs);
    } else if (this.#probes >= KEEPALIVE_PROBES) {
      this.#wire.giveUp();
    } else {
      this.#probes++;
      this.#wire.probe();
      this.#timer.set(nowNs + KEEPALIVE_INTERVAL_NS);
    }
  }
}
