// The one record of a run: typed events in order of happening, and a hash of them that is stable across
// engines. Equal runs, equal hashes. Part of the engine's door (run.ts writes, everyone reads).
import { StreamHash } from './base/hash.ts';
import type { TraceEvent, TraceFact } from './contract.ts';

/**
 * Where an error was made: the line above it with its caret, and the frames below. Engines see it differently, or not
 * at all, so the hash leaves it out.
 */
const PLACE_OF_ERROR =
  /^(?:file:\/\/)?\/\S+:\d+\n.*\n *\^\n\n|^\s+(?:at|\.\.\. \d+ lines matching cause) .*\n?/gm;

export class Trace {
  readonly #hash = new StreamHash();
  #events: TraceEvent[] = [];
  #count = 0;
  #isClosed = false;

  get count(): number {
    return this.#count;
  }

  record(atNs: number, fact: TraceFact): void {
    this.add({ seq: this.#count, atNs, ...fact });
  }

  /** Records an event that was made whole: its `seq` is the count. */
  add(event: TraceEvent): void {
    if (this.#isClosed) return;
    this.#count++;
    this.#events.push(event);
    this.#hash.addNumber(event.atNs);
    if (event.kind === 'packet') this.#addPacket(event);
    else if (event.kind === 'http') this.#hash.addJoined(httpParts(event));
    else this.#hash.add(textOf(event));
  }

  /** Nothing is recorded any more. */
  close(): void {
    this.#isClosed = true;
  }

  /** What was recorded since the last take. */
  take(): TraceEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Of everything recorded so far, taken or not: 16 hexadecimal digits. */
  hash(): string {
    return this.#hash.digest();
  }

  /** Most events are packets: hashed without making text of them. */
  #addPacket(fact: Extract<TraceFact, { kind: 'packet' }>): void {
    const hash = this.#hash;
    hash
      .add(fact.from)
      .add(fact.to)
      .add(fact.flags)
      .add(fact.lost ?? fact.protocol);
    hash
      .addNumber(fact.fromPort)
      .addNumber(fact.toPort)
      .addNumber(fact.bytes)
      .addNumber(fact.arrivesNs ?? -1);
  }
}

function textOf(event: TraceEvent): string {
  if (event.kind === 'log')
    return `log ${event.machine} ${event.stream} ${event.text.replaceAll(PLACE_OF_ERROR, '')}`;
  if (event.kind === 'action') return `action ${inOrderOfNames(event.action)}`;
  const { seq: _seq, atNs: _atNs, ...fact } = event;
  return JSON.stringify(fact);
}

/** Equal actions are equal in whatever order somebody wrote their fields. */
function inOrderOfNames(action: object): string {
  const fields = Object.entries(action).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The fact as JSON has it, in pieces: there are twice as many of these as of packets. */
function httpParts(fact: HttpFact): string[] {
  const { kind, side, phase, id, method, url, peer, status, error, machine } = fact;
  const isUsual =
    error === undefined &&
    (status === undefined || Number.isInteger(status)) &&
    isPlain(method) &&
    isPlain(url) &&
    isPlain(peer) &&
    isPlain(machine);
  // What is undefined JSON leaves out.
  if (!isUsual) return [JSON.stringify({ kind, side, phase, id, method, url, peer, status, error, machine })];
  const head = HEADS[side][phase];
  const number = String(id);
  if (status === undefined)
    return [head, number, METHOD, method, URL_, url, PEER, peer, '"', MACHINE, machine, '"}'];
  const code = String(status);
  return [head, number, METHOD, method, URL_, url, PEER, peer, STATUS, code, MACHINE, machine, '"}'];
}

type HttpFact = Extract<TraceFact, { kind: 'http' }>;

const headOf = (side: string, phase: string): string =>
  `{"kind":"http","side":"${side}","phase":"${phase}","id":`;
const headsOf = (side: string): Record<HttpFact['phase'], string> => ({
  start: headOf(side, 'start'),
  end: headOf(side, 'end'),
  error: headOf(side, 'error'),
});
const HEADS: Record<HttpFact['side'], Record<HttpFact['phase'], string>> = {
  server: headsOf('server'),
  client: headsOf('client'),
};
const METHOD = ',"method":"';
const URL_ = '","url":"';
const PEER = '","peer":"';
const STATUS = '","status":';
const MACHINE = ',"machine":"';

/** Nothing but characters that JSON writes as they are. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 32 || unit > 126 || unit === 34 || unit === 92) return false;
  }
  return true;
}
