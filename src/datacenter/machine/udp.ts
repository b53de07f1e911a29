// The UDP of one machine (RFC 768): ports, datagrams out and in. Pull and wake, as TCP. Datagrams are kept
// whole up to 65,507 bytes (no fragments on the wire). A datagram to a closed port is answered with ICMP port
// unreachable (RFC 792), of which only connected sockets hear. Called by node/bindings and the computer.

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
import type { Packet } from '../network/packet.ts';
import { Wakers } from './wakers.ts';

/** 65,535 less 20 bytes of IP and 8 of UDP header. */
export const DATAGRAM_BYTES_MAX = 65_507;
/** Linux net.core.rmem_default; what comes on top of it is dropped. Headers are not counted here. */
export const RECEIVE_BUFFER_BYTES = 212_992;
/** net.ipv4.ip_local_port_range. */
const EPHEMERAL_PORT_MIN = 32_768;
const EPHEMERAL_PORT_MAX = 60_999;

export interface Datagram {
  /** May be the very array that the peer sent: read only. */
  readonly payload: Uint8Array;
  readonly address: number;
  readonly port: number;
}

export interface UdpStackOptions {
  readonly address: number;
  readonly send: (packet: Packet) => void;
}

export class UdpStack {
  readonly #address: number;
  readonly #send: (packet: Packet) => void;
  readonly #socketsByPort = new Map<number, UdpSocket[]>();
  #nextPort = EPHEMERAL_PORT_MIN;

  constructor(options: UdpStackOptions) {
    this.#address = options.address;
    this.#send = options.send;
  }

  /**
   * `address` 0 receives on all addresses of the machine; `port` 0 takes a free one. `reuse`: others that
   * also said `reuse` may hold the port; the one bound last receives (Linux, SO_REUSEADDR).
   */
  bind(options: {
    readonly address: number;
    readonly port: number;
    readonly reuse?: boolean;
    readonly ipv6Only?: boolean;
  }): UdpSocket | ErrorCode {
    const { address, ipv6Only = false } = options;
    const bound: Binding = { address, ipv6Only };
    if (!this.has(address)) return 'EADDRNOTAVAIL';
    const port = options.port === 0 ? this.#freePort() : options.port;
    if (port === null) return 'EADDRINUSE';
    const reuse = options.reuse ?? false;
    const others = this.#socketsByPort.get(port) ?? [];
    const inTheWay = others.some((other) => !(reuse && other.reuse) && overlaps(bound, other.bound));
    if (inTheWay) return 'EADDRINUSE';
    const socket = new UdpSocket(bound, port, reuse, {
      send: (from, payload, to, toPort) => this.#transmit(from, payload, to, toPort),
      forget: (closed) => this.#forget(closed),
      sourceFor: (destination) => this.#sourceFor(destination),
    });
    this.#socketsByPort.set(port, [...others, socket]);
    return socket;
  }

  /** Whether a socket can be bound to it. */
  has(address: number): boolean {
    return isAny(address) || address === this.#address || isLoopback(address);
  }

  /** Every UDP packet for the machine, and every ICMP packet about one, from the fabric. */
  receive(packet: Packet): void {
    const sockets = this.#socketsByPort.get(packet.destinationPort) ?? [];
    for (let at = sockets.length - 1; at >= 0; at--) {
      const socket = sockets[at];
      if (socket === undefined || !socket.wants(packet)) continue;
      if (packet.protocol === 'udp') socket.deliver(packet);
      else socket.refused();
      return;
    }
    if (packet.protocol === 'udp') this.#refuse(packet);
  }

  /** Power off: every socket is forgotten, and no owner is woken. */
  crash(): void {
    for (const sockets of this.#socketsByPort.values()) for (const socket of sockets) socket.silence();
    this.#socketsByPort.clear();
  }

  #transmit(from: UdpSocket, payload: Uint8Array, to: number, toPort: number): void {
    const destinationAddress = reachable(to);
    this.#send({
      from: 0,
      to: 0,
      protocol: 'udp',
      sourceAddress: isAny(from.localAddress) ? this.#sourceFor(destinationAddress) : from.localAddress,
      destinationAddress,
      sourcePort: from.localPort,
      destinationPort: toPort,
      flags: 0,
      sequence: 0,
      acknowledgment: 0,
      window: 0,
      payload,
    });
  }

  /** ICMP port unreachable: nobody holds the port that the datagram was for. */
  #refuse(datagram: Packet): void {
    this.#send({
      from: 0,
      to: 0,
      protocol: 'icmp',
      sourceAddress: datagram.destinationAddress,
      destinationAddress: datagram.sourceAddress,
      sourcePort: datagram.destinationPort,
      destinationPort: datagram.sourcePort,
      flags: 0,
      sequence: datagram.payload.length,
      acknowledgment: 0,
      window: 0,
      payload: NO_BYTES,
    });
  }

  #sourceFor(destination: number): number {
    if (destination === LOCALHOST_IPV6) return LOCALHOST_IPV6;
    return isLoopback(destination) ? LOCALHOST : this.#address;
  }

  #forget(closed: UdpSocket): void {
    const left = (this.#socketsByPort.get(closed.localPort) ?? []).filter((socket) => socket !== closed);
    if (left.length === 0) this.#socketsByPort.delete(closed.localPort);
    else this.#socketsByPort.set(closed.localPort, left);
  }

  #freePort(): number | null {
    for (let tried = EPHEMERAL_PORT_MIN; tried <= EPHEMERAL_PORT_MAX; tried++) {
      const port = this.#nextPort;
      this.#nextPort = port === EPHEMERAL_PORT_MAX ? EPHEMERAL_PORT_MIN : port + 1;
      if (!this.#socketsByPort.has(port)) return port;
    }
    return null;
  }
}

