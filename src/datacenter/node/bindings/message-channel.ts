// The kernel's side of message channels: what was posted and is not yet received, and who hears it. Holds no handle and
// belongs to no thread: it may move from one to another. Called by message-port.ts and worker.ts.
import type { Realm } from '../realm.ts';
import type { Message } from './message-clone.ts';

/** The port of a thread that an end belongs to. */
export interface PortOwner {
  isIn(realm: Realm): boolean;
  woken(): void;
  peerClosed(): void;
}

/** One side of a channel: what was posted to it and not yet received. */
export class PortEnd {
  readonly queue: Message[] = [];
  /** Those that hear what is posted here: the other side, or all others of a broadcast channel. */
  readonly others = new Set<PortEnd>();
  owner: PortOwner | null = null;
  isBroadcast = false;
  isClosed = false;

  receive(message: Message): void {
    if (this.isClosed) return;
    this.queue.push(message);
    this.owner?.woken();
  }

  /** The other side has closed: this one does after what is there. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const other of this.others) {
      other.others.delete(this);
      if (!this.isBroadcast) other.owner?.peerClosed();
    }
  }
}

export function channel(): readonly [PortEnd, PortEnd] {
  const one = new PortEnd();
  const other = new PortEnd();
  one.others.add(other);
  other.others.add(one);
  return [one, other];
}
