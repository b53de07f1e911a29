// How bytes go between a session of HTTP/2 and the handle of its socket: what comes is read while nothing is being
// written, what goes is gathered until the end of the loop's turn, as Node does it. Knows nothing of streams but
// which are to be reset later. Extended by http2-session.ts.
import type { Connection } from '../http2/connection.ts';
import { AsyncWrap } from './async-wrap.ts';
import { CALLBACK, type Http2Shared, type SessionFields } from './http2-shared.ts';
import type { Consumer } from './stream-requests.ts';
import { LAST_WRITE_WAS_ASYNC, streamStateOf } from './stream-state.ts';
import type { WriteRequest } from './write-queue.ts';

/** What a session needs of the handle of its socket. */
interface Transport {
  consumer: Consumer | null;
  readStart(): number;
  readStop(): number;
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
}

type Done = { ondone?: unknown; ongracefulclosecomplete?: unknown };

export abstract class Http2Pump extends AsyncWrap implements Consumer {
  readonly shared: Http2Shared;
  abstract readonly connection: Connection;
  readonly told: SessionFields = { invalidFrames: 0, rejectedStreams: 0, errorCode: null };
  chunksSentSinceLastWrite = 0;
  isInScope = false;
  #transport: Transport | null = null;
  #outgoing: WriteRequest[] = [];
  readonly #resets: number[] = [];
  #chunksSent = 0;
  #isWriteScheduled = false;
  #isWriting = false;
  #isSending = false;
  #isReadingStopped = false;
  #isClosed = false;
  #isDestroyed = false;
  #isClosingGracefully = false;

  constructor(shared: Http2Shared) {
    super(shared.realm, 'HTTP2SESSION');
    this.shared = shared;
  }

  /** A stream that was to be reset once bytes were sent. */
  protected abstract flushReset(id: number): void;
  /** What waits for an acknowledgement will not have it. */
  protected abstract cancelAwaited(): void;

  // Reading.
  consume(transport: Transport): void {
    this.#transport = transport;
    transport.consumer = this;
  }

  receive(bytes: Uint8Array): void {
    this.consumeBytes(bytes.slice());
  }

  consumeBytes(bytes: Uint8Array): void {
    this.#receive(bytes, this.#enter());
  }

