// What of the package `ws` is used here: the server without a port of its own, and, in tests, the client with headers.
// The package brings no types. Refuses nothing: types only. Used by socket.ts and its tests.
declare module 'ws' {
  import type { IncomingMessage } from 'node:http';
  import type { Duplex } from 'node:stream';

  export class WebSocket {
    constructor(url: string, options?: { readonly headers?: Readonly<Record<string, string>> });
    readonly bufferedAmount: number;
    on(event: 'open', hear: () => void): this;
    on(event: 'message', hear: (bytes: Buffer, isBinary: boolean) => void): this;
    on(event: 'close', hear: (code: number, reason: Buffer) => void): this;
    on(event: 'error', hear: (error: Error) => void): this;
    on(event: 'unexpected-response', hear: (request: unknown, response: IncomingMessage) => void): this;
    send(text: string): void;
    close(code?: number, reason?: string): void;
    terminate(): void;
  }

  export class WebSocketServer {
    constructor(options: {
      readonly noServer: true;
      readonly maxPayload: number;
      readonly perMessageDeflate: boolean;
    });
    readonly clients: ReadonlySet<WebSocket>;
    handleUpgrade(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      done: (socket: WebSocket) => void,
    ): void;
  }
}
