// What travels between machines: one IPv4 packet with the fields of its TCP, UDP or ICMP header, as numbers that a
// capture can write out as they are. Types and one maker. Kernels make packets, the fabric moves them;
// nobody changes one after it was handed to the fabric.

/** Index of a machine on the fabric, in order of attaching. */
export type NodeId = number;

/**
 * One flat shape for all protocols, so that the engine's hottest object stays monomorphic and is one
 * allocation. For UDP `flags`, `sequence`, `acknowledgment` and `window` are 0. ICMP is always port unreachable:
 * from the closed port to the one that sent there, `sequence` is the payload size of the datagram it is about.
 */
export interface Packet {
  /** Set by the fabric from the sender and the destination address. */
  from: NodeId;
  to: NodeId;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** Unsigned 32-bit, see base/address.ts. */
  readonly sourceAddress: number;
  readonly destinationAddress: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Bits of base/tcp-flags.ts. */
  readonly flags: number;
  /** Unsigned 32-bit sequence and acknowledgment numbers, and window in bytes, as on the wire. */
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly window: number;
  /** May be a view of what the sending program wrote: read only. */
  readonly payload: Uint8Array;
}

/** Why a packet never arrives. `corrupt`: its checksum was wrong. `queue`: a narrow link's queue was full. */
export type LossReason = 'cut' | 'loss' | 'power' | 'corrupt' | 'queue';
