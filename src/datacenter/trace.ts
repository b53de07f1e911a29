// The one record of a run: typed events in order of happening, and a hash of them that is stable across
// engines. Equal runs, equal hashes. Part of the engine's door (run.ts writes, everyone reads).
import { StreamHash } from './base/hash.ts';
import type { TraceEvent, TraceFact } from './contract.ts';

/**
 * Where an error was made: the line above it with its caret, and the frames below. Engines see it differently, or not
 * at all, so the hash leaves it out.
 */
const PLACE_OF_ERROR = /^(?:file:\/\/)?\/\S+:\d+\n.*\n *\^\n\n|^\s+at .*\n?/gm;

export class Trace {
  readonly #hash = new StreamHash();
  #events: TraceEvent[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  record(atNs: number, fact: TraceFact): void {
    const event: TraceEvent = { seq: this.#count++, atNs, ...fact };
    this.#events.push(event);
    this.#hash.addNumber(atNs);
    if (fact.kind === 'packet') this.#addPacket(fact);
    else this.#hash.add(textOf(fact));
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

function textOf(fact: TraceFact): string {
  if (fact.kind === 'log')
    return `log ${fact.machine} ${fact.stream} ${fact.text.replaceAll(PLACE_OF_ERROR, '')}`;
  if (fact.kind === 'action') return `action ${inOrderOfNames(fact.action)}`;
  return JSON.stringify(fact);
}

/** Equal actions are equal in whatever order somebody wrote their fields. */
function inOrderOfNames(action: object): string {
  const fields = Object.entries(action).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
