// What the cockpit shows of a run: reduces the runtime's batches to machines, figures, logs, links and packets.
// Pure and incremental: each event is looked at once, what is kept is bounded. Trusts no value that a guest
// publishes: a request sample of the wrong shape is counted as such and left out. Fed by session.ts.
import type {
  Action,
  Json,
  LinkView,
  MachineView,
  RequestSample,
  TraceEvent,
  WatchSpec,
} from '../../datacenter/contract.ts';
import type { SampleInShort } from '../../grading/run-values.ts';
import { WatchedEntry } from '../../grading/watched.ts';
import { CONSOLE } from '../../runtime/console.ts';
import type { Batch } from '../../runtime/runtime.ts';
import { ConsoleLog } from './console-log.ts';
import { type DiskFaults, noteDisk } from './disk-faults.ts';
import { RequestLog } from './request-log.ts';
import { RequestSeries } from './series.ts';
import { Utilization } from './utilization.ts';

export interface LogLine {
  readonly seq: number;
  readonly atNs: number;
  readonly machine: string;
  /** `machine` lines are the cockpit's own: a change of state and why. */
  readonly stream: 'stdout' | 'stderr' | 'machine';
  readonly text: string;
}

export interface Flight {
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly sentNs: number;
  /** Null when it never arrives. */
  readonly arrivesNs: number | null;
  readonly kind: 'data' | 'control' | 'reset';
}

/** Packets seen between two machines, whichever way; `a` sorts before `b`. */
export interface Road {
  readonly a: string;
  readonly b: string;
  packets: number;
  lost: number;
  lastNs: number;
}

const logLinesMax = 600;
const logCharsMax = 2000;
const flightsMax = 400;
const samplesMax = 12_000;
const stateCharsMax = 4000;
const askedCharsMax = 200;

export const roadKey = (from: string, to: string): string => (from < to ? `${from} ${to}` : `${to} ${from}`);

/** A RequestSample, or null where a guest published something else. */
export function asSample(value: Json): RequestSample | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { ok, latencyMs, by } = value as { readonly [key: string]: Json };
  if (typeof ok !== 'boolean' || typeof latencyMs !== 'number' || !Number.isFinite(latencyMs)) return null;
  const text = (key: string): string => {
    const found = (value as { readonly [key: string]: Json })[key];
    return typeof found === 'string' ? found : '';
  };
  const number = (key: string): number => {
    const found = (value as { readonly [key: string]: Json })[key];
    return typeof found === 'number' ? found : 0;
  };
  return {
    id: number('id'),
    intendedMs: number('intendedMs'),
    latencyMs,
    ok,
    status: number('status'),
    by: typeof by === 'string' ? by : '',
    error: text('error'),
    asked: text('asked').slice(0, askedCharsMax),
  };
}

export class LabModel {
  nowNs = 0;
  hash = '';
  idle = false;
  machines: readonly MachineView[] = [];
  links: readonly LinkView[] = [];
  readonly requests = new RequestSeries();
  readonly requestLog = new RequestLog();
  /** The first requests of the run, by which a page compares it with others. */
  readonly samples: (SampleInShort & { readonly atNs: number })[] = [];
  readonly actions: Action[] = [];
  readonly logs: LogLine[] = [];
  readonly console = new ConsoleLog();
  readonly roads = new Map<string, Road>();
  /** What lies on the disks of machines that have something wrong with theirs. */
  readonly disks = new Map<string, DiskFaults>();
  readonly utilization = new Utilization();
  /** What each machine last published on `brownout:state`. */
  readonly published = new Map<string, Json>();
  /** What of it the cluster names to be watched. */
  readonly watched: readonly WatchedEntry[];
  /** Packets on their way or just arrived; pruned by prune(). */
  flights: Flight[] = [];
  /** Virtual time of the first answered request; null before it. */
  firstAnswerNs: number | null = null;
  badSamples = 0;
  events = 0;
  lastEvent: TraceEvent | null = null;

  constructor(watch: readonly WatchSpec[] = []) {
    this.watched = watch.map((spec) => new WatchedEntry(spec));
  }

