// Every way between two machines of the cluster, and the doors on them. Does the deeds on links, opens and shuts doors
// as programs begin and cease to listen, and says which machine a port belongs to. Made by supervisor.ts.
import type { ClusterSpec, Deed, LinkSpec, LinkView } from '../../datacenter/contract.ts';
import type { DoorEnds } from './door.ts';
import { TcpDoor } from './tcp-door.ts';
import { UdpDoor } from './udp-door.ts';
import { type Chance, Way } from './way.ts';

/** Who reaches a machine's port through a door of its own. */
export interface DoorSpec {
  readonly from: string;
  readonly to: string;
  /** The port as the cluster file has it, the one of the door, and the one on which the program listens. */
  readonly named: number;
  readonly port: number;
  readonly target: number;
}

/** A piece that passes a link, for the trace. `afterMs` null: it waits until the link lets it through, or is lost. */
export interface Passing {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'tcp' | 'udp';
  readonly flags: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly bytes: number;
  readonly afterMs: number | null;
  readonly lost?: 'cut' | 'power' | 'loss';
}

interface Door {
  readonly spec: DoorSpec;
  readonly tcp: TcpDoor;
  readonly udp: UdpDoor;
}

export type LinkDeed = Extract<Deed, { readonly from: string }>;

export class Links {
  readonly #ways = new Map<string, Way>();
  readonly #doors: Door[] = [];
  readonly #cluster: ClusterSpec;
  readonly #chance: Chance;
  readonly #passing: (passing: Passing) => void;
  /** Machine by the port from which a door asks for it. */
  readonly #askers = new Map<number, string>();

  constructor(cluster: ClusterSpec, chance: Chance, passing: (passing: Passing) => void) {
    this.#cluster = cluster;
    this.#chance = chance;
    this.#passing = passing;
  }

  addDoor(spec: DoorSpec): void {
    const { from, to, named, port, target } = spec;
    const there = this.way(from, to);
    const back = this.way(to, from);
    const passed =
      (protocol: 'tcp' | 'udp'): DoorEnds['passed'] =>
      (isBack, flags, bytes, afterMs, askerPort) => {
        const way = isBack ? back : there;
        const [fromPort, toPort] = isBack ? [named, askerPort] : [askerPort, named];
        const lost = afterMs === null ? { lost: whyLost(way) } : {};
        this.#passing({
          from: way.from,
          to: way.to,
          protocol,
          flags,
          fromPort,
          toPort,
          bytes,
          afterMs,
          ...lost,
        });
      };
    const comesFrom = (own: number, isThere: boolean): void => {
      if (isThere) this.#askers.set(own, from);
      else if (this.#askers.get(own) === from) this.#askers.delete(own);
    };
    const ends = { there, back, port, target, comesFrom };
    const tcp = new TcpDoor({ ...ends, passed: passed('tcp') });
    const udp = new UdpDoor({ ...ends, passed: passed('udp') });
    this.#doors.push({ spec, tcp, udp });
  }

  way(from: string, to: string): Way {
    const key = `${from} ${to}`;
    let way = this.#ways.get(key);
    if (way === undefined) {
      way = new Way(from, to, this.#baseOf(from, to), this.#chance);
      this.#ways.set(key, way);
    }
    return way;
  }

  /** The machine behind a port of a connection to a program; '' where it came by no door. */
  askerAt(port: number): string {
    return this.#askers.get(port) ?? '';
  }

  /** The machine that a machine means by a port; '' where it is none of the cluster's. */
  machineAt(port: number): string {
    return this.#doors.find(({ spec }) => spec.port === port)?.spec.to ?? '';
  }

  /** Says that the programs of a machine listen on these ports, as `tcp 41003`, and no others. */
  listening(machine: string, listens: ReadonlySet<string>): void {
    for (const { spec, tcp, udp } of this.#doors) {
      if (spec.to !== machine) continue;
      tcp.setTarget(listens.has(`tcp ${spec.target}`));
      udp.setTarget(listens.has(`udp ${spec.target}`));
    }
  }

  /** Stops every way from and to a machine, or lets them go on. */
  hold(machine: string, reason: string, held: boolean): void {
    const others = this.#cluster.machines.map(({ name }) => name).filter((name) => name !== machine);
    for (const other of [...others, OUTSIDE])
      for (const way of [this.way(machine, other), this.way(other, machine)])
        if (held) way.stop(reason);
        else way.start(reason);
    this.#look();
  }

  do(deed: LinkDeed): void {
    const ways = [this.way(deed.from, deed.to)];
    if (deed.oneWay !== true) ways.push(this.way(deed.to, deed.from));
    for (const way of ways) put(way, deed);
    this.#look();
  }

  views(): LinkView[] {
    const names = this.#cluster.machines.map(({ name }) => name);
    return names.flatMap((a, index) =>
      names.slice(index + 1).flatMap((b) => {
        if (!this.#ways.has(`${a} ${b}`) && !this.#ways.has(`${b} ${a}`)) return [];
        return [viewOf(this.way(a, b), this.way(b, a))];
      }),
    );
  }

  close(): void {
    for (const { tcp, udp } of this.#doors) {
      tcp.close();
      udp.close();
    }
  }

  #look(): void {
    for (const { tcp, udp } of this.#doors) {
      tcp.look();
      udp.look();
    }
  }

  #baseOf(from: string, to: string): LinkSpec {
    const { between = [], default: usual = {} } = this.#cluster.links ?? {};
    const own = between.find(({ a, b }) => (a === from && b === to) || (a === to && b === from));
    return own ?? (from === OUTSIDE || to === OUTSIDE ? {} : usual);
  }
}

/** Whoever is on this computer and no machine of the cluster. */
export const OUTSIDE = 'outside';

function whyLost(way: Way): 'cut' | 'power' | 'loss' {
  if (way.isOpen) return 'loss';
  return way.isStoppedBy('cut') ? 'cut' : 'power';
}

function put(way: Way, deed: LinkDeed): void {
  switch (deed.do) {
    case 'cut':
      way.stop('cut');
      break;
    case 'mend':
      way.mend();
      break;
    case 'delay':
      way.delayMs = deed.ms;
      break;
    case 'jitter':
      way.jitterMs = deed.ms;
      break;
    case 'reorder':
      way.reorder = { chance: deed.chance, ms: deed.ms };
      break;
    case 'slow':
      way.kilobitsPerSecond = deed.kilobitsPerSecond;
      break;
    default:
      way[deed.do] = deed.chance;
  }
}

function viewOf(there: Way, back: Way): LinkView {
  const pair = (of: (way: Way) => number): readonly [number, number] => [of(there), of(back)];
  const some = (name: string, of: (way: Way) => number): object =>
    of(there) === 0 && of(back) === 0 ? {} : { [name]: pair(of) };
  return {
    a: there.from,
    b: there.to,
    cut: [there.isStoppedBy('cut'), back.isStoppedBy('cut')],
    delayMs: pair((way) => way.delayMs),
    loss: pair((way) => way.loss),
    ...some('jitterMs', (way) => way.jitterMs),
    ...some('duplicate', (way) => way.duplicate),
    ...some('reorder', (way) => way.reorder.chance),
    ...some('corrupt', (way) => way.corrupt),
    ...some('kilobitsPerSecond', (way) => way.kilobitsPerSecond),
  };
}
