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
function httpParts(fact: Extract<TraceFact, { kind: 'http' }>): string[] {
  const { side, phase, id, method, url, peer, status, error, machine } = fact;
  const parts = ['{"kind":"http","side":"', side, '","phase":"', phase, '","id":', String(id)];
  addPart(parts, ',"method":', method);
  addPart(parts, ',"url":', url);
  addPart(parts, ',"peer":', peer);
  if (status !== undefined) parts.push(',"status":', JSON.stringify(status));
  if (error !== undefined) addPart(parts, ',"error":', error);
  addPart(parts, ',"machine":', machine);
  parts.push('}');
  return parts;
}

/** Characters that JSON writes as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;

function addPart(parts: string[], name: string, value: string): void {
  if (PLAIN.test(value)) parts.push(name, '"', value, '"');
  else parts.push(name, JSON.stringify(value));
}
