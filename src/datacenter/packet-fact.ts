// A packet as the trace tells it. Called by run.ts for every packet that the fabric observes.
// Refuses payloads: the trace counts bytes, a capture has them.
import { formatTcpFlags } from './base/tcp-flags.ts';
import type { TraceFact } from './contract.ts';
import type { Fabric } from './network/fabric.ts';
import type { LossReason, Packet } from './network/packet.ts';

export function packetFact(
  fabric: Fabric,
  packet: Packet,
  arrivesNs: number | null,
  lost: LossReason | null,
): TraceFact {
  return {
    kind: 'packet',
    from: fabric.nameOf(packet.from),
    to: fabric.nameOf(packet.to),
    protocol: packet.protocol,
    flags: packet.protocol === 'tcp' ? formatTcpFlags(packet.flags) : '',
    fromPort: packet.sourcePort,
    toPort: packet.destinationPort,
    bytes: packet.payload.length,
    arrivesNs,
    ...(lost === null ? {} : { lost }),
  };
}
