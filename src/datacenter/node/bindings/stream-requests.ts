// What stream handles are asked with, and who may take their bytes. Types, and how a refusal is told from a socket.
// Used by stream-handle.ts and http-parser.ts.
import type { AsyncWrap } from './async-wrap.ts';

/** Takes the bytes of a handle in place of the handle's own onread (the HTTP parser does). */
export interface Consumer {
  consumeBytes(bytes: Uint8Array): void;
}

export interface ConnectRequest extends AsyncWrap {
  oncomplete(
    status: number,
    handle: object,
    request: ConnectRequest,
    readable: boolean,
    writable: boolean,
  ): void;
}

/** Why there is no socket, and not a socket. */
export function isRefusal(made: object): made is { readonly error: string } {
  return 'error' in made && typeof made.error === 'string' && !('wake' in made);
}
