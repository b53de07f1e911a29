// Carries packets between machines: finds who holds the destination address, asks the rules of that
// direction, and has the arrival scheduled. Knows no clock (the scheduler decides when) and no protocol.
// Called by kernels (send), by the door (attach, power, rules, views); tells every packet to an observer.

import { isLoopback } from '../base/address.ts';
import { assert } from '../base/assert.ts';
import type { Random } from '../base/random.ts';
import type { Scheduler } from '../base/timeline.ts';
import type { ClusterSpec, LinkSpec, LinkView } from '../contract.ts';
import type { Tap } from './capture.ts';
import { Direction } from './direction.ts';
import type { LossReason, NodeId, Packet } from './packet.ts';
import { jitter } from './rules/jitter.ts';
import type { Rule, RuleView } from './rules/rule.ts';
import { slow } from './rules/slow.ts';

export interface FabricOptions {
  readonly scheduler: Scheduler;
  /** Split per direction: faults on one link never change the chances on another. */
  readonly random: Random;
  readonly links?: ClusterSpec['links'];
  /**
   * Hears of each packet when it is sent: with its arrival time, or with null and the reason where it never
   * arrives. A packet whose receiver loses power while it is under way is told of twice: the second time
   * when it would have arrived, with (null, 'power'). One that arrives twice is told of once for each arrival.
   * Packets that a machine sends to itself are told too.
   */
  readonly observe: (packet: Packet, arrivesNs: number | null, reason: LossReason | null) => void;
}

export interface NodeOptions {
  readonly name: string;
  /** Unsigned 32-bit, see base/address.ts. */
  readonly address: number;
  readonly receive: (packet: Packet) => void;
}

/** One way between machines where the cluster says nothing else. */
const LATENCY_MS_DEFAULT = 0.25;
/** From a machine to itself: about what a Linux kernel takes for a packet over `lo`. */
const LOOPBACK_NS = 10_000;

const RARE = ['jitterMs', 'duplicate', 'reorder', 'corrupt', 'kilobitsPerSecond'] as const;

class Node {
  powered = true;
  /** By id of the receiver; filled when first needed. */
  readonly directions: (Direction | undefined)[] = [];
  readonly name: string;
  readonly address: number;
  readonly receive: (packet: Packet) => void;
  constructor(options: NodeOptions) {
    this.name = options.name;
    this.address = options.address;
    this.receive = options.receive;
  }
}

export class Fabric {
  /** Records packets; null where nobody wants that. */
  tap: Tap | null = null;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #observe: FabricOptions['observe'];
  readonly #nodes: Node[] = [];
  readonly #idByAddress = new Map<number, NodeId>();
  readonly #idByName = new Map<string, NodeId>();
  readonly #defaultLink: LinkSpec;
  readonly #linkByNames = new Map<string, LinkSpec>();

  constructor(options: FabricOptions) {
    this.#scheduler = options.scheduler;
    this.#random = options.random;
    this.#observe = options.observe;
    this.#defaultLink = options.links?.default ?? {};
    for (const link of options.links?.between ?? []) {
      this.#linkByNames.set(pairKey(link.a, link.b), link);
      this.#linkByNames.set(pairKey(link.b, link.a), link);
    }
  }

