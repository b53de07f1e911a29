// A cluster as real processes: boots it, does deeds to it, and keeps what happened until it is asked. The clock is the
// computer's, so nothing repeats and nothing can be stopped; what a deed means here is in deeds.ts. Refuses nothing
// itself: whoever sends orders has checked them. Made by main.ts.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, MachineSpec, TraceEvent, TraceFact } from '../../datacenter/contract.ts';
import { doDeed } from './deeds.ts';
import type { BootOrder, Places, RealBatch, Told } from './lines.ts';
import { Links, type Passing } from './links.ts';
import { Machine } from './machine.ts';
import { environmentOf, type Ports, takePorts } from './ports.ts';
import { Warden } from './warden.ts';
import type { Chance } from './way.ts';

/** More than this, while nobody asks, and packets are left out. */
const EVENTS_MAX = 50_000;
/** More than this, and the oldest of anything. */
const EVENTS_MOST = 200_000;
/** About so many characters of a machine's lines, and of all that is said, are kept while nobody asks. */
const LINES_CHARS_MAX = 4_000_000;
const CHARS_MAX = 64_000_000;
const EVENT_CHARS = 100;

export class Supervisor {
  readonly order: BootOrder;
  readonly machines = new Map<string, Machine>();
  readonly links: Links;
  places: Places = {};
  readonly #beganMs = performance.now();
  readonly #timers = new Set<NodeJS.Timeout>();
  #events: TraceEvent[] = [];
  #seq = 0;
  #leftOut = 0;
  #chars = 0;
  readonly #lineChars = new Map<string, number>();
  readonly #warden: Warden | null;
  #isOver = false;

  constructor(order: BootOrder) {
    this.order = order;
    this.#warden = order.freezes === 'processes' ? new Warden() : null;
    this.links = new Links(order.cluster, chanceFrom(order.seed), (passing) => this.#passed(passing));
  }

  get nowNs(): number {
    return Math.round((performance.now() - this.#beganMs) * 1e6);
  }

  /** Starts every machine but consoles. `probe` is the file that programs load first. */
  async boot(probe: string): Promise<void> {
    const { cluster, folder, firstPort, seed, actions } = this.order;
    rmSync(join(folder, 'machines'), { recursive: true, force: true });
    mkdirSync(join(folder, 'machines'), { recursive: true });
    // Where ports lie shall differ from run to run: the last run's may still be closing.
    const ports = await takePorts(cluster.machines, Math.random, firstPort);
    this.places = ports.outside;
    for (const door of ports.doors) this.links.addDoor(door);
    for (const spec of cluster.machines)
      this.machines.set(spec.name, this.#machine(spec, ports, probe, seed));
    for (const machine of this.machines.values()) if (machine.spec.role !== 'console') machine.start('');
    for (const { atNs, ...deed } of actions)
      this.after(atNs / 1e6 - this.nowNs / 1e6, () => doDeed(this, deed));
  }

  /** Does something later, unless it is all over by then. */
  after(ms: number, work: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        work();
      },
      Math.max(0, ms),
    );
    this.#timers.add(timer);
  }

  /** `chars` is the length of the texts in it that programs have written. */
  tell(fact: TraceFact, atNs = this.nowNs, chars = 0): void {
    if (this.#isOver) return;
    if (this.#hasNoRoom(fact, chars)) {
      this.#leftOut += 1;
      return;
    }
    if (this.#events.length >= EVENTS_MOST) {
      this.#events.splice(0, EVENTS_MAX);
      this.#leftOut += EVENTS_MAX;
    }
    this.#events.push({ seq: this.#seq, atNs, ...fact });
    this.#seq += 1;
  }

  #hasNoRoom(fact: TraceFact, chars: number): boolean {
    if (fact.kind === 'packet') return this.#events.length >= EVENTS_MAX;
    if (fact.kind === 'machine' || fact.kind === 'action') return false;
    const weight = chars + EVENT_CHARS;
    const lines = fact.kind === 'log' ? (this.#lineChars.get(fact.machine) ?? 0) + weight : 0;
    if (lines > LINES_CHARS_MAX || this.#chars + weight > CHARS_MAX) return true;
    if (fact.kind === 'log') this.#lineChars.set(fact.machine, lines);
    this.#chars += weight;
    return false;
  }

  /** What happened since it was last asked. */
  batch(): RealBatch {
    const events = this.#events;
    this.#events = [];
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    this.#chars = 0;
    this.#lineChars.clear();
    const machines = [...this.machines.values()].map((machine) => machine.view());
    const isIdle = this.#timers.size === 0 && ![...this.machines.values()].some((one) => one.isRunning);
    return { nowNs: this.nowNs, events, machines, links: this.links.views(), idle: isIdle, leftOut };
  }

  stop(): void {
    this.#isOver = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.links.close();
    for (const machine of this.machines.values()) machine.end('killed', 'the run was stopped');
    this.#warden?.end();
  }

  #machine(spec: MachineSpec, ports: Ports, probe: string, seed: number): Machine {
    const { folder, sandbox } = this.order;
    const { name } = spec;
    const place = {
      files: join(folder, 'files'),
      folder: join(folder, 'machines', name),
      sandbox,
      probe,
      env: environmentOf(spec, ports, seed),
      warden: this.#warden,
    };
    const machine: Machine = new Machine(spec, place, {
      changed: (state, why, code) => {
        this.tell({ kind: 'machine', machine: name, state, why, ...(code === undefined ? {} : { code }) });
        this.links.listening(name, machine.listens);
      },
      wrote: (stream, text) =>
        this.tell({ kind: 'log', machine: name, stream, text }, this.nowNs, text.length),
      told: (told) => this.#told(machine, told),
    });
    return machine;
  }

  #told(machine: Machine, told: Told): void {
    const { name } = machine.spec;
    switch (told.tells) {
      case 'listen':
      case 'unlisten':
        this.links.listening(name, machine.listens);
        break;
      case 'publish':
        this.#published(name, told.channel, told.text);
        break;
      case 'http': {
        const { tells: _, peerPort, ...rest } = told;
        const peer = told.side === 'server' ? this.links.askerAt(peerPort) : this.links.machineAt(peerPort);
        this.tell({ kind: 'http', machine: name, ...rest, peer }, this.nowNs, rest.url.length);
        break;
      }
      case 'cpu':
        break;
    }
  }

  #published(machine: string, channel: string, text: string): void {
    const value = JSON.parse(text) as Json;
    this.tell({ kind: 'publish', machine, channel, value }, this.nowNs, text.length);
  }

  #passed({ afterMs, ...rest }: Passing): void {
    const { nowNs } = this;
    const arrivesNs = afterMs === null ? null : nowNs + Math.round(afterMs * 1e6);
    this.tell({ kind: 'packet', ...rest, arrivesNs }, nowNs);
  }
}

/** Mulberry32, from a 32-bit seed: numbers from 0 to 1. */
function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
