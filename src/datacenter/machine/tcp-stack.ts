// The TCP of one machine from power-on to power-off (a restarted machine gets a new one): ports, listeners,
// and whose connection an arriving segment belongs to. Answers RST for what belongs to none (RFC 9293,
// 3.10.7.1). Made for each machine; called by node/bindings (listen, connect) and the fabric (receive).

import {
  type Binding,
  isAny,
  isFor,
  isLoopback,
  LOCALHOST,
  LOCALHOST_IPV6,
  overlaps,
  reachable,
} from '../base/address.ts';
import { NO_BYTES } from '../base/bytes.ts';
import type { ErrorCode } from '../base/error-code.ts';
import type { Random } from '../base/random.ts';
import { ACK, FIN, RST, SYN } from '../base/tcp-flags.ts';
import type { Scheduler } from '../base/timeline.ts';
import type { Packet } from '../network/packet.ts';
import type { TcpListener, TcpSocket } from './tcp.ts';
import { arrive } from './tcp-arrival.ts';
import { EPHEMERAL_PORT_MAX, EPHEMERAL_PORT_MIN } from './tcp-constants.ts';
import { ListenQueue } from './tcp-listener.ts';
import { type SocketPair, TcpConnection } from './tcp-socket.ts';
import { ConnectionTable } from './tcp-table.ts';

export interface TcpStackOptions {
  readonly scheduler: Scheduler;
  /** For initial sequence numbers (RFC 9293, 3.4.1). The stack owns it. */
  readonly random: Random;
  /** The machine's own address; 127.0.0.0/8 is its own too. */
  readonly address: number;
  /** Hands a packet to the fabric. */
  readonly send: (packet: Packet) => void;
}

/** Where a socket is bound: to all addresses of a family with `0.0.0.0` or `::`. */
export interface TcpBinding extends Binding {
  /** 0 takes a free one. */
  readonly port: number;
  /** Others that say so too may listen on the same port: each connection goes to one of them. */
  readonly reusePort: boolean;
}

export interface ListenOptions extends Partial<TcpBinding> {
  readonly address: number;
  readonly port: number;
  readonly backlog: number;
}

export interface ConnectOptions {
  /** 0 means 127.0.0.1, as on Linux. */
  readonly address: number;
  readonly port: number;
  readonly localAddress?: number;
  readonly localPort?: number;
}

export class TcpStack {
  readonly scheduler: Scheduler;
  readonly send: (packet: Packet) => void;
  readonly #random: Random;
  readonly #address: number;
  readonly #connections = new ConnectionTable();
  readonly #listenersByPort = new Map<number, ListenQueue[]>();
  #nextPort = EPHEMERAL_PORT_MIN;

  constructor(options: TcpStackOptions) {
    this.scheduler = options.scheduler;
    this.send = options.send;
    this.#random = options.random;
    this.#address = options.address;
  }

