// The run as pages see it: the supervisor's lines (Order in, Answer out, one a message) over a WebSocket at
// /lab-socket?token=…, by which any number of pages look at one run, each from its own place in one log.
// `boot` joins: it is answered with what is kept of all that happened, and with `places`; what it says of cluster, files,
// folder and actions is ignored. `advance` and `act` are as the supervisor's; `stop` only leaves. Refuses strangers
// before the upgrade (door.ts), what is no order, too much at once, and edits: a page may be filled by anyone's link.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod/mini';
import type { Action, Deed } from '../../datacenter/contract.ts';
import { readAction } from '../../runtime/messages.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import type { Answer, RealBatch } from '../../runtime/supervisor/lines.ts';
import { type Refused, strangeSocket } from './door.ts';
import type { Followed } from './followed.ts';

const PAGES_MAX = 16;
export const MESSAGE_BYTES_MAX = 262_144;
/** Orders: so many at once, and so many each second after that. */
export const BURST = 400;
const ORDERS_PER_SECOND = 200;
const WAITING_MAX = 32;
/** A page that leaves so much unread has gone to sleep. */
const UNREAD_BYTES_MAX = 64_000_000;

const WENT_AWAY = 1001;
const AGAINST_RULES = 1008;

const call = z.int();
const order = z.discriminatedUnion('do', [
  z.object({ call, do: z.literal('boot') }),
  z.object({ call, do: z.literal('advance'), atNs: z.number() }),
  z.object({ call, do: z.literal('act'), deed: z.looseObject({ do: z.string() }) }),
  z.object({ call, do: z.literal('stop') }),
]);
type PageOrder = z.infer<typeof order>;

export interface SocketOptions {
  readonly port: number;
  readonly token: string;
}

/** Returns what ends it. */
export function serveSocket(server: Server, run: Followed, { port, token }: SocketOptions): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    const full: Refused = { status: 503, text: `expected at most ${PAGES_MAX} pages: close one\n` };
    const refused = strangeSocket(request, port, token) ?? (sockets.clients.size >= PAGES_MAX ? full : null);
    if (refused === null) sockets.handleUpgrade(request, socket, head, (page) => new Page(page, run));
    else refuse(socket, refused);
  });
  return () => {
    for (const page of sockets.clients) page.close(WENT_AWAY, 'the run has ended');
    for (const page of sockets.clients) page.terminate();
  };
}

function refuse(socket: Duplex, { status, text }: Refused): void {
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'content-type: text/plain',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}

class Page {
  readonly #socket: WebSocket;
  readonly #run: Followed;
  /** Where in the log it is; null before it has joined. */
  #cursor: number | null = null;
  #waiting: { readonly call: number; readonly atNs: number }[] = [];
  #credit = BURST;
  #creditAtMs = performance.now();

  constructor(socket: WebSocket, run: Followed) {
    this.#socket = socket;
    this.#run = run;
    const leave = run.on(() => this.#look());
    socket.on('message', (bytes, isBinary) => this.#hear(isBinary ? '' : bytes.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', leave);
  }

  #hear(text: string): void {
    const nowMs = performance.now();
    this.#credit = Math.min(BURST, this.#credit + ((nowMs - this.#creditAtMs) * ORDERS_PER_SECOND) / 1000);
    this.#creditAtMs = nowMs;
    this.#credit -= 1;
    const given = this.#credit < 0 ? null : readOrder(text);
    if (given !== null) this.#obey(given);
    else
      this.#socket.close(
        AGAINST_RULES,
        this.#credit < 0 ? 'too many orders' : 'expected an order, found something else',
      );
  }

  #obey(given: PageOrder): void {
    if (given.do === 'stop') {
      this.#say({ call: given.call, stopped: true });
      this.#socket.close();
    } else if (given.do === 'boot') {
      this.#cursor = 0;
      this.#say({ call: given.call, batch: this.#batch(), places: this.#run.places });
    } else if (this.#cursor === null) this.#say({ call: given.call, failed: 'expected a boot first' });
    else if (given.do === 'act') void this.#act(given.call, given.deed);
    else if (given.atNs <= this.#run.nowNs) this.#say({ call: given.call, batch: this.#batch() });
    else if (this.#waiting.length >= WAITING_MAX) this.#socket.close(AGAINST_RULES, 'too many orders wait');
    else this.#waiting.push(given);
  }

  async #act(ordered: number, asked: object): Promise<void> {
    try {
      await this.#run.act(this.#allowed(asked));
      this.#say({ call: ordered, batch: this.#batch() });
    } catch (problem) {
      if (!(problem instanceof RunProblem)) throw problem;
      this.#say({ call: ordered, refused: problem.complaint });
    }
  }

  /** As a deed that a page may order. Whether its machines are there the run says. */
  #allowed(asked: object): Deed {
    const action: Action | null = readAction({ ...asked, atNs: 0 });
    if (action === null) {
      const found = JSON.stringify(asked).slice(0, 100);
      throw new RunProblem({ expected: 'a deed', found, fix: 'correct it' });
    }
    if (action.do === 'edit')
      throw new RunProblem({
        expected: 'no edits from a page, for these are real processes',
        found: `one of ${action.path.slice(0, 100)}`,
        fix: `edit the files in ${this.#run.folder} with your own editor, then restart the machine`,
      });
    const { atNs: _, ...deed } = action;
    return deed;
  }

  /** What happened since it was last told. */
  #batch(): RealBatch {
    const { nowNs, machines, links, idle, log } = this.#run;
    const told = { nowNs, machines, links, idle, ...log.since(this.#cursor ?? log.end) };
    this.#cursor = log.end;
    return told;
  }

  /** Answers those that waited for a moment that has come. */
  #look(): void {
    const due = this.#waiting.filter(({ atNs }) => atNs <= this.#run.nowNs);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter((each) => !due.includes(each));
    for (const { call: ordered } of due) this.#say({ call: ordered, batch: this.#batch() });
  }

  #say(answer: Answer): void {
    if (this.#socket.bufferedAmount > UNREAD_BYTES_MAX) this.#socket.terminate();
    else this.#socket.send(JSON.stringify(answer));
  }
}

function readOrder(text: string): PageOrder | null {
  try {
    const result = order.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
