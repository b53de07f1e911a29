// What a connection does with a segment that arrives: RFC 9293, 3.10.7, step by step, with the checks of
// RFC 5961 against forged resets. Sequence numbers become offsets from the peer's first one here, and nothing
// behind this file sees them wrap around. Called by tcp-stack.ts for segments whose connection is known.

import { NO_BYTES } from '../base/bytes.ts';
import { ACK, FIN, RST, SYN } from '../base/tcp-flags.ts';
import type { Scheduler } from '../base/timeline.ts';
import type { Packet } from '../network/packet.ts';
import { TO_ITSELF_NS } from './tcp-constants.ts';
import type { TcpConnection } from './tcp-socket.ts';

/** Handles one segment and, last of all, wakes the owner where there is news. */
export function arrive(connection: TcpConnection, packet: Packet, scheduler: Scheduler): void {
  connection.keepAlive.heard();
  // A machine that connects to itself has the whole handshake behind it when the client hears: the server hears first.
  const isToItself = connection.state === 'SYN_SENT' && connection.localAddress === connection.remoteAddress;
  if (connection.state === 'SYN_SENT') arriveInSynSent(connection, packet);
  else arriveSynchronized(connection, packet);
  const isLate = isToItself && connection.wakeDue;
  if (isLate) connection.wakeDue = false;
  connection.settle();
  if (connection.listener?.news) connection.listener.tell();
  if (!isLate) return;
  scheduler.schedule(scheduler.nowNs + TO_ITSELF_NS, () => {
    if (connection.state !== 'CLOSED') connection.wake();
  });
}

/** RFC 9293, 3.10.7.3. */
function arriveInSynSent(connection: TcpConnection, packet: Packet): void {
  const { flags } = packet;
  const expected = (connection.initialSequence + 1) >>> 0;
  if (flags & ACK && packet.acknowledgment !== expected) {
    if (!(flags & RST)) {
      connection.transmit(RST, packet.acknowledgment - connection.initialSequence, NO_BYTES);
    }
    return;
  }
  if (flags & RST) {
    if (flags & ACK) connection.fail('ECONNREFUSED');
    return;
  }
  if (!(flags & SYN)) return;
  connection.initialRemoteSequence = packet.sequence;
  connection.receiving.open();
  if (flags & ACK) {
    connection.establish();
    connection.acknowledging.due = true;
    connection.sending.acknowledge(1, packet.window, 0, false);
  } else {
    connection.state = 'SYN_RECEIVED';
    connection.sending.reopen(SYN | ACK);
  }
}

/** RFC 9293, 3.10.7.4, for every state with both sequence numbers known. */
function arriveSynchronized(connection: TcpConnection, packet: Packet): void {
  const { receiving } = connection;
  const { flags, payload } = packet;
  const wireNext = connection.initialRemoteSequence + receiving.next;
  const offset = receiving.next + ((packet.sequence - wireNext) | 0);
  const end = offset + payload.length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0);

  // First: does it touch the window? Also answers keepalive and window probes, which lie just before it.
  if (!receiving.touches(offset, end)) {
    if (flags & RST) return;
    connection.acknowledging.due = true;
    // The peer repeats what we have: it lacks our last acknowledgment (as Linux's tcp_timewait_state_process).
    if (connection.state === 'TIME_WAIT') connection.waitOut();
    return;
  }
  // Second: RST, believed only at the very next offset, else challenged (RFC 5961, 3.2).
  if (flags & RST) {
    if (offset === receiving.next) resetByPeer(connection);
    else connection.acknowledging.due = true;
    return;
  }
  // Fourth: SYN. In a handshake it may be a repeated or crossing one; later it is challenged (RFC 5961, 4.2).
  if (flags & SYN && !isHandshakeSyn(connection, packet, offset)) {
    connection.acknowledging.due = true;
    return;
  }
  // Fifth: ACK.
  if (!(flags & ACK)) return;
  if (!arriveAck(connection, packet, offset)) return;
  // Seventh and eighth: data and FIN.
  if (payload.length > 0 || flags & FIN) arriveData(connection, packet, offset);
}

/**
 * Both directions done but for our FIN (CLOSING, LAST_ACK, TIME_WAIT): the end, without an error (RFC 9293,
 * 3.10.7.4). As in Linux, it is one where data of ours may have been lost.
 */
function resetByPeer(connection: TcpConnection): void {
  if (connection.receiving.finished && connection.sending.dataAcknowledged) connection.destroy(null);
  else if (connection.state === 'SYN_RECEIVED' && connection.listener === null)
    connection.fail('ECONNREFUSED');
  // As Linux's tcp_reset: who has read the peer's end can only have been writing.
  else connection.fail(connection.state === 'CLOSE_WAIT' ? 'EPIPE' : 'ECONNRESET');
}

/** A SYN that belongs to the handshake under way. One that was answered already is answered again. */
function isHandshakeSyn(connection: TcpConnection, packet: Packet, offset: number): boolean {
  if (connection.state !== 'SYN_RECEIVED' || offset !== 0) return false;
  if (!(packet.flags & ACK)) connection.sending.repeatFirst();
  return true;
}

/** False where the segment is to be dropped, or the connection ended by it. */
function arriveAck(connection: TcpConnection, packet: Packet, offset: number): boolean {
  const { sending } = connection;
  const wireUnacknowledged = connection.initialSequence + sending.unacknowledged;
  const acknowledged = sending.unacknowledged + ((packet.acknowledgment - wireUnacknowledged) | 0);
  if (acknowledged > sending.next) {
    connection.acknowledging.due = true;
    return false;
  }
  if (connection.state === 'SYN_RECEIVED') {
    if (acknowledged < 1) return false;
    const { listener } = connection;
    if (listener?.full) return false; // the client believes it is connected; it will send again
    connection.establish();
    listener?.complete(connection);
  }
  const bare = packet.payload.length === 0 && !(packet.flags & FIN);
  sending.acknowledge(acknowledged, packet.window, offset, bare);
  if (sending.finAcknowledged) connection.finAcknowledged();
  return connection.state !== 'CLOSED';
}

function arriveData(connection: TcpConnection, packet: Packet, offset: number): void {
  const { receiving } = connection;
  const { payload } = packet;
  if (receiving.finished) {
    // Only the peer's FIN again: our acknowledgment of it was lost.
    connection.acknowledging.due = true;
    if (connection.state === 'TIME_WAIT') connection.waitOut();
    return;
  }
  if (connection.orphan && offset + payload.length > receiving.next) {
    // Nobody will ever read this (RFC 9293, 3.6.1; RFC 2525, 2.17).
    connection.reset();
    return;
  }
  const hadGap = receiving.hasGap;
  const before = receiving.next;
  const moved = receiving.take(offset, payload, (packet.flags & FIN) !== 0);
  if (payload.length > 0) connection.acknowledging.dataArrived(receiving.next - before, moved && !hadGap);
  if (moved) connection.wakeDue = true;
  if (receiving.finished) connection.peerFinished();
}
