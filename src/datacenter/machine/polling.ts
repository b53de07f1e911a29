// What it costs a program to poll: an immediate after another, or turn after turn at one moment. Real loops take
// time for each round; here most turns are free, and only who goes on and on pays, so that time goes on.
// Called by process.ts at the end of every turn.

const COST_NS_MIN = 1_000;
const COST_NS_MAX = 100_000;
/** The longer it polls, the more a turn costs, so that a long poll ends soon. */
const COST_GROWTH = 4_096;
const IMMEDIATES_FREE = 64;
const TURNS_FREE = 256;

export class Polling {
  #momentNs = -1;
  #turns = 0;
  #immediates = 0;
  #paidNs = 0;

  /** CPU time of a turn that began at `atNs`; `isImmediate` where nothing but immediates ran since the one before. */
  costNs(atNs: number, isImmediate: boolean): number {
    if (isImmediate) {
      this.#immediates++;
      if (this.#immediates <= IMMEDIATES_FREE) return 0;
      const ns = Math.min(Math.max(Math.floor(this.#paidNs / COST_GROWTH), COST_NS_MIN), COST_NS_MAX);
      this.#paidNs += ns;
      return ns;
    }
    this.#immediates = 0;
    this.#paidNs = 0;
    this.#turns = atNs === this.#momentNs ? this.#turns + 1 : 0;
    this.#momentNs = atNs;
    return this.#turns > TURNS_FREE ? COST_NS_MIN : 0;
  }
}
