// One UDP handle: Node's dgram on the machine's kernel, a datagram a turn. Sending ends at once, as it does on
// Linux while the socket's buffer has room. Multicast and broadcast are refused with ENOTSUP: a cluster's links
// lie between two machines. Made by udp-wrap.ts.
import { ANY_ADDRESS, ANY_ADDRESS_IPV6, isMulticast, parseAddress, parseIpv6 } from '../../base/address.ts';
import { concat } from '../../base/bytes.ts';
import { DATAGRAM_BYTES_MAX, RECEIVE_BUFFER_BYTES, type UdpSocket } from '../../machine/udp.ts';
import type { Realm } from '../realm.ts';
import { descriptorOf, openable, setDescriptor } from './descriptors.ts';
import { HandleWrap } from './handle-wrap.ts';
import { nameSocket, type SocketName } from './socket-name.ts';

/** UV_UDP_REUSEADDR and UV_UDP_REUSEPORT. */
const REUSE_FLAGS = 4 | 64;
/** UV_UDP_IPV6ONLY. */
const IPV6_ONLY = 1;
/** Linux doubles what it is asked for, between these (net/core/sock.c). */
const RECEIVE_BUFFER_MIN = 2304;
const SEND_BUFFER_MIN = 4608;
const TTL_MAX = 255;

type OnMessage = (size: number, handle: UdpHandle, bytes?: Uint8Array, from?: SocketName) => void;

/** Instance of `new UDP()`; see dgram.js for who calls what. */
export class UdpHandle extends HandleWrap {
  readonly socketType = 'UDP';
  onmessage: OnMessage | undefined;
  #socket: UdpSocket | null = null;
  #isReceiving = false;
  #isServing = false;
  #isSix = false;
  #sendBufferBytes = RECEIVE_BUFFER_BYTES;

  constructor(realm: Realm) {
    super(realm, 'UDPWRAP');
  }

