// Two or more machines with TCP on a fabric, a seed, and a log of every packet: what the TCP tests run in.
// No process side: tests read and write sockets as a process would, from wake.

import { formatAddress, parseAddress } from '../../src/datacenter/base/address.ts';
import { Random } from '../../src/datacenter/base/random.ts';
import { formatTcpFlags } from '../../src/datacenter/base/tcp-flags.ts';
import { Timeline } from '../../src/datacenter/base/timeline.ts';
import type { ClusterSpec } from '../../src/datacenter/contract.ts';
import type { TcpListener, TcpSocket } from '../../src/datacenter/machine/tcp.ts';
import { type ConnectOptions, type ListenOptions, TcpStack } from '../../src/datacenter/machine/tcp-stack.ts';
import { Fabric } from '../../src/datacenter/network/fabric.ts';
import type { Rule } from '../../src/datacenter/network/rules/rule.ts';

export const MS = 1_000_000;
export const SECOND = 1000 * MS;

/** Far more than any test needs; a storm of packets ends as a failure and not as a hang. */
const EVENTS_MAX = 2_000_000;

/** `10.0.0.<last>` as a number. */
export function address(last: number): number {
  return parseAddress(`10.0.0.${last}`) ?? 0;
}

export class World {
  readonly timeline = new Timeline();
  readonly random: Random;
  readonly fabric: Fabric;
  readonly log: string[] = [];
  readonly stacks: TcpStack[] = [];

  constructor(options: { seed: number; machines?: number; links?: ClusterSpec['links'] }) {
    this.random = new Random(options.seed);
    this.fabric = new Fabric({
      scheduler: this.timeline,
      random: this.random.split('fabric'),
      ...(options.links === undefined ? {} : { links: options.links }),
      observe: (packet, arrivesNs, reason) => {
        const flags = formatTcpFlags(packet.flags);
        const numbers = `seq ${packet.sequence} ack ${packet.acknowledgment} win ${packet.window}`;
        const path = `${formatAddress(packet.sourceAddress)}:${packet.sourcePort} > ${formatAddress(packet.destinationAddress)}:${packet.destinationPort}`;
        this.log.push(
          `${this.timeline.nowNs} ${path} [${flags}] ${numbers} length ${packet.payload.length} ${reason ?? arrivesNs}`,
        );
      },
    });
    for (let last = 1; last <= (options.machines ?? 2); last++) {
      const id = this.fabric.attach({
        name: `m${last}`,
        address: address(last),
        receive: (packet) => this.stack(last).receive(packet),
      });
      this.stacks[id] = this.#boot(id, last);
    }
  }

  /** Machines count from 1, as their addresses do. */
  stack(last: number): TcpStack {
    const stack = this.stacks[last - 1];
    if (stack === undefined)
      throw new Error(`Expected machine ${last}, found ${this.stacks.length} machines.`);
    return stack;
  }

  listen(last: number, options: Partial<ListenOptions> = {}): TcpListener {
    const listener = this.stack(last).listen({ address: 0, port: 80, backlog: 128, ...options });
    if (typeof listener === 'string') throw new Error(`Expected a listener, found ${listener}.`);
    return listener;
  }

  connect(from: number, to: number, options: Partial<ConnectOptions> = {}): TcpSocket {
    const socket = this.stack(from).connect({ address: address(to), port: 80, ...options });
    if (typeof socket === 'string') throw new Error(`Expected a socket, found ${socket}.`);
    return socket;
  }

  /** A connection from machine 1 to port 80 of machine 2, both ends. */
  pair(): { client: TcpSocket; server: TcpSocket; listener: TcpListener } {
    const listener = this.listen(2);
    const client = this.connect(1, 2);
    this.run(this.timeline.nowNs + 10 * MS);
    const server = listener.accept();
    if (server === null) throw new Error('Expected a connection to accept, found none.');
    return { client, server, listener };
  }

  /** Lays rules on both directions between machines 1 and 2; gives what takes them away. */
  addRules(make: () => Rule, directions: 'both' | 'there' | 'back' = 'both'): () => void {
    const removers: (() => void)[] = [];
    if (directions !== 'back') removers.push(this.fabric.addRule(0, 1, make()));
    if (directions !== 'there') removers.push(this.fabric.addRule(1, 0, make()));
    return () => {
      for (const remove of removers) remove();
    };
  }

  powerOff(last: number): void {
    this.stack(last).crash();
    this.fabric.setPower(last - 1, false);
  }

  powerOn(last: number): void {
    this.fabric.setPower(last - 1, true);
    this.stacks[last - 1] = this.#boot(last - 1, last);
  }

  /** Runs all that happens up to `untilNs`, or all there is. */
  run(untilNs = Number.POSITIVE_INFINITY): void {
    for (let ran = 0; this.timeline.peekNs() <= untilNs && this.timeline.runNext(); ran++) {
      if (ran < EVENTS_MAX) continue;
      throw new Error(
        `Expected rest after ${EVENTS_MAX} events, found more. Last: ${this.log.slice(-6).join(' | ')}`,
      );
    }
    if (untilNs !== Number.POSITIVE_INFINITY) this.timeline.advanceTo(untilNs);
  }

  /** Lines of the log that hold all of `parts`. */
  packets(...parts: string[]): string[] {
    return this.log.filter((line) => parts.every((part) => line.includes(part)));
  }

  #boot(id: number, last: number): TcpStack {
    return new TcpStack({
      scheduler: this.timeline,
      random: this.random.split(`m${last} tcp`),
      address: address(last),
      send: (packet) => this.fabric.send(id, packet),
    });
  }
}

/** `length` bytes in which every byte depends on its place, so that a hole or a repetition shows. */
export function pattern(length: number, salt = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = (Math.imul(at + salt, 0x9e3779b1) >>> 24) & 0xff;
  return bytes;
}

/** Writes all of `bytes`, as the socket makes room, and then shuts the direction down. */
export function writeAll(socket: TcpSocket, bytes: Uint8Array, after: () => void = () => {}): void {
  let written = 0;
  let done = false;
  const previous = socket.wake;
  const step = (): void => {
    previous();
    if (done || socket.connecting || socket.error !== null) return;
    while (written < bytes.length) {
      const accepted = socket.write(bytes.subarray(written));
      if (accepted === 0) return;
      written += accepted;
    }
    done = true;
    socket.shutdown();
    after();
  };
  socket.wake = step;
  step();
}

/** Reads whatever comes into `chunks`, up to `max` bytes at once. */
export function readAll(socket: TcpSocket, chunks: Uint8Array[], max = 65_536): void {
  const previous = socket.wake;
  const step = (): void => {
    previous();
    for (let chunk = socket.read(max); chunk !== null; chunk = socket.read(max)) chunks.push(chunk);
  };
  socket.wake = step;
  step();
}
