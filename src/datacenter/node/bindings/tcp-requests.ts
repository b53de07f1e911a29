// What TCP handles are asked with, and who may take their bytes. Types only.
// Used by tcp-handle.ts and http-parser.ts.
import type { AsyncWrap } from './async-wrap.ts';
import type { TcpHandle } from './tcp-handle.ts';

/** Takes the bytes of a handle in place of the handle's own onread (the HTTP parser does). */
export interface Consumer {
  consumeBytes(bytes: Uint8Array): void;
}

export interface ConnectRequest extends AsyncWrap {
  oncomplete(
    status: number,
    handle: TcpHandle,
    request: ConnectRequest,
    readable: boolean,
    writable: boolean,
  ): void;
}
