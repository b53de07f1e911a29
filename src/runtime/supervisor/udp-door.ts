// A door of UDP: a bound port, and behind it one socket for each port that asks, so that answers find back. A datagram is
// lost, doubled or late as the way says. There are no connections, so a door that shuts ends everything. Made by links.ts.
import { createSocket, type Socket } from 'node:dgram';
import { Door } from './door.ts';
import { HOST } from './host.ts';
import type { Way } from './way.ts';

/** A port that has asked nothing for so long is forgotten. */
const SILENCE_MS = 60_000;

export class UdpDoor extends Door {
  readonly #askers = new Map<number, { readonly socket: Socket; lastMs: number }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #socket: Socket | null = null;

  protected get isOpen(): boolean {
    return this.#socket !== null;
  }

  protected shut(): void {
    this.#socket?.close();
    this.#socket = null;
    for (const { socket } of this.#askers.values()) socket.close();
    this.#askers.clear();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  close(): void {
    this.shut();
  }

  protected open(): void {
    const door = createSocket('udp4');
    this.#socket = door;
    door.on('error', () => {
      if (this.#socket === door) this.#socket = null;
    });
    door.on('message', (bytes, { port }) => {
      const inside = this.#askerAt(port, door);
      this.#pass(false, this.ends.there, bytes, port, () => inside.send(bytes, this.ends.target, HOST));
    });
    door.bind(this.ends.port, HOST);
  }

  #askerAt(port: number, door: Socket): Socket {
    const nowMs = performance.now();
    for (const [other, { socket, lastMs }] of this.#askers) {
      if (nowMs - lastMs < SILENCE_MS) continue;
      this.#askers.delete(other);
      socket.close();
    }
    const known = this.#askers.get(port);
    if (known !== undefined) {
      known.lastMs = nowMs;
      return known.socket;
    }
    const socket = createSocket('udp4');
    socket.on('error', () => {});
    socket.on('message', (bytes) => {
      this.#pass(true, this.ends.back, bytes, port, () => door.send(bytes, port, HOST));
    });
    this.#askers.set(port, { socket, lastMs: nowMs });
    return socket;
  }

  #pass(back: boolean, way: Way, bytes: Buffer, port: number, send: () => void): void {
    const { afterMs } = way.datagram(bytes.length, performance.now());
    this.ends.passed(back, '', bytes.length, afterMs[0] ?? null, port);
    for (const ms of afterMs) {
      if (ms < 0.5) send();
      else this.#later(ms, send);
    }
  }

  #later(ms: number, send: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      send();
    }, ms);
    this.#timers.add(timer);
  }
}
