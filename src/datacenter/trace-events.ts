// The events that most of a trace is made of, packets and HTTP messages, each made in one piece: `seq` and `atNs` are
// the trace's next number and the present. Refuses payloads: the trace counts bytes, a capture has them.
// Called by run.ts.
import { formatTcpFlags } from './base/tcp-flags.ts';
import type { TraceEvent } from './contract.ts';
import type { Fabric } from './network/fabric.ts';
import type { LossReason, Packet } from './network/packet.ts';
import type { ProgramFact } from './node/program.ts';

export function packetEvent(
  seq: number,
  atNs: number,
  fabric: Fabric,
  packet: Packet,
  arrivesNs: number | null,
  lost: LossReason | null,
): TraceEvent {
  const event = {
    seq,
    atNs,
    kind: 'packet' as const,
    from: fabric.nameOf(packet.from),
    to: fabric.nameOf(packet.to),
    protocol: packet.protocol,
    flags: packet.protocol === 'tcp' ? formatTcpFlags(packet.flags) : '',
    fromPort: packet.sourcePort,
    toPort: packet.destinationPort,
    bytes: packet.payload.length,
    arrivesNs,
  };
  return lost === null ? event : { ...event, lost };
}

export function httpEvent(
  seq: number,
  atNs: number,
  fact: Extract<ProgramFact, { kind: 'http' }>,
  machine: string,
  peer: string,
): TraceEvent {
  const { kind, side, phase, id, method, url, status, error } = fact;
  if (error !== undefined) return { seq, atNs, ...fact, peer, machine };
  return status === undefined
    ? { seq, atNs, kind, side, phase, id, method, url, peer, machine }
    : { seq, atNs, kind, side, phase, id, method, url, peer, status, machine };
}
