// Where one machine reaches a TCP port of another: a listening port of its own, and behind it two pipes a connection.
// It listens only where the other side would be heard to refuse or accept: while nobody listens there, the computer
// refuses by itself, as the machine would. While the way is stopped it accepts and holds, since nothing can make a
// connection to this computer wait for its SYN to be answered. Made by links.ts.
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Pipe } from './pipe.ts';
import type { Way } from './way.ts';

export const HOST = '127.0.0.1';

/** A piece of a connection that passes, for the trace. `back`: from the machine that was asked. */
export type Passed = (
  back: boolean,
  flags: string,
  bytes: number,
  afterMs: number | null,
  port: number,
) => void;

export interface DoorEnds {
  readonly there: Way;
  readonly back: Way;
  /** The port of this door, and the one behind it. */
  readonly port: number;
  readonly target: number;
  readonly passed: Passed;
  /** Tells which ports the connections behind the door come from, and when one is gone. */
  readonly comesFrom: (port: number, isThere: boolean) => void;
}

export class TcpDoor {
  readonly #ends: DoorEnds;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #targetListens = false;

  constructor(ends: DoorEnds) {
    this.#ends = ends;
  }

  /** Whether somebody listens behind it now. */
  setTarget(listens: boolean): void {
    this.#targetListens = listens;
    this.look();
  }

  /** To be called whenever the way was stopped or started. */
  look(): void {
    const wanted = this.#targetListens || !this.#ends.there.isOpen;
    if (wanted && this.#server === null) this.#listen();
    if (!wanted && this.#server !== null) {
      this.#server.close();
      this.#server = null;
    }
  }

  close(): void {
    this.#server?.close();
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
  }

  #listen(): void {
    const server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));
    this.#server = server;
    server.on('error', () => {
      // Another program took the port while the door was shut: it is tried again at the next change.
      if (this.#server === server) this.#server = null;
    });
    server.listen(this.#ends.port, HOST);
  }

  #accept(outside: Socket): void {
    this.#keep(outside);
    const { there } = this.#ends;
    const begin = (): void => {
      there.opened.delete(begin);
      if (!outside.destroyed) this.#connect(outside);
    };
    this.#ends.passed(false, 'S', 0, there.isOpen ? 0 : null, outside.remotePort ?? 0);
    if (there.isOpen) begin();
    else there.opened.add(begin);
  }

  #connect(outside: Socket): void {
    const { there, back, target, passed } = this.#ends;
    const port = outside.remotePort ?? 0;
    const inside = connect({ port: target, host: HOST, allowHalfOpen: true });
    this.#keep(inside);
    new Pipe(outside, inside, there, (flags, bytes, afterMs) => passed(false, flags, bytes, afterMs, port));
    inside.once('connect', () => {
      const own = inside.localPort ?? 0;
      this.#ends.comesFrom(own, true);
      inside.once('close', () => this.#ends.comesFrom(own, false));
      passed(true, 'S.', 0, back.isOpen ? 0 : null, port);
    });
    new Pipe(inside, outside, back, (flags, bytes, afterMs) => passed(true, flags, bytes, afterMs, port));
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    // How it ended the pipes see by `close`.
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
