// Asks the cache over one connection, many commands under way at once: replies come in the order of the questions.
// A cache that refuses, breaks off or is silent makes every waiting command fail, and for a moment all that follow: who
// asks must be able to do without. Used by shop.ts's parts and by bench.ts.
import { connect, type Socket } from 'node:net';
import { encodeCommand, type Reply, readReply } from './reply.ts';

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (reason: Error) => void;
}

/** After a failure nobody tries again for so long: else every request would wait for a cache that is gone. */
const PAUSE_MS = 200;

export class CacheClient {
  readonly #host: string;
  readonly #port: number;
  readonly #silenceMs: number;
  #socket: Socket | undefined;
  #waiting: Waiting[] = [];
  #held: Buffer = Buffer.alloc(0);
  #triesAgainMs = 0;
  #limit: ReturnType<typeof setTimeout> | undefined;

  /** `place` is host:port. Commands fail when the cache has said nothing for `silenceMs`. */
  constructor(place: string, silenceMs: number) {
    const [host = '127.0.0.1', port = '6379'] = place.split(':');
    this.#host = host;
    this.#port = Number(port);
    this.#silenceMs = silenceMs;
  }

  /** The reply to one command; rejects where there is none, or where it is an error. */
  async ask(...words: string[]): Promise<Reply> {
    const [reply = null] = await this.askAll([words]);
    if (reply !== null && typeof reply === 'object' && 'error' in reply) throw new Error(reply.error);
    return reply;
  }

  /** Sends all commands at once and gives all replies: one way there and back, however many they are. */
  askAll(commands: readonly (readonly string[])[]): Promise<Reply[]> {
    if (performance.now() < this.#triesAgainMs) return Promise.reject(new Error('the cache has just failed'));
    this.#socket ??= this.#open();
    this.#socket.write(commands.map(encodeCommand).join(''), 'latin1');
    if (this.#waiting.length === 0) this.#startWaiting();
    const replies = commands.map(
      () => new Promise<Reply>((resolve, reject) => this.#waiting.push({ resolve, reject })),
    );
    return Promise.all(replies);
  }

  #open(): Socket {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    socket.on('data', (piece: Buffer) => this.#read(socket, piece));
    socket.on('error', (reason) => this.#fail(socket, reason));
    socket.on('close', () => this.#fail(socket, new Error('the cache has closed the connection')));
    return socket;
  }

  #read(socket: Socket, piece: Buffer): void {
    this.#held = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
    let at = 0;
    try {
      for (let found = readReply(this.#held); found !== undefined; found = readReply(this.#held, at)) {
        this.#waiting.shift()?.resolve(found.reply);
        at = found.next;
        if (at === this.#held.length) break;
      }
    } catch (reason) {
      this.#fail(socket, reason instanceof Error ? reason : new Error(String(reason)));
      return;
    }
    this.#held = this.#held.subarray(at);
    clearTimeout(this.#limit);
    if (this.#waiting.length > 0) this.#startWaiting();
  }

  #startWaiting(): void {
    clearTimeout(this.#limit);
    this.#limit = setTimeout(() => {
      if (this.#socket !== undefined) this.#fail(this.#socket, new Error('the cache is silent'));
    }, this.#silenceMs);
  }

  #fail(socket: Socket, reason: Error): void {
    if (socket !== this.#socket) return; // An older connection's last word.
    clearTimeout(this.#limit);
    this.#socket = undefined;
    this.#held = Buffer.alloc(0);
    this.#triesAgainMs = performance.now() + PAUSE_MS;
    socket.destroy();
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