  /**
   * Chooses the port where none was asked for. EADDRINUSE where a listener has it, EADDRNOTAVAIL for an address
   * that is not this machine's. Holds nothing: libuv sets SO_REUSEADDR, so sockets that do not listen, and
   * connections, also in TIME_WAIT, stand in nobody's way.
   */
  bind(asked: TcpBinding): TcpBinding | ErrorCode {
    if (!isAny(asked.address) && !this.#isOwn(asked.address)) return 'EADDRNOTAVAIL';
    const port = asked.port === 0 ? this.#freePort(() => true) : asked.port;
    return port === null || this.#isTaken({ ...asked, port }) ? 'EADDRINUSE' : { ...asked, port };
  }

  listen(options: ListenOptions): TcpListener | ErrorCode {
    const bound = this.bind({ ipv6Only: false, reusePort: false, ...options });
    if (typeof bound === 'string') return bound;
    const { port } = bound;
    const listener = new ListenQueue(bound, options.backlog, (closed) => this.#forgetListener(closed));
    this.#listenersByPort.set(port, [...(this.#listenersByPort.get(port) ?? []), listener]);
    return listener;
  }

  /** Sends the SYN at once. EADDRNOTAVAIL where no port is left for this peer, as on Linux. */
  connect(options: ConnectOptions): TcpSocket | ErrorCode {
    const remoteAddress = reachable(options.address);
    const asked = options.localAddress ?? 0;
    const localAddress = isAny(asked) ? this.#sourceFor(remoteAddress) : asked;
    if (!this.#isOwn(localAddress)) return 'EADDRNOTAVAIL';
    const remotePort = options.port;
    const isFree = (port: number): boolean =>
      this.#isReusable(this.#connections.find(localAddress, port, remoteAddress, remotePort));
    const localPort = options.localPort || this.#freePort(isFree);
    if (localPort === null) return 'EADDRNOTAVAIL';
    if (!isFree(localPort)) return 'EADDRINUSE';
    this.#connections.find(localAddress, localPort, remoteAddress, remotePort)?.destroy(null);
    const connection = this.#add({ localAddress, localPort, remoteAddress, remotePort }, null);
    connection.open();
    return connection;
  }

  /** Every TCP packet for the machine, from the fabric. */
  receive(packet: Packet): void {
    const connection = this.#connections.find(
      packet.destinationAddress,
      packet.destinationPort,
      packet.sourceAddress,
      packet.sourcePort,
    );
    const opens = (packet.flags & (SYN | ACK | RST)) === SYN;
    if (connection !== null && !(opens && connection.state === 'TIME_WAIT')) {
      arrive(connection, packet, this.scheduler);
      return;
    }
    const listener = opens ? this.#listenerFor(packet) : null;
    if (listener === null) {
      if (connection === null) this.#refuse(packet);
      else arrive(connection, packet, this.scheduler);
      return;
    }
    // A new connection over one in TIME_WAIT. RFC 9293, 3.10.7.4 wants a higher sequence number; here any
    // SYN will do, because initial sequence numbers are random and old SYNs do not linger.
    connection?.destroy(null);
    this.#answer(listener, packet);
  }

  /** Bytes that wait to be read, or to be sent and acknowledged. */
  get queuedBytes(): number {
    let sum = 0;
    for (const { readableBytes, unsentOrUnackedBytes } of this.#connections.all())
      sum += readableBytes + unsentOrUnackedBytes;
    return sum;
  }

  /** Power off: every state is forgotten, nothing is sent, now or later, and no owner is woken. */
  crash(): void {
    for (const connection of this.#connections.clear()) connection.silence();
    for (const listeners of this.#listenersByPort.values()) {
      for (const listener of listeners) listener.silence();
    }
    this.#listenersByPort.clear();
  }

  /** For connections only: this one is over. */
  forget(connection: TcpConnection): void {
    this.#connections.remove(connection);
  }

  /** Answers a SYN, unless the listener has no room: then the client tries again by itself. */
  #answer(listener: ListenQueue, packet: Packet): void {
    if (!listener.hasRoom) return;
    const pair = {
      localAddress: packet.destinationAddress,
      localPort: packet.destinationPort,
      remoteAddress: packet.sourceAddress,
      remotePort: packet.sourcePort,
    };
    const connection = this.#add(pair, listener);
    listener.begin(connection);
    connection.initialRemoteSequence = packet.sequence;
    connection.receiving.open();
    connection.open();
  }

  #add(pair: SocketPair, listener: ListenQueue | null): TcpConnection {
    const connection = new TcpConnection(this, pair, this.#random.uint32(), listener);
    this.#connections.add(connection);
    return connection;
  }

  /** RST for a segment that belongs to nothing here; never for an RST (RFC 9293, 3.10.7.1). */
  #refuse(packet: Packet): void {
    if (packet.flags & RST) return;
    const hasAck = (packet.flags & ACK) !== 0;
    const length = packet.payload.length + (packet.flags & SYN ? 1 : 0) + (packet.flags & FIN ? 1 : 0);
    this.send({
      from: 0,
      to: 0,
      protocol: 'tcp',
      sourceAddress: packet.destinationAddress,
      destinationAddress: packet.sourceAddress,
      sourcePort: packet.destinationPort,
      destinationPort: packet.sourcePort,
      flags: hasAck ? RST : RST | ACK,
      sequence: hasAck ? packet.acknowledgment : 0,
      acknowledgment: hasAck ? 0 : (packet.sequence + length) >>> 0,
      window: 0,
      payload: NO_BYTES,
    });
  }

  #isOwn(address: number): boolean {
    return address === this.#address || isLoopback(address);
  }

  /** A connection in TIME_WAIT gives way to a new one (Linux: tcp_tw_reuse). */
  #isReusable(connection: TcpConnection | null): boolean {
    return connection === null || connection.state === 'TIME_WAIT';
  }

  #sourceFor(destination: number): number {
    if (destination === LOCALHOST_IPV6) return LOCALHOST_IPV6;
    return isLoopback(destination) ? LOCALHOST : this.#address;
  }

  #isTaken(bound: TcpBinding): boolean {
    const listeners = this.#listenersByPort.get(bound.port) ?? [];
    return listeners.some(
      (listener) => overlaps(listener.bound, bound) && !(bound.reusePort && listener.bound.reusePort),
    );
  }

  /** Of those that share a port, the one that the client's port points at; a precise address goes first. */
  #listenerFor(packet: Packet): ListenQueue | null {
    const { destinationAddress, destinationPort, sourcePort } = packet;
    const all = (this.#listenersByPort.get(destinationPort) ?? []).filter((listener) =>
      isFor(listener.bound, destinationAddress),
    );
    const precise = all.filter((listener) => listener.address === destinationAddress);
    const these = precise.length > 0 ? precise : all;
    return these[sourcePort % these.length] ?? null;
  }

  #forgetListener(closed: ListenQueue): void {
    const left = (this.#listenersByPort.get(closed.port) ?? []).filter((listener) => listener !== closed);
    if (left.length === 0) this.#listenersByPort.delete(closed.port);
    else this.#listenersByPort.set(closed.port, left);
  }

  /** The next ephemeral port that nothing listens on and `isFree` accepts; null after a full round. */
  #freePort(isFree: (port: number) => boolean): number | null {
    for (let tried = EPHEMERAL_PORT_MIN; tried <= EPHEMERAL_PORT_MAX; tried++) {
      const port = this.#nextPort;
      this.#nextPort = port === EPHEMERAL_PORT_MAX ? EPHEMERAL_PORT_MIN : port + 1;
      if (!this.#listenersByPort.has(port) && isFree(port)) return port;
    }
    return null;
  }
}
