// The cores of a machine. A turn runs on one core from its start for as long as it computed.
// Turns are not cut into slices yet: a process that computes keeps its core to the end of its turn, and
// others wait for the first core that is free. Called by process.ts.
import { assert } from '../base/assert.ts';
import type { Process } from './process.ts';

export class Cpu {
  readonly #coreFreeAtNs: number[];
  readonly #processFreeAtNs = new WeakMap<Process, number>();

  constructor(cores: number) {
    assert(Number.isInteger(cores) && cores >= 1, 'a machine has at least one core');
    this.#coreFreeAtNs = new Array<number>(cores).fill(0);
  }

  /** First moment at which this process can compute: it is single-threaded, and some core must be free. */
  freeAtNs(process: Process): number {
    const own = this.#processFreeAtNs.get(process) ?? 0;
    let earliest = Number.POSITIVE_INFINITY;
    for (const freeAt of this.#coreFreeAtNs) if (freeAt < earliest) earliest = freeAt;
    return Math.max(own, earliest);
  }

  /** Books the time that a turn took. */
  used(process: Process, startNs: number, ns: number): void {
    if (ns === 0) return;
    let core = 0;
    for (let i = 1; i < this.#coreFreeAtNs.length; i++) {
      if ((this.#coreFreeAtNs[i] ?? 0) < (this.#coreFreeAtNs[core] ?? 0)) core = i;
    }
    this.#coreFreeAtNs[core] = startNs + ns;
    this.#processFreeAtNs.set(process, startNs + ns);
  }

  /** Power off: nothing computes any more. */
  reset(): void {
    this.#coreFreeAtNs.fill(0);
  }
}
