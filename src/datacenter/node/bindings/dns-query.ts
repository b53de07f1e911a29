// One question put to DNS servers: over UDP, by turns, with timeouts that grow from round to round, and over TCP
// where an answer came truncated (RFC 1035, 4.2). Believes only answers from the server asked, with the id and
// the question asked. A socket a query: c-ares shares one. Called by dns-channel.ts and cares-wrap.ts.
import { parseAddress } from '../../base/address.ts';
import { concat } from '../../base/bytes.ts';
import type { TcpSocket } from '../../machine/tcp.ts';
import type { Realm } from '../realm.ts';
import { type DnsResponse, readResponse, uint16, writeQuery } from './dns-message.ts';

export interface DnsServer {
  readonly address: string;
  readonly port: number;
}

export interface DnsPolicy {
  readonly servers: readonly DnsServer[];
  readonly timeoutMs: number;
  /** Longest timeout of a round; 0 where there is no limit. */
  readonly timeoutMsMax: number;
  /** Rounds over all servers. */
  readonly tries: number;
  /** Asks the next server where one fails (SERVFAIL, NOTIMP, REFUSED), as glibc does. c-ares under Node does not. */
  readonly failsOver: boolean;
  /** Shortens later rounds by chance, so that clients that failed together do not ask again together (c-ares). */
  readonly spreads: boolean;
}

/** c-ares's names of what went wrong. */
export type DnsError =
  | 'EFORMERR'
  | 'ESERVFAIL'
  | 'ENODATA'
  | 'ENOTFOUND'
  | 'ENOTIMP'
  | 'EREFUSED'
  | 'EBADNAME'
  | 'EBADRESP'
  | 'ECONNREFUSED'
  | 'ETIMEOUT'
  | 'ECANCELLED';

export type DnsResult = DnsResponse | DnsError;

const CODES: readonly DnsError[] = ['EBADRESP', 'EFORMERR', 'ESERVFAIL', 'ENOTFOUND', 'ENOTIMP', 'EREFUSED'];
const READ_MAX = 65_536;

export class DnsQuery {
  readonly #realm: Realm;
  readonly #policy: DnsPolicy;
  readonly #type: number;
  readonly #name: string;
  readonly #done: (result: DnsResult) => void;
  readonly #id: number;
  readonly #message: Uint8Array | null;
  /** Attempts made, over all servers; also tells the timers and sockets of an older one from those of now. */
  #attempts = 0;
  #lastError: DnsError = 'ETIMEOUT';
  #isOver = false;
  #release: () => void = () => undefined;

