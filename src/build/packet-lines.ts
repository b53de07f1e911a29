// The packets of a run in short, for pages that print a few of them: each TCP packet, and of HTTP which request or
// status it begins. Pure. Leaves payloads out: the engine's trace has none. Called by recorded-child.ts.
import type { TraceEvent } from '../datacenter/contract.ts';

export interface PacketLine {
  readonly atMs: number;
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly flags: string;
  readonly bytes: number;
  readonly lost?: string;
  /** `client`: sent by a machine where nobody asked before, which began the request. '' for no HTTP. */
  readonly by: 'client' | 'proxy' | '';
  /** 'GET /item?id=7', or ''. */
  readonly says: string;
}

type Packet = Extract<TraceEvent, { kind: 'packet' }>;
type Http = Extract<TraceEvent, { kind: 'http' }>;

export function packetLines(events: readonly TraceEvent[], clients: ReadonlySet<string>): PacketLine[] {
  const starts = events.filter(
    (event): event is Http & TraceEvent =>
      event.kind === 'http' && event.side === 'client' && event.phase === 'start',
  );
  const roads = new Map<string, (Http & TraceEvent)[]>();
  for (const start of starts) {
    const road = `${start.machine} ${start.peer}`;
    const known = roads.get(road);
    if (known === undefined) roads.set(road, [start]);
    else known.push(start);
  }
  return events.filter(isTcp).map((packet) => line(packet, roads, clients));
}

function isTcp(event: TraceEvent): event is Packet & TraceEvent {
  return event.kind === 'packet' && event.protocol === 'tcp';
}

/** A packet with data takes the oldest request that its machine has begun by then and not yet sent. */
function line(
  packet: Packet & TraceEvent,
  roads: ReadonlyMap<string, (Http & TraceEvent)[]>,
  clients: ReadonlySet<string>,
): PacketLine {
  const waiting = packet.bytes > 0 ? roads.get(`${packet.from} ${packet.to}`) : undefined;
  const first = waiting?.[0];
  const start = first !== undefined && first.atNs <= packet.atNs ? waiting?.shift() : undefined;
  return {
    atMs: packet.atNs / 1e6,
    from: packet.from,
    to: packet.to,
    fromPort: packet.fromPort,
    toPort: packet.toPort,
    flags: packet.flags,
    bytes: packet.bytes,
    ...(packet.lost === undefined ? {} : { lost: packet.lost }),
    by: start === undefined ? '' : clients.has(packet.from) ? 'client' : 'proxy',
    says: start === undefined ? '' : `${start.method} ${start.url}`,
  };
}
