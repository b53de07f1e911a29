// One stream of a connection (RFC 9113, section 5): which directions are shut, its windows, and what HTTP has been
// seen on it. Knows no frames; refuses nothing. Made by connection.ts and receive-headers.ts.

/** Where DATA comes from: the program's writes. */
export interface Source {
  /** Bytes that the next frame can have, at most `most`; null when there are none yet. */
  read(
    most: number,
  ): { readonly length: number; readonly isEnd: boolean; readonly hasTrailers: boolean } | null;
  /** Takes the bytes that `read` promised. */
  take(length: number): Uint8Array;
}

/** What HTTP has been seen on a stream so far; see http-rules.ts. */
export interface Heard {
  readonly names: Set<string>;
  status: number;
  method: string;
  contentLength: number;
  bodyBytes: number;
  /** A final response or the request is there: what follows are trailers. */
  isHeadOver: boolean;
  /** Answers a HEAD request, or has a status without a body. */
  hasNoBody: boolean;
}

export class Stream {
  readonly id: number;
  state: 'opening' | 'open' | 'reserved' | 'closing' = 'opening';
  isReadShut = false;
  isWriteShut = false;
  /** What we may send. */
  sendWindow: number;
  /** What the peer may send in all between updates. */
  receiveWindow: number;
  receivedBytes = 0;
  consumedBytes = 0;
  source: Source | null = null;
  /** The source has nothing at present. */
  isDeferred = false;
  /** Place among streams that have DATA: the smallest sends next. */
  cycle = 0;
  /** Counts among the streams that are open at once. */
  isCounted = false;
  /** The method of the request that we sent. */
  method = '';
  readonly heard: Heard = {
    names: new Set(),
    status: 0,
    method: '',
    contentLength: -1,
    bodyBytes: 0,
    isHeadOver: false,
    hasNoBody: false,
  };

  constructor(id: number, sendWindow: number, receiveWindow: number) {
    this.id = id;
    this.sendWindow = sendWindow;
    this.receiveWindow = receiveWindow;
  }
}