  apply(batch: Batch): void {
    for (const event of batch.events) this.#take(event);
    this.nowNs = Math.max(this.nowNs, batch.nowNs);
    this.requests.passTo(this.nowNs);
    for (const entry of this.watched) entry.passTo(this.nowNs);
    this.hash = batch.hash;
    this.idle = batch.idle;
    this.machines = batch.machines;
    this.utilization.take(this.nowNs, batch.machines);
    this.links = batch.links;
  }

  /** Forgets packets that were sent earlier than `fromNs` and have landed. */
  prune(fromNs: number): void {
    if (this.flights.length === 0) return;
    this.flights = this.flights.filter((flight) => Math.max(flight.sentNs, flight.arrivesNs ?? 0) >= fromNs);
  }

  machine(name: string): MachineView | undefined {
    return this.machines.find((machine) => machine.name === name);
  }

  #take(event: TraceEvent): void {
    this.events += 1;
    this.lastEvent = event;
    switch (event.kind) {
      case 'packet':
        this.#packet(event);
        break;
      case 'publish':
        this.#publish(event);
        break;
      case 'log':
        if (event.machine === CONSOLE) this.console.wrote(event.text);
        else this.#log(event, event.stream, event.text);
        break;
      case 'machine':
        if (event.why !== '' || event.state !== 'up')
          this.#log(event, 'machine', `${event.state}: ${event.why}`);
        if (event.state !== 'up' && event.state !== 'frozen') this.#watch(event, undefined);
        break;
      case 'action':
        this.#action(event.action);
        noteDisk(this.disks, event.action);
        break;
      case 'http':
        this.requestLog.addHttp(event);
        break;
    }
  }

  #action(action: Action): void {
    this.actions.push(action);
    if (action.do === 'input' && action.machine === CONSOLE) this.console.typed(action.text);
  }

  #packet(event: Extract<TraceEvent, { kind: 'packet' }>): void {
    const key = roadKey(event.from, event.to);
    let road = this.roads.get(key);
    if (road === undefined) {
      const [a, b] = event.from < event.to ? [event.from, event.to] : [event.to, event.from];
      road = { a, b, packets: 0, lost: 0, lastNs: 0 };
      this.roads.set(key, road);
    }
    road.packets += 1;
    road.lastNs = event.atNs;
    if (event.arrivesNs === null) road.lost += 1;
    const kind = event.flags.includes('R') ? 'reset' : event.bytes > 0 ? 'data' : 'control';
    const { seq, from, to, arrivesNs } = event;
    this.flights.push({ seq, from, to, sentNs: event.atNs, arrivesNs, kind });
    if (this.flights.length > flightsMax * 2) this.flights.splice(0, this.flights.length - flightsMax);
  }

  #publish(event: Extract<TraceEvent, { kind: 'publish' }>): void {
    if (event.channel === 'brownout:request') {
      const sample = asSample(event.value);
      if (sample === null) {
        this.badSamples += 1;
        return;
      }
      this.requests.add(event.atNs, sample);
      this.requestLog.add(event.atNs, event.machine, sample);
      const { intendedMs, latencyMs, ok, by } = sample;
      if (this.samples.length < samplesMax)
        this.samples.push({ atNs: event.atNs, intendedMs, latencyMs, ok, by });
      if (sample.ok) this.firstAnswerNs ??= event.atNs;
    } else if (event.channel === 'brownout:state') {
      this.#watch(event, event.value);
      const text = JSON.stringify(event.value);
      this.published.set(
        event.machine,
        text.length > stateCharsMax ? `${text.slice(0, stateCharsMax)}…` : event.value,
      );
    }
  }

  /** Without a value the machine is down, and nothing that it said holds. */
  #watch(event: TraceEvent & { readonly machine: string }, value: Json | undefined): void {
    for (const entry of this.watched) entry.take(event.atNs, event.machine, value);
  }

  #log(event: TraceEvent & { readonly machine: string }, stream: LogLine['stream'], text: string): void {
    const kept = text.length > logCharsMax ? `${text.slice(0, logCharsMax)}… (cut)` : text;
    this.logs.push({
      seq: event.seq,
      atNs: event.atNs,
      machine: event.machine,
      stream,
      text: kept.trimEnd(),
    });
    if (this.logs.length > logLinesMax * 2) this.logs.splice(0, this.logs.length - logLinesMax);
  }
}
