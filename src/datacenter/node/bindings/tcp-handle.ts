// One TCP handle: what addresses and options are to stream-handle.ts, Node's net on the machine's TCP. Of IPv6
// there is the loopback only: other addresses are not available to bind to, and unreachable. Made by tcp-wrap.ts.
import { parseAddress, parseIpv6 } from '../../base/address.ts';
import type { ErrorCode } from '../../base/error-code.ts';
import type { TcpListener, TcpSocket } from '../../machine/tcp.ts';
import type { TcpBinding } from '../../machine/tcp-stack.ts';
import type { Realm } from '../realm.ts';
import { descriptorOf, openable, setDescriptor } from './descriptors.ts';
import { nameSocket, type SocketName } from './socket-name.ts';
import { StreamHandle } from './stream-handle.ts';
import type { ConnectRequest } from './stream-requests.ts';

/** UV_TCP_IPV6ONLY and UV_TCP_REUSEPORT. */
const IPV6_ONLY = 1;
const REUSE_PORT = 2;

/** A port that several processes have. */
export interface SharedPort {
  readonly bound: TcpBinding;
  readonly isSix: boolean;
  listener: TcpListener | null;
}

/** Instance of `new TCP(type)`. */
export class TcpHandle extends StreamHandle<TcpSocket, TcpListener> {
  readonly socketType = 'TCP';
  #bound: TcpBinding | null = null;
  /** That the port is taken is told with the next call, as libuv does it (`delayed_error`). */
  #delayed: ErrorCode | null = null;
  #isSix = false;
  /** Where other processes have the same port: who listens first makes the kernel's listener. */
  #shared: SharedPort | null = null;

  constructor(realm: Realm, type: number) {
    super(realm, type === 1 ? 'TCPSERVERWRAP' : 'TCPWRAP');
  }