  /** `done` is called once, in a turn of its own. */
  constructor(
    realm: Realm,
    policy: DnsPolicy,
    name: string,
    type: number,
    done: (result: DnsResult) => void,
  ) {
    this.#realm = realm;
    this.#policy = policy;
    this.#name = name;
    this.#type = type;
    this.#done = done;
    this.#id = realm.random.below(65_536);
    this.#message = writeQuery(this.#id, name, type);
    realm.process.references++;
    if (this.#message === null) this.#end('EBADNAME');
    else realm.process.kernel(() => this.#attempt());
  }

  cancel(): void {
    this.#end('ECANCELLED');
  }

  #end(result: DnsResult): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#letGo();
    const { process } = this.#realm;
    process.post(() => {
      process.references--;
      this.#done(result);
    });
  }

  /** Keeps `release` for the end of this attempt, or of the process. */
  #hold(release: () => void): void {
    const { onEnd } = this.#realm.process;
    onEnd.add(release);
    this.#release = () => {
      onEnd.delete(release);
      release();
    };
  }

  #letGo(): void {
    this.#release();
    this.#release = () => undefined;
  }

  #attempt(): void {
    const { servers, tries } = this.#policy;
    const server = servers[this.#attempts % Math.max(1, servers.length)];
    if (this.#isOver) return;
    if (server === undefined || this.#attempts >= servers.length * tries) {
      this.#end(this.#lastError);
      return;
    }
    const attempt = ++this.#attempts;
    this.#letGo();
    const { process } = this.#realm;
    process.after(Math.round(this.#timeoutMs() * 1e6), () => {
      if (attempt === this.#attempts) this.#next('ETIMEOUT');
    });
    this.#askByUdp(server, () => attempt === this.#attempts && !this.#isOver);
  }

  #next(error: DnsError): void {
    this.#lastError = error;
    this.#attempt();
  }

  #timeoutMs(): number {
    const { servers, timeoutMs, timeoutMsMax, spreads } = this.#policy;
    const round = Math.floor((this.#attempts - 1) / servers.length);
    const grown = timeoutMs * 2 ** round;
    const limited = timeoutMsMax > 0 ? Math.min(grown, timeoutMsMax) : grown;
    return round === 0 || !spreads ? limited : limited * (1 - this.#realm.random.fraction() / 2);
  }

  #askByUdp(server: DnsServer, isCurrent: () => boolean): void {
    const { process, machine } = this.#realm;
    const address = parseAddress(server.address);
    const socket = address === null ? null : machine.udp.bind({ address: 0, port: 0 });
    if (socket === null || typeof socket === 'string' || address === null || this.#message === null) {
      process.post(() => this.#next('ECONNREFUSED'));
      return;
    }
    this.#hold(() => socket.close());
    socket.connect(address, server.port);
    socket.wake = () =>
      process.post(() => {
        if (!isCurrent()) return;
        const datagram = socket.receive();
        if (datagram !== null) this.#heard(datagram.payload, server, isCurrent);
        else if (socket.takeError() !== null) this.#next('ECONNREFUSED');
      });
    socket.send(this.#message);
  }

  #askByTcp(server: DnsServer, isCurrent: () => boolean): void {
    const { process, machine } = this.#realm;
    const message = this.#message;
    const made = machine.tcp.connect({ address: parseAddress(server.address) ?? 0, port: server.port });
    if (typeof made === 'string' || message === null) {
      this.#next('ECONNREFUSED');
      return;
    }
    this.#letGo();
    this.#hold(() => made.close());
    let hasAsked = false;
    let received: Uint8Array = new Uint8Array(0);
    made.wake = () =>
      process.post(() => {
        if (!isCurrent() || made.connecting) return;
        if (!hasAsked && made.error === null) {
          hasAsked = true;
          made.write(concat([new Uint8Array([message.length >>> 8, message.length & 255]), message]));
        }
        received = concat([received, ...readAll(made)]);
        if (received.length >= 2 && received.length >= 2 + uint16(received, 0))
          this.#heard(received.subarray(2, 2 + uint16(received, 0)), null, isCurrent);
        else if (made.error !== null || made.ended) this.#next('ECONNREFUSED');
      });
  }

  /** `server` is null where the answer came over TCP: it cannot come in a longer way. */
  #heard(bytes: Uint8Array, server: DnsServer | null, isCurrent: () => boolean): void {
    if (bytes.length === 0) return;
    const response = readResponse(bytes);
    if (response === null) {
      this.#next('EBADRESP');
      return;
    }
    const { question } = response;
    const asked = this.#name.replace(/\.$/, '').toLowerCase();
    if (response.id !== this.#id || question.type !== this.#type || !question.isInternet) return;
    if (question.name.toLowerCase() !== asked) return;
    if (response.isTruncated && server !== null) {
      this.#askByTcp(server, isCurrent);
      return;
    }
    if (response.code === 0) {
      this.#end(response);
      return;
    }
    const error = CODES[response.code] ?? 'ENODATA';
    if (this.#policy.failsOver && error !== 'ENOTFOUND') this.#next(error);
    else this.#end(error);
  }
}

function readAll(socket: TcpSocket): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let chunk = socket.read(READ_MAX); chunk !== null; chunk = socket.read(READ_MAX)) chunks.push(chunk);
  return chunks;
}