  /** No more of what came is looked at while bytes are being written, or before the program's promise jobs ran. */
  pauseAfterFrame(): void {
    if (this.#isWriting || this.shared.hasCalled) this.connection.reader.pause();
  }

  #receive(bytes: Uint8Array, isOuter: boolean): void {
    const { shared, connection } = this;
    this.told.errorCode = null;
    shared.hasCalled = false;
    const fault = connection.reader.receive(bytes);
    if (connection.reader.isPaused && !this.#isWriting) {
      shared.realm.process.post(() => this.#receive(new Uint8Array(0), isOuter), true);
      return;
    }
    if (fault < 0) shared.call(this, CALLBACK.error, fault, this.told.errorCode);
    else if (!this.#isDestroyed && !connection.reader.isPaused) this.sendPending();
    if (isOuter) this.#leave();
    this.#maybeStopReading();
  }

  #maybeStopReading(): void {
    if (this.#isReadingStopped || this.#isDestroyed) return;
    if (this.connection.wantsToRead && !this.#isWriting) return;
    this.#isReadingStopped = true;
    this.#transport?.readStop();
  }

  #readAgain(): void {
    this.#isReadingStopped = false;
    this.#transport?.readStart();
  }

  // Writing.
  /** Runs what may queue frames; they are sent at the end of the loop's turn. */
  scope<Result>(work: () => Result): Result {
    const isOuter = this.#enter();
    try {
      return work();
    } finally {
      if (isOuter) this.#leave();
    }
  }

  #enter(): boolean {
    if (this.isInScope || this.#isWriteScheduled) return false;
    this.isInScope = true;
    return true;
  }

  #leave(): void {
    this.isInScope = false;
    if (!this.#isWriteScheduled) this.#maybeSchedule();
  }

  #maybeSchedule(): void {
    if (this.#isDestroyed || !this.connection.wantsToWrite) return;
    this.#isWriteScheduled = true;
    this.shared.realm.immediates.push(() => {
      if (!this.#isWriteScheduled || this.#isDestroyed) return;
      this.shared.realm.makeCallback(this, () => this.sendPending());
    });
  }

  /** False where bytes are being sent already, and it must be called again. */
  sendPending(): boolean {
    if (this.#isDestroyed) return true;
    this.#isWriteScheduled = false;
    if (this.#isSending) return false;
    this.#isSending = true;
    const parts: Uint8Array[] = [];
    for (let bytes = this.connection.nextBytes(); bytes !== null; bytes = this.connection.nextBytes())
      parts.push(...bytes);
    if (parts.length === 0) {
      this.#sent();
      this.#maybeTellClosed();
      return true;
    }
    this.#chunksSent++;
    this.#write(joined(parts));
    this.#maybeStopReading();
    if (!this.#isWriting) this.#maybeTellClosed();
    this.#maybeTellEnd();
    return true;
  }

  /** The connection ended itself, for what the peer did: so does the session. */
  #maybeTellEnd(): void {
    if (!this.connection.state.isTerminated || this.#isClosed) return;
    this.shared.call(this, CALLBACK.error, this.shared.library.FAULT.PROTO);
  }

  #write(bytes: Uint8Array): void {
    const { realm } = this.shared;
    const { WriteWrap } = realm.internalBinding('stream_wrap') as { WriteWrap: new () => WriteRequest };
    const request = new WriteWrap();
    request.oncomplete = () => this.#afterWrite();
    this.#isWriting = true;
    const status = this.#transport?.writeBuffer(request, bytes) ?? 0;
    const isAsync = status === 0 && streamStateOf(realm)[LAST_WRITE_WAS_ASYNC] === 1;
    if (isAsync) return;
    this.#isWriting = false;
    this.#sent();
  }

  #afterWrite(): void {
    this.#isWriting = false;
    this.#sent();
    if (this.#isReadingStopped && !this.#isWriting && this.connection.wantsToRead) this.#readAgain();
    if (this.#isDestroyed) {
      this.#tellDone();
      return;
    }
    if (this.connection.reader.isPaused) this.#receive(new Uint8Array(0), this.#enter());
    if (!this.#isWriteScheduled) this.#maybeSchedule();
    this.#maybeTellClosed();
  }

  /** A program's write is through once the bytes are written. */
  completeLater(request: WriteRequest): void {
    this.#outgoing.push(request);
  }

  #sent(): void {
    this.#isSending = false;
    const { realm } = this.shared;
    const requests = this.#outgoing;
    this.#outgoing = [];
    for (const request of requests) realm.makeCallback(request, request.oncomplete, 0);
    const resets = this.#resets.splice(0);
    if (resets.length === 0) return;
    this.sendPending();
    for (const id of resets) this.flushReset(id);
  }

  updateChunksSent(): number {
    this.chunksSentSinceLastWrite = this.#chunksSent;
    return this.#chunksSent;
  }

  resetLater(id: number): void {
    this.#resets.push(id);
  }

  isResetWaiting(id: number): boolean {
    return this.#resets.includes(id);
  }

  // The end.
  setGracefulClose(): void {
    this.#isClosingGracefully = true;
  }

  hasPendingData(): boolean {
    return this.connection.wantsToWrite || this.connection.wantsToRead;
  }

  #maybeTellClosed(): void {
    if (!this.#isClosingGracefully || this.hasPendingData()) return;
    this.shared.realm.makeCallback(this, (this as Done).ongracefulclosecomplete);
  }

  #tellDone(): void {
    this.shared.realm.makeCallback(this, (this as Done).ondone);
    if (this.#transport !== null) this.#readAgain();
  }

  destroy(code = 0, isSocketClosed = false): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isReadingStopped = true;
    this.#transport?.readStop();
    if (!isSocketClosed) {
      this.scope(() => {
        this.connection.state.terminate(code);
        this.sendPending();
      });
    } else {
      if (this.#transport?.consumer === this) this.#transport.consumer = null;
      this.#transport = null;
    }
    this.#isDestroyed = true;
    if (!this.#isWriting) this.#tellDone();
    this.cancelAwaited();
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
