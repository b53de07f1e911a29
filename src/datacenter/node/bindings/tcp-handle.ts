// One TCP handle: Node's net on the machine's kernel. Turns the kernel's pull-and-wake sockets into the
// callbacks that libuv would make, one a turn. Made by tcp-wrap.ts; http-parser.ts consumes its bytes directly.
import { parseAddress } from '../../base/address.ts';
import type { ErrorCode } from '../../base/error-code.ts';
import type { TcpListener, TcpSocket } from '../../machine/tcp.ts';
import type { Realm } from '../realm.ts';
import { DUAL_STACK_ANY, nameSocket, type SocketName } from './socket-name.ts';
import { StreamHandle } from './stream-handle.ts';
import {
  ARRAY_BUFFER_OFFSET,
  BYTES_WRITTEN,
  LAST_WRITE_WAS_ASYNC,
  READ_BYTES_OR_ERROR,
  streamStateOf,
} from './stream-state.ts';
import type { ConnectRequest, Consumer } from './tcp-requests.ts';
import { WriteQueue, type WriteRequest } from './write-queue.ts';

const READ_MAX = 65_536;

/** Instance of `new TCP(type)`; see internal/stream_base_commons for who calls what. */
export class TcpHandle extends StreamHandle {
  reading = false;
  writeQueueSize = 0;
  bytesRead = 0;
  bytesWritten = 0;
  readonly fd = -1;
  readonly isStreamBase = true;
  onread: ((arrayBuffer: ArrayBuffer | undefined) => unknown) | undefined;
  onconnection: ((status: number, client: TcpHandle | undefined) => void) | undefined;
  consumer: Consumer | null = null;
  readonly #state: Int32Array;
  #socket: TcpSocket | null = null;
  #listener: TcpListener | null = null;
  #bound: { address: number; port: number; dual: boolean } | null = null;
  #connectRequest: ConnectRequest | null = null;
  #nextClient: TcpSocket | null = null;
  readonly #writes = new WriteQueue();
  #shutdownRequest: WriteRequest | null = null;
  #serviceQueued = false;
  #endTold = false;
  #dual = false;

  constructor(realm: Realm, type: number) {
    super(realm, type === 1 ? 'TCPSERVERWRAP' : 'TCPWRAP');
    this.#state = streamStateOf(realm);
  }

  bind(address: string, port: number): number {
    const parsed = parseAddress(address);
    if (parsed === null) return this.realm.errno('EINVAL');
    this.#bound = { address: parsed, port, dual: false };
    return 0;
  }

  /** There is no IPv6: only `::` binds, to all addresses, as a dual-stack socket would. */
  bind6(address: string, port: number): number {
    if (address === DUAL_STACK_ANY) this.#bound = { address: 0, port, dual: true };
    else if (address === '::1') return this.realm.errno('EADDRNOTAVAIL');
    else return this.realm.errno('EAFNOSUPPORT');
    return 0;
  }

  listen(backlog: number): number {
    const bound = this.#bound ?? { address: 0, port: 0, dual: false };
    const made = this.realm.machine.tcp.listen({ address: bound.address, port: bound.port, backlog });
    if (typeof made === 'string') return this.realm.errno(made);
    this.#dual = bound.dual;
    this.#listener = made;
    made.wake = () => this.#woken();
    this.holdUntilClosed(() => made.close());
    this.activate();
    return 0;
  }

  connect(request: ConnectRequest, address: string, port: number): number {
    const parsed = parseAddress(address);
    if (parsed === null) return this.realm.errno('EINVAL');
    const bound = this.#bound;
    this.#connectRequest = request;
    this.activate();
    this.realm.process.kernel(() => {
      const local = bound === null ? {} : { localAddress: bound.address, localPort: bound.port };
      const made = this.realm.machine.tcp.connect({ address: parsed, port, ...local });
      if (typeof made === 'string') this.#failConnect(made);
      else this.adopt(made, false);
    });
    return 0;
  }

  connect6(): number {
    return this.realm.errno('ENETUNREACH');
  }

