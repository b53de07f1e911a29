// A door of TCP: a listening port, and behind it two pipes a connection. While the way is stopped it accepts and holds,
// since nothing can make a connection to this computer wait for its SYN to be answered. When it shuts, the connections
// that it let in go on. Made by links.ts.
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Door } from './door.ts';
import { HOST } from './host.ts';
import { Pipe } from './pipe.ts';

export class TcpDoor extends Door {
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;

  protected get isOpen(): boolean {
    return this.#server !== null;
  }

  protected shut(): void {
    this.#server?.close();
    this.#server = null;
  }

  close(): void {
    this.shut();
    for (const socket of this.#sockets) socket.destroy();
  }

  protected open(): void {
    const server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));
    this.#server = server;
    server.on('error', () => {
      // Another program took the port while the door was shut: it is tried again at the next change.
      if (this.#server === server) this.#server = null;
    });
    server.listen(this.ends.port, HOST);
  }

  #accept(outside: Socket): void {
    this.#keep(outside);
    const { there } = this.ends;
    const begin = (): void => {
      there.opened.delete(begin);
      if (!outside.destroyed) this.#connect(outside);
    };
    this.ends.passed(false, 'S', 0, there.isOpen ? 0 : null, outside.remotePort ?? 0);
    if (there.isOpen) begin();
    else there.opened.add(begin);
  }

  #connect(outside: Socket): void {
    const { there, back, target, passed } = this.ends;
    const port = outside.remotePort ?? 0;
    const inside = connect({ port: target, host: HOST, allowHalfOpen: true });
    this.#keep(inside);
    new Pipe(outside, inside, there, (flags, bytes, afterMs) => passed(false, flags, bytes, afterMs, port));
    inside.once('connect', () => {
      const own = inside.localPort ?? 0;
      this.ends.comesFrom(own, true);
      inside.once('close', () => this.ends.comesFrom(own, false));
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
