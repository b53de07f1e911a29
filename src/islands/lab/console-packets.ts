// `tcpdump` and `ss` of the Console: answered from the trace, because a guest of the data center sees neither packets nor
// other programs' sockets. The lines look as the tools' own do, without what the trace has not: sequence numbers, windows
// and queues. Pure; refuses words it does not know. Called by console.tsx.
import type { TraceEvent } from '../../datacenter/contract.ts';

type Packet = Extract<TraceEvent, { kind: 'packet' }>;

export const tcpdumpHelp = `tcpdump [-c N] [host NAME] [and] [port N] [and] [tcp | udp | icmp]
Shows packets as they are sent, beside the terminal, until Stop. It is no program of the machine: the lab
reads the trace, so it sees every link, and has neither sequence numbers nor windows to show.`;
export const ssHelp = `ss [MACHINE]
Shows which TCP connections a machine has, told from the packets that it sent and got. It is no program of
the machine: the lab reads the trace. What the machine itself knows and never said is not in it.`;

export interface Filter {
  readonly host?: string;
  readonly port?: number;
  readonly protocol?: string;
  /** Stops after so many packets. */
  readonly count: number;
}

/** What the words after `tcpdump` ask for, or what is wrong with them. */
export function readFilter(words: readonly string[]): Filter | string {
  const filter: { host?: string; port?: number; protocol?: string; count: number } = {
    count: Number.POSITIVE_INFINITY,
  };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const next = words[index + 1] ?? '';
    if (word === 'and' || word === '-n' || word === '-nn') continue;
    if (/^(?:tcp|udp|icmp)$/.test(word)) {
      filter.protocol = word;
      continue;
    }
    index += 1;
    if (word === 'host' && next !== '') filter.host = next;
    else if (word === 'port' && /^\d{1,5}$/.test(next)) filter.port = Number(next);
    else if (word === '-c' && /^[1-9]\d{0,4}$/.test(next)) filter.count = Number(next);
    else return `tcpdump: can't parse '${word}${next === '' ? '' : ` ${next}`}'. Try tcpdump --help.`;
  }
  return filter;
}

export function matches({ host, port, protocol }: Filter, packet: Packet): boolean {
  return (
    (host === undefined || packet.from === host || packet.to === host) &&
    (port === undefined || packet.fromPort === port || packet.toPort === port) &&
    (protocol === undefined || packet.protocol === protocol)
  );
}

/** `00:00:01.000250 IP you.49152 > balancer.80: Flags [P.], length 93`: hours of the run, not of the day. */
export function packetLine(packet: Packet): string {
  const { atNs, protocol, from, fromPort, to, toPort, flags, bytes, lost } = packet;
  const seconds = atNs / 1e9;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const fraction = String(Math.floor((atNs % 1e9) / 1e3)).padStart(6, '0');
  const time = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${fraction}`;
  const fate = lost === undefined ? '' : ` (lost: ${lost})`;
  if (protocol === 'icmp') return `${time} IP ${from} > ${to}: ICMP port unreachable, length ${bytes}${fate}`;
  const kind = protocol === 'udp' ? 'UDP' : `Flags [${flags}]`;
  return `${time} IP ${from}.${fromPort} > ${to}.${toPort}: ${kind}, length ${bytes}${fate}`;
}

interface Connection {
  /** Who asked for it. */
  readonly client: string;
  readonly server: string;
  state: 'SYN-SENT' | 'SYN-RECV' | 'ESTAB';
  /** Ends that have closed their side. */
  readonly closed: Set<string>;
}

/** Follows every connection of a run from its first packet on. */
export class Connections {
  readonly #open = new Map<string, Connection>();
  #isWhole = false;

  /** False where it has not seen the run from its start. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  take(event: TraceEvent): void {
    if (event.seq === 0) {
      this.#open.clear();
      this.#isWhole = true;
    }
    if (event.kind === 'packet' && event.protocol === 'tcp' && event.arrivesNs !== null) this.#packet(event);
  }

  #packet(packet: Packet): void {
    const from = `${packet.from}:${packet.fromPort}`;
    const to = `${packet.to}:${packet.toPort}`;
    const { flags } = packet;
    if (flags === 'S') {
      this.#open.set(`${from} ${to}`, { client: from, server: to, state: 'SYN-SENT', closed: new Set() });
      return;
    }
    const key = this.#open.has(`${from} ${to}`) ? `${from} ${to}` : `${to} ${from}`;
    const connection = this.#open.get(key);
    if (connection === undefined) return;
    if (flags === 'S.') connection.state = 'SYN-RECV';
    else if (flags.includes('R')) this.#open.delete(key);
    else if (flags.includes('F')) connection.closed.add(from);
    else if (connection.state === 'SYN-RECV' && from === connection.client) connection.state = 'ESTAB';
    if (connection.closed.size === 2) this.#open.delete(key);
  }

  /** As `ss -t` prints them; of one machine, seen from its side, or of all. */
  lines(machine: string | undefined): string[] {
    const rows = [...this.#open.values()].flatMap((each) =>
      [each.client, each.server]
        .filter((end) => (machine === undefined ? end === each.client : end.startsWith(`${machine}:`)))
        .map((end) => [stateOf(each, end), end, end === each.client ? each.server : each.client] as const),
    );
    rows.sort((a, b) => (a.join(' ') < b.join(' ') ? -1 : 1));
    const table = [['State', 'Local', 'Peer'] as const, ...rows];
    return table.map(([state, local, peer]) => `${state.padEnd(12)}${local.padEnd(24)}${peer}`);
  }
}

function stateOf({ state, closed }: Connection, end: string): string {
  if (closed.has(end)) return 'FIN-WAIT';
  return closed.size > 0 ? 'CLOSE-WAIT' : state;
}
