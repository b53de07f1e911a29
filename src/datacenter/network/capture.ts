// Records packets as tcpdump would on the machines or links that it is told, for Wireshark to open. A machine's
// capture has what it sends, lost or not, and what reaches it; a link's has what either end puts on it; without
// either, every packet is recorded once, when it is sent. Drops packets beyond a size. Called by fabric and door.

import type { CaptureSpec } from '../contract.ts';
import { frameOf } from './frame.ts';
import type { Packet } from './packet.ts';
import { INBOUND, OUTBOUND, PcapngWriter } from './pcapng.ts';

/** A capture stops here; how many packets came after is in its statistics. */
const BYTES_MAX = 64 * 1024 * 1024;

/** What the fabric tells. */
export interface Tap {
  sent(packet: Packet, nowNs: number): void;
  arrived(packet: Packet, nowNs: number): void;
}

interface Interface {
  received: number;
  dropped: number;
}

export class Capture implements Tap {
  readonly #writer: PcapngWriter;
  readonly #nameOf: (id: number) => string;
  readonly #interfaces: Interface[] = [];
  readonly #byMachine = new Map<string, number>();
  readonly #byLink = new Map<string, number>();
  readonly #isWhole: boolean;
  #count = 0;

  /** `nameOf` gives a machine's name; `epochMs` is when t=0 was. */
  constructor(spec: CaptureSpec, nameOf: (id: number) => string, epochMs: number) {
    this.#writer = PcapngWriter.begin(epochMs, 'Brownout');
    this.#nameOf = nameOf;
    const { machines = [], links = [] } = spec;
    this.#isWhole = machines.length + links.length === 0;
    if (this.#isWhole) this.#addInterface('cluster');
    for (const name of machines) this.#byMachine.set(name, this.#addInterface(name));
    for (const { a, b } of links) {
      const id = this.#addInterface(`${a}-${b}`);
      this.#byLink.set(`${a}>${b}`, id).set(`${b}>${a}`, id);
    }
  }

  sent(packet: Packet, nowNs: number): void {
    if (this.#isWhole) {
      this.#record(0, packet, nowNs, OUTBOUND);
      return;
    }
    const from = this.#nameOf(packet.from);
    const machine = this.#byMachine.get(from);
    if (machine !== undefined) this.#record(machine, packet, nowNs, OUTBOUND);
    const link = this.#byLink.get(`${from}>${this.#nameOf(packet.to)}`);
    if (link !== undefined) this.#record(link, packet, nowNs, OUTBOUND);
  }

  arrived(packet: Packet, nowNs: number): void {
    // What a machine sends to itself was recorded when it was sent, as on `lo`.
    if (this.#isWhole || packet.from === packet.to) return;
    const machine = this.#byMachine.get(this.#nameOf(packet.to));
    if (machine !== undefined) this.#record(machine, packet, nowNs, INBOUND);
  }

  /** The capture so far, as a pcapng file. */
  bytes(nowNs: number): Uint8Array<ArrayBuffer> {
    const whole = this.#writer.copy();
    for (const [id, { received, dropped }] of this.#interfaces.entries())
      whole.addStatistics(id, nowNs, received, dropped);
    return whole.bytes();
  }

  #addInterface(name: string): number {
    this.#writer.addInterface(name);
    return this.#interfaces.push({ received: 0, dropped: 0 }) - 1;
  }

  #record(id: number, packet: Packet, nowNs: number, direction: number): void {
    const to = this.#interfaces[id];
    if (to === undefined) return;
    to.received++;
    if (this.#writer.size > BYTES_MAX) to.dropped++;
    else this.#writer.addPacket(id, nowNs, frameOf(packet, ++this.#count), direction);
  }
}

/** Null where nothing is to be recorded. */
export function captureOf(
  spec: CaptureSpec | undefined,
  nameOf: (id: number) => string,
  epochMs: number,
): Capture | null {
  return spec === undefined ? null : new Capture(spec, nameOf, epochMs);
}
