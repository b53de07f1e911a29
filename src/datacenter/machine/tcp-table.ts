// Finds the connection that a packet belongs to, by its two addresses and two ports (RFC 9293, 3.4: the
// socket pair). A hash map with chains through the connections, because four numbers do not fit one key.
// Called by the stack only.

import type { TcpConnection } from './tcp-socket.ts';

export class ConnectionTable {
  readonly #chains = new Map<number, TcpConnection>();

  find(
    localAddress: number,
    localPort: number,
    remoteAddress: number,
    remotePort: number,
  ): TcpConnection | null {
    let at = this.#chains.get(hash(localAddress, localPort, remoteAddress, remotePort)) ?? null;
    while (
      at !== null &&
      (at.remotePort !== remotePort ||
        at.localPort !== localPort ||
        at.remoteAddress !== remoteAddress ||
        at.localAddress !== localAddress)
    ) {
      at = at.nextInChain;
    }
    return at;
  }

  add(connection: TcpConnection): void {
    const key = keyOf(connection);
    connection.nextInChain = this.#chains.get(key) ?? null;
    this.#chains.set(key, connection);
  }

  /** Removes it; one that is not there is left alone. */
  remove(connection: TcpConnection): void {
    const key = keyOf(connection);
    const first = this.#chains.get(key);
    if (first === undefined) return;
    if (first === connection) {
      if (connection.nextInChain === null) this.#chains.delete(key);
      else this.#chains.set(key, connection.nextInChain);
      return;
    }
    let before = first;
    while (before.nextInChain !== null && before.nextInChain !== connection) before = before.nextInChain;
    if (before.nextInChain === connection) before.nextInChain = connection.nextInChain;
  }

  all(): TcpConnection[] {
    const all: TcpConnection[] = [];
    for (const first of this.#chains.values()) {
      for (let at: TcpConnection | null = first; at !== null; at = at.nextInChain) all.push(at);
    }
    return all;
  }

  /** Empties the table and gives what was in it. */
  clear(): TcpConnection[] {
    const all = this.all();
    this.#chains.clear();
    return all;
  }
}

function keyOf(c: TcpConnection): number {
  return hash(c.localAddress, c.localPort, c.remoteAddress, c.remotePort);
}

/** 30 bits, so that every engine keeps the key as a small integer. */
function hash(localAddress: number, localPort: number, remoteAddress: number, remotePort: number): number {
  let h = Math.imul(remoteAddress ^ Math.imul(localAddress, 31), 0x9e3779b1);
  h ^= Math.imul((remotePort << 16) | localPort, 0x85ebca6b);
  h ^= h >>> 15;
  return h & 0x3fffffff;
}
