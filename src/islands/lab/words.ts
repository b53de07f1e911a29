// The lab's words: states, deeds, times, and one sentence on what each deed is in the real world.
// Pure; every text that the cockpit shows about a machine, link or event is made here, so tests can freeze it.
import type {
  Action,
  Deed,
  DiskDeed,
  MachineDeed,
  MachineState,
  TraceEvent,
} from '../../datacenter/contract.ts';
import { CONSOLE } from '../../runtime/console.ts';

/** Shape and word stand beside color, so no state is told by color alone. */
export interface StateWords {
  readonly mark: string;
  readonly word: string;
  readonly tone: 'ok' | 'slow' | 'down' | 'ice';
}

export const stateWords: Readonly<Record<MachineState, StateWords>> = {
  up: { mark: '●', word: 'up', tone: 'ok' },
  frozen: { mark: '◆', word: 'frozen', tone: 'ice' },
  off: { mark: '■', word: 'no power', tone: 'down' },
  killed: { mark: '✕', word: 'killed', tone: 'down' },
  exited: { mark: '○', word: 'exited', tone: 'slow' },
  crashed: { mark: '▲', word: 'crashed', tone: 'down' },
};

/** What each deed is in the real world comes from content/engine/deeds.yml, with the lab's data. */
export const machineDeedLabels: Readonly<Record<MachineDeed, string>> = {
  kill: 'Kill',
  freeze: 'Freeze',
  thaw: 'Thaw',
  powerOff: 'Power off',
  restart: 'Restart',
  replace: 'Replace',
};

const done: Readonly<Record<MachineDeed, string>> = {
  kill: 'killed',
  freeze: 'frozen',
  thaw: 'thawed',
  powerOff: 'lost power',
  restart: 'restarted',
  replace: 'replaced',
};

const diskDeeds: Readonly<Record<DiskDeed | 'slowDisk', { readonly label: string; readonly done: string }>> =
  {
    slowDisk: { label: 'Slow disk of', done: 'got a slow disk' },
    fullDisk: { label: 'Full disk of', done: 'got a full disk' },
    failDisk: { label: 'Failing disk of', done: 'got a failing disk' },
    mendDisk: { label: 'Mend disk of', done: 'got its disk mended' },
  };

function isOnDisk(word: string): word is keyof typeof diskDeeds {
  return word in diskDeeds;
}

/** Which deeds make sense for a machine in a state. */
export function allowedDeeds(state: MachineState): ReadonlySet<MachineDeed> {
  if (state === 'up') return new Set(['kill', 'freeze', 'powerOff', 'restart']);
  if (state === 'frozen') return new Set(['kill', 'thaw', 'powerOff', 'restart']);
  if (state === 'off') return new Set(['restart']);
  return new Set(['powerOff', 'restart']);
}

/** `Kill app2`, `Cut balancer to app2, one way`: a mark on the strip. */
export function deedLabel(deed: Deed): string {
  if (deed.do === 'edit') return `Edit ${deed.path}`;
  if (deed.do === 'input') return inputLabel(deed);
  if ('machine' in deed) {
    const label = isOnDisk(deed.do) ? diskDeeds[deed.do].label : machineDeedLabels[deed.do];
    return `${label} ${deed.machine}${machineAmount(deed)}`;
  }
  const ends = deed.oneWay === true ? `${deed.from} → ${deed.to}` : `${deed.from} – ${deed.to}`;
  const word = `${deed.do.charAt(0).toUpperCase()}${deed.do.slice(1)}`;
  const amount = linkAmount(deed);
  return amount === null ? `No ${deed.do} ${ends}` : `${word} ${ends}${amount}`;
}

function machineAmount(deed: Extract<Deed, { machine: string }>): string {
  if (deed.do === 'slowDisk') return ` by ${deed.ms} ms`;
  return deed.do === 'powerOff' && deed.torn === true ? ', writes torn' : '';
}

/** ` 200 ms`, ` 5%`; null for the amount that takes a fault away. */
function linkAmount(deed: Extract<Deed, { from: string }>): string | null {
  switch (deed.do) {
    case 'cut':
    case 'mend':
      return '';
    case 'delay':
    case 'jitter':
      return deed.ms === 0 ? null : ` ${deed.ms} ms`;
    case 'slow':
      return deed.kilobitsPerSecond === 0 ? null : ` ${deed.kilobitsPerSecond} kbit/s`;
    case 'reorder':
      return deed.chance === 0 ? null : ` ${share(deed.chance)}, ${deed.ms} ms`;
    default:
      return deed.chance === 0 ? null : ` ${share(deed.chance)}`;
  }
}