interface UdpKernel {
  send(from: UdpSocket, payload: Uint8Array, to: number, toPort: number): void;
  forget(socket: UdpSocket): void;
  /** The machine's address on the way to `destination`. */
  sourceFor(destination: number): number;
}

export class UdpSocket {
  /** Processes that have it among their files; it closes with the last. */
  holders = 1;
  readonly bound: Binding;
  readonly localPort: number;
  readonly reuse: boolean;
  remoteAddress = 0;
  remotePort = 0;
  receiveBufferBytes = RECEIVE_BUFFER_BYTES;
  readonly #kernel: UdpKernel;
  #error: ErrorCode | null = null;
  readonly #received: Datagram[] = [];
  #receivedBytes = 0;
  readonly #wakers = new Wakers();
  #closed = false;

  constructor(bound: Binding, localPort: number, reuse: boolean, kernel: UdpKernel) {
    this.bound = bound;
    this.localPort = localPort;
    this.reuse = reuse;
    this.#kernel = kernel;
  }

  /** Called when a datagram was queued, or an error. Each who has it sets its own. */
  set wake(wake: () => void) {
    this.#wakers.add(wake);
  }

  get localAddress(): number {
    return this.bound.address;
  }

  /** Sends to, and receives from, this peer only. (0, 0) undoes it. */
  connect(address: number, port: number): void {
    this.remoteAddress = port === 0 ? address : reachable(address);
    this.remotePort = port;
  }

  /** What getsockname(2) says: a connected socket knows by which of its addresses it reaches the peer. */
  get shownAddress(): number {
    if (!isAny(this.localAddress) || this.remotePort === 0) return this.localAddress;
    return this.#kernel.sourceFor(this.remoteAddress);
  }

  /** True when a datagram or an error waits. */
  get hasNews(): boolean {
    return this.#received.length > 0 || this.#error !== null;
  }

  /** The error that the socket has not been told of; it is told once. */
  takeError(): ErrorCode | null {
    const error = this.#error;
    this.#error = null;
    return error;
  }

  /**
   * Sends one datagram to `address` and `port`, or to the connected peer without them. Bytes are referred to,
   * not copied. EMSGSIZE over 65,507 bytes; EDESTADDRREQ or EISCONN as the case may be; null when sent.
   */
  send(payload: Uint8Array, address?: number, port?: number): ErrorCode | null {
    if (payload.length > DATAGRAM_BYTES_MAX) return 'EMSGSIZE';
    if (address === undefined || port === undefined) {
      if (this.remotePort === 0) return 'EDESTADDRREQ';
      this.#kernel.send(this, payload, this.remoteAddress, this.remotePort);
      return null;
    }
    if (this.remotePort !== 0) return 'EISCONN';
    this.#kernel.send(this, payload, address, port);
    return null;
  }

  /** The oldest datagram that waits; null where there is none. */
  receive(): Datagram | null {
    const datagram = this.#received.shift();
    if (datagram === undefined) return null;
    this.#receivedBytes -= datagram.payload.length;
    return datagram;
  }

  close(): void {
    if (this.#closed || --this.holders > 0) return;
    this.silence();
    this.#kernel.forget(this);
  }

  /** For the stack only: whether the packet is for this socket. */
  wants(packet: Packet): boolean {
    if (!isFor(this.bound, packet.destinationAddress)) return false;
    if (this.remotePort === 0) return true;
    return this.remotePort === packet.sourcePort && this.remoteAddress === packet.sourceAddress;
  }

  /** For the stack only. */
  deliver(packet: Packet): void {
    const { payload } = packet;
    if (this.#receivedBytes + payload.length > this.receiveBufferBytes) return;
    this.#received.push({ payload, address: packet.sourceAddress, port: packet.sourcePort });
    this.#receivedBytes += payload.length;
    this.#wakers.wake();
  }

  /** For the stack only: ICMP told that the peer's port is closed. */
  refused(): void {
    if (this.remotePort === 0) return;
    this.#error = 'ECONNREFUSED';
    this.#wakers.wake();
  }

  /** For the stack only: the machine lost its power. */
  silence(): void {
    this.#closed = true;
    this.#wakers.clear();
    this.#received.length = 0;
  }
}
