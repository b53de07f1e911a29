// Runs what one process waits for within a turn of its own: the child that spawnSync() starts. All else of the run
// waits meanwhile and happens afterwards, at its own time: the process could not have seen it. Refuses a child that
// needs another machine, for that one would have to go ahead of its time. Called by run.ts.
import { isLoopback } from './base/address.ts';
import type { Timeline } from './base/timeline.ts';
import type { Process } from './machine/process.ts';
import type { Packet } from './network/packet.ts';
import { heldFrame } from './node/async-context.ts';
import { heldIntrinsics } from './node/own-intrinsics.ts';
import type { WaitFor, WaitOutcome } from './node/realm-host.ts';

/** A child that takes more turns, or longer, never ends. */
const TURNS_MAX = 100_000;
const WAIT_NS_MAX = 600_000_000_000;

export class Nested {
  readonly #timeline: Timeline;
  /** The process waits for a promise of the host, whose jobs do not run. */
  readonly #needsHost: (process: Process) => () => boolean;
  #turned: Process | null = null;
  #refused: WaitOutcome['refused'] = null;

  constructor(timeline: Timeline, needsHost: (process: Process) => () => boolean) {
    this.#timeline = timeline;
    this.#needsHost = needsHost;
  }

  get isActive(): boolean {
    return this.#timeline.depth > 0;
  }

  /** A program's turn ran. */
  turned(process: Process): void {
    this.#turned = process;
  }

  /** A machine sends a packet. False where it is for another, while a process waits. */
  sends(packet: Packet, ownAddress: number): boolean {
    const to = packet.destinationAddress;
    if (!this.isActive || to === ownAddress || isLoopback(to)) return true;
    this.#refused = 'another machine';
    return false;
  }

  /** Does it outside, at the present time. */
  outside(task: () => void): void {
    if (this.isActive) this.#timeline.scheduleOn(0, this.#timeline.nowNs, task);
    else task();
  }

  /** Lets time pass from `atNs` on for what `begin` starts, until `isDone`. */
  wait({ atNs, begin, isDone }: WaitFor): WaitOutcome {
    const timeline = this.#timeline;
    const { depth } = timeline;
    const restoreFrame = heldFrame();
    const restoreIntrinsics = heldIntrinsics();
    this.#refused = null;
    timeline.enter(atNs);
    try {
      begin((task) => timeline.scheduleOn(depth, timeline.nowNs, task));
      for (let turns = 0; !isDone(); ) {
        if (turns > TURNS_MAX || timeline.nowNs - atNs > WAIT_NS_MAX) this.#refused ??= 'no end';
        if (this.#refused === null && !timeline.runNext()) this.#refused = 'nothing to wait for';
        if (this.#refused !== null) break;
        if (this.#finishTurn()) turns++;
      }
      return { endNs: timeline.nowNs, refused: this.#refused };
    } finally {
      this.#refused = null;
      timeline.leave();
      restoreIntrinsics();
      restoreFrame();
    }
  }

  /** False where no program ran. */
  #finishTurn(): boolean {
    const process = this.#turned;
    if (process === null) return false;
    this.#turned = null;
    const needsHost = this.#needsHost(process);
    while (process.settle());
    if (needsHost()) this.#refused = 'promises of code made by eval()';
    return true;
  }
}
