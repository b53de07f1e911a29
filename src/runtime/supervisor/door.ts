// Where one machine reaches a port of another: a port of its own that is open only while the other side would be heard to
// refuse or accept. While nobody listens there the computer refuses by itself, as the machine would; while the way is
// stopped the door takes everything and holds it. What passes is the business of tcp-door.ts and udp-door.ts.
import type { Way } from './way.ts';

/** A piece that passes, for the trace. `back`: from the machine that was asked. */
export type Passed = (
  back: boolean,
  flags: string,
  bytes: number,
  afterMs: number | null,
  port: number,
) => void;

export interface DoorEnds {
  readonly there: Way;
  readonly back: Way;
  /** The port of this door, and the one behind it. */
  readonly port: number;
  readonly target: number;
  readonly passed: Passed;
  /** Tells which ports the connections behind the door come from, and when one is gone. */
  readonly comesFrom: (port: number, isThere: boolean) => void;
}

export abstract class Door {
  protected readonly ends: DoorEnds;
  #targetListens = false;

  constructor(ends: DoorEnds) {
    this.ends = ends;
  }

  /** Whether somebody listens behind it now. */
  setTarget(listens: boolean): void {
    this.#targetListens = listens;
    this.look();
  }

  /** To be called whenever the way was stopped or started. */
  look(): void {
    const isWanted = this.#targetListens || !this.ends.there.isOpen;
    if (isWanted !== this.isOpen) {
      if (isWanted) this.open();
      else this.shut();
    }
  }

  protected abstract get isOpen(): boolean;
  protected abstract open(): void;
  /** Takes nothing new. */
  protected abstract shut(): void;
  /** Ends what is under way too. */
  abstract close(): void;
}