  /** Takes over an accepted or connecting kernel socket. */
  adopt(socket: TcpSocket, dual: boolean): void {
    this.#socket = socket;
    this.#dual = dual;
    socket.wake = () => this.#woken();
    this.holdUntilClosed(() => socket.close());
    this.activate();
    if (!socket.connecting && this.#connectRequest !== null) this.#queueService();
  }

  /** The kernel's connection, which another process takes over. */
  surrender(): { socket: TcpSocket; dual: boolean } | null {
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) this.letGo();
    return socket === null ? null : { socket, dual: this.#dual };
  }

  readStart(): number {
    this.reading = true;
    if (this.#hasNews()) this.#queueService();
    return 0;
  }

  readStop(): number {
    this.reading = false;
    return 0;
  }

  shutdown(request: WriteRequest): number {
    if (this.#socket === null) return this.realm.errno('ENOTCONN');
    this.#shutdownRequest = request;
    if (this.#writes.isEmpty) this.#finishShutdown();
    return 0;
  }

  reset(callback?: () => void): number {
    const socket = this.#socket;
    if (socket !== null) this.realm.process.kernel(() => socket.abort());
    this.close(callback);
    return 0;
  }

  getsockname(into: SocketName): number {
    const end = this.#socket ?? this.#listener;
    if (end === null) {
      if (this.#bound === null) return this.realm.errno('EBADF');
      return nameSocket(into, this.#dual, this.#bound.address, this.#bound.port);
    }
    if ('localPort' in end) return nameSocket(into, this.#dual, end.localAddress, end.localPort);
    return nameSocket(into, this.#dual, end.address, end.port);
  }

  getpeername(into: SocketName): number {
    if (this.#socket === null || this.#socket.connecting) return this.realm.errno('ENOTCONN');
    return nameSocket(into, this.#dual, this.#socket.remoteAddress, this.#socket.remotePort);
  }

  setNoDelay(on: boolean): number {
    this.#socket?.setNoDelay(on);
    return 0;
  }

  setKeepAlive(on: boolean, delaySeconds: number): number {
    this.#socket?.setKeepAlive(on, delaySeconds * 1e9);
    return 0;
  }

  protected override send(request: WriteRequest, bytes: Uint8Array): number {
    const socket = this.#socket;
    const isConnecting = this.#connectRequest !== null;
    if (socket === null && !isConnecting) return this.realm.errno('EBADF');
    if (socket !== null && !socket.writable && !socket.connecting)
      return this.realm.errno(socket.error ?? 'EPIPE');
    this.bytesWritten += bytes.length;
    this.#state[BYTES_WRITTEN] = bytes.length;
    this.#state[LAST_WRITE_WAS_ASYNC] = 1;
    if (socket !== null && !isConnecting && this.#writes.isEmpty && this.realm.process.actsAtOnce) {
      const accepted = socket.write(bytes);
      if (accepted === bytes.length) {
        this.#state[LAST_WRITE_WAS_ASYNC] = 0;
        return 0;
      }
      this.#writes.add(request, bytes.subarray(accepted));
      return 0;
    }
    this.#writes.add(request, bytes);
    this.realm.process.kernel(() => this.#woken());
    return 0;
  }

  #failConnect(code: ErrorCode): void {
    const request = this.#connectRequest;
    this.#connectRequest = null;
    if (request === null) return;
    this.realm.process.post(() =>
      this.realm.makeCallback(
        request,
        request.oncomplete,
        this.realm.errno(code),
        this,
        request,
        false,
        false,
      ),
    );
  }

  #finishShutdown(): void {
    const socket = this.#socket;
    const request = this.#shutdownRequest;
    this.#shutdownRequest = null;
    if (socket === null || request === null) return;
    this.realm.process.kernel(() => {
      socket.shutdown();
      this.realm.process.post(() => this.realm.makeCallback(request, request.oncomplete, 0));
    });
  }

  /** The kernel has news, or room for what waits to be written. */
  #woken(): void {
    if (!this.#writes.isEmpty || this.#hasNews()) this.#queueService();
  }

  #queueService(): void {
    if (this.#serviceQueued || this.isClosing) return;
    this.#serviceQueued = true;
    this.realm.process.post(() => {
      this.#serviceQueued = false;
      if (this.isClosing) return;
      this.#serve();
      if (!this.isClosing && this.#hasNews()) this.#queueService();
    });
  }

  /** True when there is something to tell the program; waiting writes apart. */
  #hasNews(): boolean {
    const listener = this.#listener;
    if (listener !== null) {
      this.#nextClient ??= listener.accept();
      return this.#nextClient !== null;
    }
    const socket = this.#socket;
    if (socket === null) return false;
    if (this.#connectRequest !== null) return !socket.connecting;
    if (!this.reading || this.#endTold) return false;
    return socket.readableBytes > 0 || socket.ended || socket.error !== null;
  }

  /** Tells the program one thing. */
  #serve(): void {
    if (this.#listener !== null) this.#serveClient();
    else if (this.#socket !== null) {
      if (this.#connectRequest !== null) this.#serveConnect(this.#socket);
      else if (!this.#serveWrites(this.#socket)) this.#serveRead(this.#socket);
    }
  }

  #serveClient(): void {
    const socket = this.#nextClient;
    this.#nextClient = null;
    if (socket === null) return;
    // The realm's own TCP class, which the library checks for.
    const client = new (this.constructor as new (type: number) => TcpHandle)(0);
    client.adopt(socket, this.#dual);
    this.realm.makeCallback(this, this.onconnection, 0, client);
  }

  #serveConnect(socket: TcpSocket): void {
    const request = this.#connectRequest;
    if (request === null || socket.connecting) return;
    this.#connectRequest = null;
    const status = socket.error === null ? 0 : this.realm.errno(socket.error);
    this.realm.makeCallback(request, request.oncomplete, status, this, request, true, true);
  }

  /** Pushes waiting writes on; true when one was completed and told. */
  #serveWrites(socket: TcpSocket): boolean {
    const write = this.#writes.push(socket);
    if (write === null) return false;
    const status = write.bytes.length === 0 ? 0 : this.realm.errno(socket.error ?? 'EPIPE');
    if (this.#writes.isEmpty && this.#shutdownRequest !== null) this.#finishShutdown();
    this.realm.makeCallback(write.request, write.request.oncomplete, status);
    return true;
  }

  #serveRead(socket: TcpSocket): void {
    if (!this.reading) return;
    const bytes = socket.read(READ_MAX);
    if (bytes !== null) {
      this.bytesRead += bytes.length;
      if (this.consumer !== null) this.consumer.consumeBytes(bytes);
      else this.#tellRead(bytes.length, bytes);
    } else if (socket.ended || socket.error !== null) {
      this.#endTold = true;
      const status = socket.ended ? this.realm.errno('EOF') : this.realm.errno(socket.error ?? 'ECONNRESET');
      this.#tellRead(status, null);
    }
  }

  #tellRead(status: number, bytes: Uint8Array | null): void {
    this.#state[READ_BYTES_OR_ERROR] = status;
    this.#state[ARRAY_BUFFER_OFFSET] = bytes?.byteOffset ?? 0;
    this.realm.makeCallback(this, this.onread, bytes?.buffer as ArrayBuffer | undefined);
  }
}