  /** Plugs a machine in. Names and addresses are unique on a fabric. */
  attach(options: NodeOptions): NodeId {
    assert(!this.#idByName.has(options.name), `only one machine is named ${options.name}`);
    assert(!this.#idByAddress.has(options.address), `only one machine has the address of ${options.name}`);
    const id = this.#nodes.length;
    this.#nodes.push(new Node(options));
    this.#idByName.set(options.name, id);
    this.#idByAddress.set(options.address, id);
    return id;
  }

  idOf(name: string): NodeId | undefined {
    return this.#idByName.get(name);
  }

  idOfAddress(address: number): NodeId | undefined {
    return this.#idByAddress.get(address);
  }

  nameOf(id: NodeId): string {
    return this.#node(id).name;
  }

  addressOf(id: NodeId): number {
    return this.#node(id).address;
  }

  /** A machine without power receives nothing, and must send nothing. Machines start with power. */
  setPower(id: NodeId, on: boolean): void {
    this.#node(id).powered = on;
  }

  /**
   * Sends on behalf of machine `from`. A packet to an address that nobody holds vanishes and is told to no
   * one: there is no `to` for it (a real host would give EHOSTUNREACH after ARP; here TCP times out).
   */
  send(from: NodeId, packet: Packet): void {
    const sender = this.#node(from);
    assert(sender.powered, `${sender.name} sends nothing while its power is off`);
    const address = packet.destinationAddress;
    const to = address === sender.address || isLoopback(address) ? from : this.#idByAddress.get(address);
    if (to === undefined) return;
    packet.from = from;
    packet.to = to;
    const nowNs = this.#scheduler.nowNs;
    let arrivesNs = nowNs + LOOPBACK_NS;
    let copies = 1;
    this.tap?.sent(packet, nowNs);
    if (to !== from) {
      const direction = sender.directions[to] ?? this.#direction(from, to);
      arrivesNs = direction.decide(packet, nowNs);
      if (direction.lostBy !== null) {
        this.#observe(packet, null, direction.lostBy);
        return;
      }
      if (direction.isDoubled) copies = 2;
    }
    const receiver = this.#node(to);
    if (!receiver.powered) {
      this.#observe(packet, null, 'power');
      return;
    }
    for (; copies > 0; copies--) {
      this.#observe(packet, arrivesNs, null);
      this.#scheduler.schedule(arrivesNs, () => {
        if (!receiver.powered) {
          this.#observe(packet, null, 'power');
          return;
        }
        this.tap?.arrived(packet, arrivesNs);
        receiver.receive(packet);
      });
    }
  }

  /** Lays a rule on one direction; the returned function takes it away. Packets under way still arrive. */
  addRule(from: NodeId, to: NodeId, rule: Rule): () => void {
    assert(from !== to, 'a machine reaches itself without a link');
    return this.#direction(from, to).addRule(rule);
  }

  /** Links that the cluster names, that were used, or that rules lie on; by order of machines. */
  links(): LinkView[] {
    const views: LinkView[] = [];
    for (let a = 0; a < this.#nodes.length; a++) {
      for (let b = a + 1; b < this.#nodes.length; b++) {
        const there = this.#node(a).directions[b];
        const back = this.#node(b).directions[a];
        const named = this.#linkByNames.has(pairKey(this.nameOf(a), this.nameOf(b)));
        if (there === undefined && back === undefined && !named) continue;
        views.push(this.link(a, b));
      }
    }
    return views;
  }

  /** What the rules do to the link now, a→b first: 0 and false on a link that nobody touched. */
  link(a: NodeId, b: NodeId): LinkView {
    const there = this.#direction(a, b).view();
    const back = this.#direction(b, a).view();
    return {
      a: this.nameOf(a),
      b: this.nameOf(b),
      cut: [there.cut, back.cut],
      delayMs: [there.delayMs, back.delayMs],
      loss: [there.loss, back.loss],
      ...moreOf(there, back),
    };
  }

  #node(id: NodeId): Node {
    const node = this.#nodes[id];
    assert(node !== undefined, `machine ${id} is attached to the fabric`);
    return node;
  }

  #direction(from: NodeId, to: NodeId): Direction {
    const sender = this.#node(from);
    const known = sender.directions[to];
    if (known !== undefined) return known;
    const names = pairKey(sender.name, this.nameOf(to));
    const spec = this.#linkByNames.get(names);
    const latencyMs = spec?.latencyMs ?? this.#defaultLink.latencyMs ?? LATENCY_MS_DEFAULT;
    const loss = spec?.loss ?? this.#defaultLink.loss ?? 0;
    const jitterMs = spec?.jitterMs ?? this.#defaultLink.jitterMs ?? 0;
    const speed = spec?.kilobitsPerSecond ?? this.#defaultLink.kilobitsPerSecond ?? 0;
    const own = [...(speed > 0 ? [slow(speed)] : []), ...(jitterMs > 0 ? [jitter(jitterMs)] : [])];
    const made = new Direction(Math.round(latencyMs * 1e6), loss, this.#random.split(names), own);
    // Filled without holes, so that the list stays a packed array.
    while (sender.directions.length <= to) sender.directions.push(undefined);
    sender.directions[to] = made;
    return made;
  }
}

function pairKey(from: string, to: string): string {
  return `${from}>${to}`;
}

/** The kinds of faults that lie on one direction at least, both directions of each. */
function moreOf(there: RuleView, back: RuleView): Partial<LinkView> {
  const more: Partial<Record<(typeof RARE)[number], [number, number]>> = {};
  for (const kind of RARE) if (there[kind] + back[kind] > 0) more[kind] = [there[kind], back[kind]];
  return more;
}
