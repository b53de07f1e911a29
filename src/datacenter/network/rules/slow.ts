// A narrow link: packets leave one after the other at its speed, the others wait in a queue, and what does not
// fit the queue is dropped (drop-tail). Refuses fair queueing: all connections share one line.
// Called by faults.ts for the deed 'slow', and by the fabric for links that the cluster describes so.

import { assert } from '../../base/assert.ts';
import type { Packet } from '../packet.ts';
import { NOTHING_TO_SEE, type Rule, type Verdict } from './rule.ts';

/** What may wait, in bytes: about one full TCP window, as in a small router. */
export const QUEUE_BYTES = 65_536;
/** Ethernet, IPv4 and TCP headers: 14, 20 and 20 bytes; UDP's and ICMP's have 8 in place of TCP's 20. */
const TCP_HEADERS_BYTES = 54;
const OTHER_HEADERS_BYTES = 42;

const DROP: Verdict = { kind: 'drop', reason: 'queue' };

/** Carries `kilobitsPerSecond` thousand bits a second, headers counted. */
export function slow(kilobitsPerSecond: number): Rule {
  assert(kilobitsPerSecond > 0 && Number.isFinite(kilobitsPerSecond), 'a link carries something');
  const nsPerByte = 8e6 / kilobitsPerSecond;
  const waitNsMax = QUEUE_BYTES * nsPerByte;
  let freeAtNs = 0;
  return {
    judge: (packet, _random, nowNs) => {
      const startNs = Math.max(freeAtNs, nowNs);
      if (startNs - nowNs > waitNsMax) return DROP;
      freeAtNs = startNs + Math.ceil(wireBytes(packet) * nsPerByte);
      return { kind: 'delay', ns: freeAtNs - nowNs, overtakes: false };
    },
    view: { ...NOTHING_TO_SEE, kilobitsPerSecond },
  };
}

function wireBytes(packet: Packet): number {
  return packet.payload.length + (packet.protocol === 'tcp' ? TCP_HEADERS_BYTES : OTHER_HEADERS_BYTES);
}
