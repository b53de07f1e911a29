// Holds records back before they are shipped: the replication lag that you set. In the field it comes from a busy
// primary or a narrow link; what is already on the wire outlives its sender, so a mere distance would lose nothing.
// Keeps the order of the log. Used by primary.ts.
import { exponential } from '../_shared/random.ts';

export interface Lag {
  lagMs: number;
  /** Always lagMs, or by chance with that mean. */
  readonly lagSpread: 'fixed' | 'exponential';
}

export class Hold {
  readonly #lag: Lag;
  readonly #onRelease: () => void;
  #held: { readonly index: number; readonly atMs: number }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #newest: number;
  /** Records up to this index may leave. */
  released: number;

  constructor(lag: Lag, released: number, onRelease: () => void) {
    this.#lag = lag;
    this.released = released;
    this.#newest = released;
    this.#onRelease = onRelease;
  }

  /** All records up to `index` are ready to leave, but for the lag. */
  add(index: number): void {
    const { lagMs, lagSpread } = this.#lag;
    for (let next = this.#newest + 1; next <= index; next++) {
      const holdMs = lagSpread === 'fixed' ? lagMs : lagMs * exponential(Math.random);
      this.#held.push({
        index: next,
        atMs: Math.max(performance.now() + holdMs, this.#held.at(-1)?.atMs ?? 0),
      });
    }
    this.#newest = index;
    this.#release();
  }

  #release(): void {
    clearTimeout(this.#timer);
    const nowMs = performance.now();
    const due = this.#held.findLastIndex(({ atMs }) => atMs <= nowMs);
    this.released = this.#held[due]?.index ?? this.released;
    this.#held.splice(0, due + 1);
    if (due >= 0) this.#onRelease();
    if (this.#held[0]) this.#timer = setTimeout(() => this.#release(), this.#held[0].atMs - nowMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