/** 0.05 as `5%`. */
export function share(chance: number): string {
  return `${Math.round(chance * 1000) / 10}%`;
}

/** A turned dial by its values: `clients: ratePerSecond 120`. */
function inputLabel({ machine, text }: Extract<Deed, { do: 'input' }>): string {
  const values = dialValues(text);
  if (machine === CONSOLE) return `${CONSOLE}$ ${typedWords(text)}`;
  if (values === null) return `Type to ${machine}`;
  return `${machine}: ${Object.entries(values)
    .map(([field, value]) => `${field} ${value}`)
    .join(', ')}`;
}

/** What was typed to a terminal, short enough for a mark. */
function typedWords(text: string): string {
  const line = text.replaceAll('\x03', '^C').trim().split('\n')[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** The values of a line that turns dials; null for other input. */
export function dialValues(line: string): Readonly<Record<string, string | number>> | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.length > 8) return null;
  const plain = entries.every(
    ([field, each]) =>
      field.length <= 40 && (typeof each === 'number' || (typeof each === 'string' && each.length <= 40)),
  );
  return plain ? (value as Record<string, string | number>) : null;
}

/** `app2 killed at 12.0 s`: the same, told after the fact. */
export function actionSentence(action: Action): string {
  const at = `at ${seconds(action.atNs)}`;
  if (action.do === 'input' && action.machine === CONSOLE)
    return `You typed ${typedWords(action.text)} ${at}`;
  if (action.do === 'input') return `typed to ${action.machine} ${at}`;
  if ('machine' in action) {
    const what = isOnDisk(action.do) ? diskDeeds[action.do].done : done[action.do];
    return `${action.machine} ${what} ${at}`;
  }
  return `${deedLabel(action)} ${at}`;
}

/** Nanoseconds as seconds in words: `12.0 s`. */
export function seconds(ns: number, digits = 1): string {
  return `${(ns / 1e9).toFixed(digits)} s`;
}

/** Latency as one reads it: `4.2 ms`, `310 ms`, `1.9 s`; a dash where there is none. */
export function latency(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** The next number that reads well on an axis. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8].find((one) => one * power >= value - 1e-9) ?? 10) * power;
}

const flagWords: Readonly<Record<string, string>> = {
  S: 'asks to connect',
  'S.': 'accepts the connection',
  '.': 'acknowledges',
  R: 'resets the connection',
  'R.': 'resets the connection',
  'F.': 'closes its side',
};

/** One line of the trace in words, without its time. */
export function eventSentence(event: TraceEvent): string {
  switch (event.kind) {
    case 'action':
      return `you: ${deedLabel(event.action)}`;
    case 'machine':
      return `${event.machine} is ${stateWords[event.state].word}: ${event.why}`;
    case 'log':
      return `${event.machine} writes: ${event.text.trimEnd()}`;
    case 'packet': {
      const what =
        event.bytes > 0 ? `sends ${event.bytes} bytes to` : `${flagWords[event.flags] ?? event.flags}:`;
      const end = event.arrivesNs === null ? `, lost (${event.lost ?? 'gone'})` : '';
      return `${event.from} ${what} ${event.to}:${event.toPort}${end}`;
    }
    case 'http':
      return httpSentence(event);
    case 'publish':
      return `${event.machine} publishes ${event.channel}`;
  }
}

function httpSentence(event: Extract<TraceEvent, { kind: 'http' }>): string {
  const request = `${event.method} ${event.url}`;
  if (event.phase === 'error') return `${event.machine}: ${request} failed: ${event.error ?? 'no answer'}`;
  const status = event.status === undefined ? '' : ` ${event.status}`;
  if (event.side === 'server') {
    return event.phase === 'start'
      ? `${event.machine} receives ${request}`
      : `${event.machine} has answered ${request}${status}`;
  }
  return event.phase === 'start'
    ? `${event.machine} asks ${event.peer} for ${request}`
    : `${event.machine} has its answer to ${request}${status}`;
}

export function laterDropped(count: number): string {
  const what = count === 1 ? 'The later action was' : `The ${count} later actions were`;
  return `${what} dropped: you did something else at this moment, so the run is another one from here on.`;
}