  get fd(): number {
    if (this.#socket === null || this.isClosing) return -1;
    return descriptorOf(this.realm, this, this.#hold);
  }

  get isPolled(): boolean {
    return this.#isReceiving;
  }

  readonly #hold = (release: () => void): void => this.holdUntilClosed(release);

  /** The kernel's socket, for a further process; both have it from then on. */
  share(): { readonly socket: UdpSocket; readonly isSix: boolean } | null {
    if (this.#socket === null) return null;
    this.#socket.holders++;
    return { socket: this.#socket, isSix: this.#isSix };
  }

  adopt(socket: UdpSocket, isSix: boolean): void {
    this.#isSix = isSix;
    this.#take(socket);
  }

  bind(address: string, port: number, flags: number): number {
    const parsed = parseAddress(address);
    return parsed === null ? this.realm.errno('EINVAL') : this.#bind(parsed, port, flags);
  }

  bind6(address: string, port: number, flags: number): number {
    const parsed = parseIpv6(address);
    if (parsed === null) return this.realm.errno(address.includes(':') ? 'EADDRNOTAVAIL' : 'EINVAL');
    this.#isSix = true;
    return this.#bind(parsed, port, flags);
  }

  /** Takes up the socket of another handle, by its descriptor: it closes with either. */
  open(fd: number): number {
    const other = openable(this.realm, fd);
    if (typeof other === 'string') return this.realm.errno(other);
    if (!(other instanceof UdpHandle) || other.#socket === null) return this.realm.errno('EINVAL');
    setDescriptor(this.realm, this, fd, this.#hold);
    this.adopt(other.#socket, other.#isSix);
    return 0;
  }

  connect(address: string, port: number): number {
    return this.#connect(parseAddress(address), port);
  }

  /** dgram puts this in place of `connect` on a udp6 socket's handle, and send6 in place of `send`. */
  connect6(address: string, port: number): number {
    const parsed = parseIpv6(address);
    this.#isSix = true;
    if (parsed === null && address.includes(':')) return this.realm.errno('ENETUNREACH');
    return this.#connect(parsed, port);
  }

  #connect(parsed: number | null, port: number): number {
    if (parsed === null) return this.realm.errno('EINVAL');
    if (isMulticast(parsed)) return this.realm.errno('ENOTSUP');
    const socket = this.#bound();
    if (typeof socket === 'number') return socket;
    if (socket.remotePort !== 0) return this.realm.errno('EISCONN');
    socket.connect(parsed, port);
    return 0;
  }

  disconnect(): number {
    if (this.#socket === null || this.#socket.remotePort === 0) return this.realm.errno('ENOTCONN');
    this.#socket.connect(0, 0);
    return 0;
  }

  /** (request, list, count, port, address, hasCallback), or without port and address where connected. */
  send(_request: object, list: readonly ArrayBufferView[], _count: number, ...to: unknown[]): number {
    return to.length < 3 ? this.#send(list) : this.#send(list, parseAddress(String(to[1])), Number(to[0]));
  }

  send6(_request: object, list: readonly ArrayBufferView[], _count: number, ...to: unknown[]): number {
    if (to.length < 3) return this.#send(list);
    const parsed = parseIpv6(String(to[1]));
    this.#isSix = true;
    if (parsed === null && String(to[1]).includes(':')) return this.realm.errno('ENETUNREACH');
    return this.#send(list, parsed, Number(to[0]));
  }

  #send(list: readonly ArrayBufferView[], parsed?: number | null, port?: number): number {
    if (parsed === null) return this.realm.errno('EINVAL');
    if (parsed !== undefined && isMulticast(parsed)) return this.realm.errno('ENOTSUP');
    const socket = this.#bound();
    if (typeof socket === 'number') return socket;
    const waiting = socket.takeError();
    if (waiting !== null) return this.realm.errno(waiting);
    const payload = concat(list.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
    const isConnected = socket.remotePort !== 0;
    if (payload.length > DATAGRAM_BYTES_MAX) return this.realm.errno('EMSGSIZE');
    if (parsed === undefined && !isConnected) return this.realm.errno('EDESTADDRREQ');
    if (parsed !== undefined && isConnected) return this.realm.errno('EISCONN');
    this.realm.process.kernel(() => {
      if (parsed === undefined) socket.send(payload);
      else socket.send(payload, parsed, port);
    });
    // Sent whole: libuv's answer is one more than the bytes, so that an empty datagram is not 0.
    return payload.length + 1;
  }

  recvStart(): number {
    const socket = this.#bound();
    if (typeof socket === 'number') return socket;
    this.#isReceiving = true;
    this.activate();
    this.#serveSoon();
    return 0;
  }

  recvStop(): number {
    this.#isReceiving = false;
    this.deactivate();
    return 0;
  }

  getsockname(into: SocketName): number {
    const socket = this.#socket;
    if (socket === null) return this.realm.errno('EBADF');
    return nameSocket(into, this.#isSix, socket.shownAddress, socket.localPort);
  }

  getpeername(into: SocketName): number {
    const socket = this.#socket;
    if (socket === null) return this.realm.errno('EBADF');
    if (socket.remotePort === 0) return this.realm.errno('ENOTCONN');
    return nameSocket(into, this.#isSix, socket.remoteAddress, socket.remotePort);
  }

  /** Size 0 asks for the size. What is undefined is an error, told in `context`. */
  bufferSize(size: number, isReceive: boolean, context: Record<string, unknown>): number | undefined {
    const socket = this.#socket;
    if (socket === null || size > 0x7fffffff) {
      const code = socket === null ? 'EBADF' : 'EINVAL';
      const errno = this.realm.errno(code);
      const message = this.realm.internalBinding('uv')['getErrorMessage'] as (errno: number) => string;
      const syscall = isReceive ? 'uv_recv_buffer_size' : 'uv_send_buffer_size';
      Object.assign(context, { errno, code, message: message(errno), syscall });
      return undefined;
    }
    if (size === 0) return isReceive ? socket.receiveBufferBytes : this.#sendBufferBytes;
    const doubled = Math.min(size, RECEIVE_BUFFER_BYTES) * 2;
    if (isReceive) socket.receiveBufferBytes = Math.max(doubled, RECEIVE_BUFFER_MIN);
    else this.#sendBufferBytes = Math.max(doubled, SEND_BUFFER_MIN);
    return size;
  }

  getSendQueueSize(): number {
    return 0;
  }

  getSendQueueCount(): number {
    return 0;
  }

  /** Taken note of by nothing: no packet here is ever routed twice. */
  setTTL(ttl: number): number {
    return this.#option(ttl >= 1 && ttl <= TTL_MAX);
  }

  setMulticastTTL(ttl: number): number {
    return this.#option(ttl >= 0 && ttl <= TTL_MAX);
  }

  setMulticastLoopback(): number {
    return this.#option(true);
  }

  setBroadcast(on: number): number {
    if (this.#socket === null) return this.realm.errno('EBADF');
    return on === 0 ? 0 : this.realm.errno('ENOTSUP');
  }

  /** Taken note of by nothing: no group can be sent to. */
  setMulticastInterface(name: string): number {
    if (this.#socket === null) return this.realm.errno('EBADF');
    const four = parseAddress(name);
    const six = four === null ? parseIpv6(name) : null;
    if (four === null && six === null) return this.realm.errno('EINVAL');
    if (six !== null) return this.#isSix ? 0 : this.realm.errno('ENOPROTOOPT');
    return this.realm.machine.udp.has(four ?? 0) ? 0 : this.realm.errno('EADDRNOTAVAIL');
  }

  addMembership(): number {
    return this.realm.errno('ENOTSUP');
  }

  dropMembership(): number {
    return this.realm.errno('ENOTSUP');
  }

  addSourceSpecificMembership(): number {
    return this.realm.errno('ENOTSUP');
  }

  dropSourceSpecificMembership(): number {
    return this.realm.errno('ENOTSUP');
  }

  #option(isValid: boolean): number {
    if (this.#socket === null) return this.realm.errno('EBADF');
    return isValid ? 0 : this.realm.errno('EINVAL');
  }

  /** The kernel's socket, bound to a free port where nobody bound it before; or an error's number. */
  #bound(): UdpSocket | number {
    if (this.#socket === null) {
      const status = this.#bind(this.#isSix ? ANY_ADDRESS_IPV6 : ANY_ADDRESS, 0, 0);
      if (status !== 0) return status;
    }
    return this.#socket ?? this.realm.errno('EBADF');
  }

  #bind(address: number, port: number, flags: number): number {
    if (this.#socket !== null) return this.realm.errno('EINVAL');
    const reuse = (flags & REUSE_FLAGS) !== 0;
    const ipv6Only = (flags & IPV6_ONLY) !== 0;
    // dgram hands a callback on as the port where bind() is given nothing else: it counts as 0.
    const made = this.realm.machine.udp.bind({ address, port: Number(port) >>> 0, reuse, ipv6Only });
    if (typeof made === 'string') return this.realm.errno(made);
    this.#take(made);
    return 0;
  }

  #take(socket: UdpSocket): void {
    this.#socket = socket;
    socket.wake = () => this.#serveSoon();
    this.holdUntilClosed(() => socket.close());
  }

  #serveSoon(): void {
    if (this.#isServing || !this.#isReceiving || this.isClosing || this.#socket?.hasNews !== true) return;
    this.#isServing = true;
    this.realm.process.post(() => {
      this.#isServing = false;
      if (this.isClosing || !this.#isReceiving || this.#socket === null) return;
      this.#serve(this.#socket);
      this.#serveSoon();
    });
  }

  #serve(socket: UdpSocket): void {
    const error = socket.takeError();
    if (error !== null) {
      this.realm.makeCallback(this, this.onmessage, this.realm.errno(error), this, undefined, undefined);
      return;
    }
    const datagram = socket.receive();
    if (datagram === null) return;
    const { FastBuffer } = this.realm.requireBuiltin('internal/buffer') as {
      FastBuffer: new (bytes: ArrayBufferLike) => Uint8Array;
    };
    const from = { address: '', family: '', port: 0 };
    nameSocket(from, this.#isSix, datagram.address, datagram.port);
    // The program may write to what it gets; the sender's bytes stay as they are.
    const bytes = new FastBuffer(datagram.payload.slice().buffer);
    this.realm.makeCallback(this, this.onmessage, bytes.length, this, bytes, from);
  }
}
