// The parsers of a server's connections, oldest message first, so that slow ones can be timed out
// (server.headersTimeout, server.requestTimeout). Called by _http_server through http-parser.ts.

export interface TimedParser {
  readonly messageStartNs: number;
  readonly headersCompleted: boolean;
}

export class ConnectionsList {
  readonly #nowNs: () => number;
  readonly #all = new Set<TimedParser>();
  readonly #active = new Set<TimedParser>();

  constructor(nowNs: () => number) {
    this.#nowNs = nowNs;
  }

  push(parser: TimedParser): void {
    this.#all.add(parser);
  }

  pop(parser: TimedParser): void {
    this.#all.delete(parser);
  }

  pushActive(parser: TimedParser): void {
    this.#active.add(parser);
  }

  popActive(parser: TimedParser): void {
    this.#active.delete(parser);
  }

  all(): TimedParser[] {
    return [...this.#all];
  }

  idle(): TimedParser[] {
    return this.all().filter((parser) => parser.messageStartNs === 0);
  }

  active(): TimedParser[] {
    return [...this.#active];
  }

  /** Parsers whose head or whole message took longer than the timeouts (milliseconds; 0: no limit). */
  expired(headersTimeoutMs: number, requestTimeoutMs: number): TimedParser[] {
    const nowNs = this.#nowNs();
    const headersDeadline = headersTimeoutMs > 0 ? nowNs - headersTimeoutMs * 1e6 : 0;
    const requestDeadline = requestTimeoutMs > 0 ? nowNs - requestTimeoutMs * 1e6 : 0;
    const late = this.active().filter(
      (parser) =>
        (!parser.headersCompleted && headersDeadline > 0 && parser.messageStartNs < headersDeadline) ||
        (requestDeadline > 0 && parser.messageStartNs < requestDeadline),
    );
    for (const parser of late) this.popActive(parser);
    return late;
  }
}
