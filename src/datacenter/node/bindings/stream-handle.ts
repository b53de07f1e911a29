// One handle on a byte stream of the machine's kernel, listening, connecting or connected: turns pull-and-wake
// sockets into the callbacks that libuv would make, one a turn. Knows no addresses: tcp-handle.ts and
// pipe-handle.ts extend it. http-parser.ts consumes its bytes directly. As in libuv, what keeps the process alive is
// listening, reading up to the end, and requests under way.
import type { StreamListener, StreamSocket } from '../../machine/stream-socket.ts';
import type { Realm } from '../realm.ts';
import { ReadDelivery } from './read-delivery.ts';
import { type ConnectRequest, type Consumer, isRefusal } from './stream-requests.ts';
import { BYTES_WRITTEN, LAST_WRITE_WAS_ASYNC, streamStateOf } from './stream-state.ts';
import { type Give, WriteQueue, type WriteRequest } from './write-queue.ts';
import { WriterHandle } from './writer-handle.ts';

/** See internal/stream_base_commons for who calls what. */
export abstract class StreamHandle<
  Socket extends StreamSocket = StreamSocket,
  Listener extends StreamListener = StreamListener,
> extends WriterHandle {
  reading = false;
  bytesRead = 0;
  bytesWritten = 0;
  readonly isStreamBase = true;
  onread: ((arrayBuffer: ArrayBuffer | undefined) => unknown) | undefined;
  onconnection: ((status: number, client: StreamHandle | undefined) => void) | undefined;
  consumer: Consumer | null = null;
  protected socket: Socket | null = null;
  protected listener: Listener | null = null;
  readonly #state: Int32Array;
  readonly #delivery: ReadDelivery;
  readonly #writes = new WriteQueue();
  #connectRequest: ConnectRequest | null = null;
  #shutdownRequest: WriteRequest | null = null;
  #nextClient: Socket | null = null;
  #isServiceQueued = false;
  #isEndTold = false;
  #requests = 0;

  constructor(realm: Realm, provider: string) {
    super(realm, provider);
    this.#state = streamStateOf(realm);
    this.#delivery = new ReadDelivery(realm, this);
  }

  /** A handle of the realm's own class, which the library checks for, for an accepted connection. */
  protected abstract handleFor(): StreamHandle<Socket, Listener>;

  get writeQueueSize(): number {
    return this.#writes.waitingBytes;
  }

  readStart(): number {
    this.reading = true;
    if (!this.#isEndTold) this.activate();
    if (this.#hasNews()) this.#queueService();
    return 0;
  }

  readStop(): number {
    this.reading = false;
    if (this.listener === null) this.deactivate();
    return 0;
  }

  /** Reads into a buffer of the program's own. */
  useUserBuffer(buffer: Uint8Array): void {
    this.#delivery.readInto(buffer);
  }

  shutdown(request: WriteRequest): number {
    if (this.socket === null) return this.realm.errno('ENOTCONN');
    this.#shutdownRequest = request;
    this.#begun();
    if (this.#writes.isEmpty) this.#finishShutdown();
    return 0;
  }

  /** Takes over a listener of the kernel's. */
  protected listenOn(made: Listener): number {
    this.listener = made;
    made.wake = () => this.#woken();
    this.holdUntilClosed(() => made.close());
    this.activate();
    return 0;
  }

  /** Takes over an accepted or connecting socket of the kernel's. */
  protected take(socket: Socket): void {
    this.socket = socket;
    this.list();
    socket.wake = () => this.#woken();
    this.holdUntilClosed(() => socket.close());
    if (!socket.connecting && this.#connectRequest !== null) this.#queueService();
  }

  /** `make` gives a connecting or connected socket, or the code of why there is none. */
  protected connectBy(request: ConnectRequest, make: () => Socket | { readonly error: string }): number {
    if (this.isAtLimit) return this.realm.errno('EMFILE');
    this.#connectRequest = request;
    this.#begun();
    this.realm.process.kernel(() => {
      const made = make();
      if (isRefusal(made)) this.#failConnect(made.error);
      else this.take(made);
    });
    return 0;
  }

  protected get isConnecting(): boolean {
    return this.#connectRequest !== null;
  }

  protected override send(request: WriteRequest, bytes: Uint8Array): number {
    return this.sendCarrying(request, bytes, null);
  }

  protected sendCarrying(request: WriteRequest, bytes: Uint8Array, carried: unknown): number {
    const { socket } = this;
    const isConnecting = this.#connectRequest !== null;
    if (socket === null && !isConnecting) return this.realm.errno('EBADF');
    if (socket !== null && !socket.writable && !socket.connecting)
      return this.realm.errno(socket.error ?? 'EPIPE');
    this.bytesWritten += bytes.length;
    this.#state[BYTES_WRITTEN] = bytes.length;
    this.#state[LAST_WRITE_WAS_ASYNC] = 1;
    const mayGive = socket !== null && !isConnecting && this.#writes.isEmpty;
    const give: Give = (some, along) => (socket === null ? 0 : this.give(socket, some, along));
    const accepted = mayGive ? this.#writes.offer(this.realm.process, socket, { bytes, carried }, give) : 0;
    if (mayGive && accepted === bytes.length) {
      this.#state[LAST_WRITE_WAS_ASYNC] = 0;
      return 0;
    }
    this.#writes.add(request, bytes.subarray(accepted), accepted > 0 ? null : carried);
    this.#begun();
    this.realm.process.kernel(() => this.#push());
    return 0;
  }

  /** What was asked for and cannot be any more is told so, as libuv does before a handle's close callback. */
  override close(callback?: () => void): void {
    if (this.isClosing) return;
    const { process } = this.realm;
    process.references -= this.#requests;
    this.#requests = 0;
    if (!this.#writes.isEmpty) process.postClosing(() => this.#cancelWrites());
    super.close(callback);
  }

  #cancelWrites(): void {
    for (const { request, bytes } of this.#writes.clear()) {
      const status = bytes.length === 0 ? 0 : this.realm.errno('ECANCELED');
      this.realm.makeCallback(request, request.oncomplete, status);
    }
  }

  /** A request is under way, which keeps the process alive even where the handle does not. */
  #begun(): void {
    this.#requests++;
    this.realm.process.references++;
  }

  #done(): void {
    if (this.#requests === 0) return;
    this.#requests--;
    this.realm.process.references--;
  }

  /** Number of bytes that the kernel took. */
  protected give(socket: Socket, bytes: Uint8Array, _carried: unknown): number {
    return socket.write(bytes);
  }

  /** Bytes were read, of which the program is to hear now. */
  protected gotBytes(_from: Socket): void {}

  #failConnect(code: string): void {
    const request = this.#connectRequest;
    this.#connectRequest = null;
    if (request === null) return;
    const { realm } = this;
    realm.process.post(() => {
      this.#done();
      realm.makeCallback(request, request.oncomplete, realm.errno(code), this, request, false, false);
    });
  }

  #finishShutdown(): void {
    const { socket } = this;
    const request = this.#shutdownRequest;
    this.#shutdownRequest = null;
    if (socket === null || request === null) return;
    this.realm.process.kernel(() => {
      socket.shutdown();
      this.realm.process.post(() => {
        this.#done();
        this.realm.makeCallback(request, request.oncomplete, 0);
      });
    });
  }

  /** The kernel has news, or room for what waits to be written. */
  #woken(): void {
    if (this.isClosing) return;
    if (!this.#writes.isEmpty || this.#hasNews()) this.#queueService();
  }

  #queueService(): void {
    if (this.#isServiceQueued || this.isClosing) return;
    this.#isServiceQueued = true;
    this.realm.process.post(() => {
      this.#isServiceQueued = false;
      if (this.isClosing) return;
      this.#serve();
      if (!this.isClosing && (this.#writes.hasNews || this.#hasNews())) this.#queueService();
    });
  }

  /** True when there is something to tell the program; waiting writes apart. */
  #hasNews(): boolean {
    const { listener, socket } = this;
    if (listener !== null) {
      this.#nextClient ??= listener.accept() as Socket | null;
      return this.#nextClient !== null;
    }
    if (socket === null) return false;
    if (this.#connectRequest !== null) return !socket.connecting;
    if (!this.reading || this.#isEndTold) return false;
    return socket.readableBytes > 0 || socket.ended || socket.error !== null;
  }

  /** Tells the program one thing. */
  #serve(): void {
    if (this.listener !== null) this.#serveClient();
    else if (this.socket !== null) {
      if (this.#connectRequest !== null) this.#serveConnect(this.socket);
      else if (this.#isBroken(this.socket) || !this.#serveWrites(this.socket)) this.#serveRead(this.socket);
    }
  }

  /** A break is told to the reader first, as libuv does it: what waits to be written is cancelled then. */
  #isBroken(socket: Socket): boolean {
    return socket.error !== null && this.reading && !this.#isEndTold;
  }

  #serveClient(): void {
    const socket = this.#nextClient;
    this.#nextClient = null;
    if (socket === null) return;
    const client = this.handleFor();
    client.take(socket);
    this.realm.makeCallback(this, this.onconnection, 0, client);
  }

  #serveConnect(socket: Socket): void {
    const request = this.#connectRequest;
    if (request === null || socket.connecting) return;
    this.#connectRequest = null;
    this.#done();
    const status = socket.error === null ? 0 : this.realm.errno(socket.error);
    this.realm.makeCallback(request, request.oncomplete, status, this, request, true, true);
  }

  #push(): void {
    const { socket } = this;
    if (socket === null || this.#connectRequest !== null) return;
    this.#writes.push(socket, (bytes, carried) => this.give(socket, bytes, carried));
    if (this.#writes.hasNews) this.#queueService();
  }

  /** Pushes waiting writes on; true when one was completed and told. */
  #serveWrites(socket: Socket): boolean {
    this.#writes.push(socket, (bytes, carried) => this.give(socket, bytes, carried));
    const write = this.#writes.take();
    if (write === null) return false;
    this.#done();
    const status = write.bytes.length === 0 ? 0 : this.realm.errno(socket.error ?? 'EPIPE');
    if (this.#writes.isEmpty && this.#shutdownRequest !== null) this.#finishShutdown();
    this.realm.makeCallback(write.request, write.request.oncomplete, status);
    return true;
  }

  #serveRead(socket: Socket): void {
    if (!this.reading) return;
    const bytes = socket.read(this.#delivery.bytesMax);
    if (bytes !== null) {
      this.bytesRead += bytes.length;
      this.gotBytes(socket);
      if (this.consumer !== null) this.consumer.consumeBytes(bytes);
      else this.#delivery.bytes(bytes);
    } else if (socket.ended || socket.error !== null) {
      this.#isEndTold = true;
      this.deactivate();
      const status = socket.ended ? this.realm.errno('EOF') : this.realm.errno(socket.error ?? 'ECONNRESET');
      this.#delivery.end(status);
    }
  }
}