  get fd(): number {
    const isOpen = this.#bound !== null || this.listener !== null || this.socket !== null;
    return isOpen && !this.isClosing ? descriptorOf(this.realm, this, this.#hold) : -1;
  }

  get isPolled(): boolean {
    return this.listener !== null || this.reading || this.isConnecting;
  }

  readonly #hold = (release: () => void): void => this.holdUntilClosed(release);

  /** Takes up the socket of another handle, by its descriptor. */
  override open(fd: number): number {
    const other = openable(this.realm, fd);
    if (typeof other === 'string') return this.realm.errno(other);
    if (!(other instanceof TcpHandle)) return this.realm.errno('EINVAL');
    setDescriptor(this.realm, this, fd, this.#hold);
    this.#isSix = other.#isSix;
    this.#bound = other.#bound;
    this.#delayed = other.#delayed;
    if (other.socket !== null) this.take(other.socket);
    return 0;
  }

  bind(address: string, port: number, flags = 0): number {
    return this.#bind(parseAddress(address), port, flags);
  }

  bind6(address: string, port: number, flags = 0): number {
    const parsed = parseIpv6(address);
    if (parsed === null) return this.realm.errno(address.includes(':') ? 'EADDRNOTAVAIL' : 'EINVAL');
    this.#isSix = true;
    return this.#bind(parsed, port, flags);
  }

  #bind(address: number | null, port: number, flags: number): number {
    if (address === null || this.#bound !== null) return this.realm.errno('EINVAL');
    const asked = {
      address,
      port,
      ipv6Only: (flags & IPV6_ONLY) !== 0,
      reusePort: (flags & REUSE_PORT) !== 0,
    };
    const bound = this.realm.machine.tcp.bind(asked);
    if (bound === 'EADDRNOTAVAIL') return this.realm.errno(bound);
    if (typeof bound === 'string') {
      this.#delayed = bound;
      this.#bound = asked;
    } else this.#bound = bound;
    return 0;
  }

  listen(backlog: number): number {
    if (this.#delayed !== null) return this.realm.errno(this.#delayed);
    const there = this.#shared?.listener ?? null;
    if (there !== null && !there.isClosed) {
      there.holders++;
      return this.listenOn(there);
    }
    const made = this.realm.machine.tcp.listen({ ...(this.#bound ?? { address: 0, port: 0 }), backlog });
    if (typeof made === 'string') return this.realm.errno(made);
    if (this.#shared !== null) this.#shared.listener = made;
    return this.listenOn(made);
  }

  connect(request: ConnectRequest, address: string, port: number): number {
    return this.#connect(request, parseAddress(address), port);
  }

  connect6(request: ConnectRequest, address: string, port: number): number {
    const parsed = parseIpv6(address);
    if (parsed === null) return this.realm.errno(address.includes(':') ? 'ENETUNREACH' : 'EINVAL');
    this.#isSix = true;
    return this.#connect(request, parsed, port);
  }

  #connect(request: ConnectRequest, address: number | null, port: number): number {
    if (address === null) return this.realm.errno('EINVAL');
    const bound = this.#bound;
    const delayed = this.#delayed;
    return this.connectBy(request, () => {
      const local = bound === null ? {} : { localAddress: bound.address, localPort: bound.port };
      const made = delayed ?? this.realm.machine.tcp.connect({ address, port, ...local });
      return typeof made === 'string' ? { error: made } : made;
    });
  }

  /** Takes over a connection that came from a listener, or from another process. */
  adopt(socket: TcpSocket, isSix: boolean): void {
    this.#isSix = isSix;
    this.take(socket);
  }

  protected override handleFor(): TcpHandle {
    const handle = new (this.constructor as new (type: number) => TcpHandle)(0);
    handle.#isSix = this.#isSix;
    return handle;
  }

  /** The kernel's connection, which another process takes over. */
  surrender(): { socket: TcpSocket; isSix: boolean } | null {
    const { socket } = this;
    this.socket = null;
    if (socket !== null) this.letGo();
    return socket === null ? null : { socket, isSix: this.#isSix };
  }

  /** The port that it is bound to, for a further process; both have it from then on. */
  share(): SharedPort | null {
    const { address = 0, port = 0 } = this.listener ?? this.#bound ?? {};
    if (this.listener === null && this.#bound === null) return null;
    const bound = this.#bound ?? { address, port, reusePort: false, ipv6Only: false };
    const shared = this.#shared ?? { bound, isSix: this.#isSix, listener: this.listener };
    this.#shared = shared;
    // What is on its way keeps the listener open.
    if (shared.listener !== null) shared.listener.holders++;
    return shared;
  }

  takeShared(shared: SharedPort): void {
    this.#shared = shared;
    this.#bound = shared.bound;
    this.#isSix = shared.isSix;
    const { listener } = shared;
    if (listener !== null && !listener.isClosed) this.listenOn(listener);
  }

  reset(callback?: () => void): number {
    const { socket } = this;
    if (socket !== null) this.realm.process.kernel(() => socket.abort());
    this.close(callback);
    return 0;
  }

  getsockname(into: SocketName): number {
    if (this.#delayed !== null) return this.realm.errno(this.#delayed);
    const end = this.socket;
    if (end !== null) return nameSocket(into, this.#isSix, end.localAddress, end.localPort);
    const bound = this.listener ?? this.#bound;
    if (bound === null) return this.realm.errno('EBADF');
    return nameSocket(into, this.#isSix, bound.address, bound.port);
  }

  getpeername(into: SocketName): number {
    const { socket } = this;
    if (socket === null || socket.connecting) return this.realm.errno('ENOTCONN');
    return nameSocket(into, this.#isSix, socket.remoteAddress, socket.remotePort);
  }

  setNoDelay(on: boolean): number {
    this.socket?.setNoDelay(on);
    return 0;
  }

  setKeepAlive(on: boolean, delaySeconds: number): number {
    this.socket?.setKeepAlive(on, delaySeconds * 1e9);
    return 0;
  }
}
