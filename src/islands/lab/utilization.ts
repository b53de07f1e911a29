// How busy each machine's CPU was, second by second, from the CPU time that batches tell. Pure and incremental.
// A turn of a program is counted when it begins, so what does not fit into a stretch of time is carried into the next.
// Fed by model.ts, drawn by watch.tsx. Leaves out machines whose runtime cannot tell.
import type { MachineView } from '../../datacenter/contract.ts';

interface Load {
  /** CPU time told so far, and what of it has not yet been laid on a second. */
  toldNs: number;
  carriedNs: number;
  /** Busy nanoseconds by second. */
  readonly seconds: number[];
}

const secondNs = 1e9;

export class Utilization {
  readonly #loads = new Map<string, Load>();
  #nowNs = 0;

  take(nowNs: number, machines: readonly MachineView[]): void {
    for (const { name, busyNs } of machines) {
      if (busyNs === undefined) continue;
      const load = this.#loads.get(name) ?? { toldNs: 0, carriedNs: 0, seconds: [] };
      this.#loads.set(name, load);
      load.carriedNs += busyNs - load.toldNs;
      load.toldNs = busyNs;
      this.#lay(load, nowNs);
    }
    this.#nowNs = nowNs;
  }

  /** Cores' worth of work in each finished second, 0 to the machine's cores; null where it is not known. */
  of(name: string): readonly number[] | null {
    const load = this.#loads.get(name);
    if (load === undefined) return null;
    const finished = Math.floor(this.#nowNs / secondNs);
    return Array.from({ length: finished }, (_, second) => (load.seconds[second] ?? 0) / secondNs);
  }

  /** Spreads what is carried evenly over the time since the last batch, as much as one core could have done. */
  #lay(load: Load, nowNs: number): void {
    const spanNs = nowNs - this.#nowNs;
    if (spanNs <= 0) return;
    const laidNs = Math.min(load.carriedNs, spanNs);
    load.carriedNs -= laidNs;
    for (let fromNs = this.#nowNs; fromNs < nowNs; ) {
      const second = Math.floor(fromNs / secondNs);
      const toNs = Math.min(nowNs, (second + 1) * secondNs);
      load.seconds[second] = (load.seconds[second] ?? 0) + (laidNs * (toNs - fromNs)) / spanNs;
      fromNs = toNs;
    }
  }
}
