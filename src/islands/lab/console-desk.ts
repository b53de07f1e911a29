// What the Console keeps of a lab while the tool is closed: the lines that were typed, where the terminal was cleared, and
// what the lab's own tcpdump and ss show. Sends every other line to the machine `you`. Listens to the trace from the
// first opening on. Called by console.tsx.
import { signal } from '@preact/signals';
import type { TraceEvent } from '../../datacenter/contract.ts';
import { interrupt } from './console-log.ts';
import {
  Connections,
  type Filter,
  matches,
  packetLine,
  readFilter,
  ssHelp,
  tcpdumpHelp,
} from './console-packets.ts';
import type { LabStore } from './lab-store.ts';

const historyMax = 100;
const linesMax = 2000;

/** What stands beside the terminal. */
export interface Shown {
  readonly command: string;
  readonly lines: string[];
  /** While it goes on. */
  readonly filter: Filter | null;
  /** Packets that were sent earlier are not its own. */
  readonly fromNs: number;
}

const desks = new WeakMap<LabStore, ConsoleDesk>();

export function deskOf(store: LabStore): ConsoleDesk {
  let desk = desks.get(store);
  if (desk === undefined) {
    desk = new ConsoleDesk(store);
    desks.set(store, desk);
  }
  return desk;
}

export class ConsoleDesk {
  readonly history: string[] = [];
  readonly beside = signal<Shown | null>(null);
  /** What the terminal has shown up to here was cleared. */
  clearedTo = 0;
  readonly #store: LabStore;
  readonly #connections = new Connections();

  constructor(store: LabStore) {
    this.#store = store;
    store.session.watch = (events) => {
      for (const event of events) this.#see(event);
    };
  }

  /** What the terminal shows of all that was written. */
  get text(): string {
    const { console } = this.#store.session.model;
    // After a rewind there may be less than was cleared.
    const from = this.clearedTo > console.length ? 0 : this.clearedTo;
    return console.text.slice(Math.max(0, from - console.dropped));
  }

  /** Obeys a line. Rejects where the machine's programs cannot be fetched. */
  async enter(line: string): Promise<void> {
    if (line.trim() !== '' && this.history.at(-1) !== line) this.history.push(line);
    if (this.history.length > historyMax) this.history.shift();
    const [name, ...words] = line.trim().split(/\s+/);
    if (name === 'clear') this.clear();
    else if (name === 'tcpdump') this.#tcpdump(line.trim(), words);
    else if (name === 'ss') await this.#ss(line.trim(), words);
    else await this.#store.type(`${line}\n`);
  }

  async interrupt(): Promise<void> {
    this.stop();
    if (this.#store.session.model.console.isAwake) await this.#store.type(interrupt);
  }

  clear(): void {
    this.clearedTo = this.#store.session.model.console.length;
    this.#store.redraw();
  }

  /** Ends tcpdump; its lines stay. */
  stop(): void {
    const shown = this.beside.value;
    if (shown !== null) this.beside.value = { ...shown, filter: null };
  }

  #show(command: string, lines: string[], filter: Filter | null = null): void {
    this.beside.value = { command, lines, filter, fromNs: this.#store.session.model.nowNs };
  }

  #tcpdump(command: string, words: readonly string[]): void {
    const filter = readFilter(words);
    if (words.includes('--help')) this.#show(command, tcpdumpHelp.split('\n'));
    else if (typeof filter === 'string') this.#show(command, [filter]);
    else this.#show(command, [], filter);
  }

  async #ss(command: string, words: readonly string[]): Promise<void> {
    const [machine] = words.filter((word) => !/^-[atn]+$/.test(word));
    const { machines } = this.#store.data.cluster;
    const isKnown =
      machine === undefined || machine === 'you' || machines.some(({ name }) => name === machine);
    if (words.includes('--help') || !isKnown) {
      this.#show(command, isKnown ? ssHelp.split('\n') : [`ss: no machine '${machine}'. Try ss --help.`]);
      return;
    }
    await this.#store.wakeConsole(!this.#connections.isWhole);
    this.#show(command, this.#connections.lines(machine));
  }

  #see(event: TraceEvent): void {
    this.#connections.take(event);
    const shown = this.beside.value;
    if (shown === null || shown.filter === null) return;
    // A replay shows the same packets again.
    if (event.seq === 0) shown.lines.length = 0;
    if (event.kind !== 'packet' || event.atNs < shown.fromNs || !matches(shown.filter, event)) return;
    shown.lines.push(packetLine(event));
    if (shown.lines.length > linesMax) shown.lines.splice(0, linesMax / 2);
    if (shown.lines.length >= shown.filter.count) this.stop();
  }
}
