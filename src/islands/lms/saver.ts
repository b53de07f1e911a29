// When the platform is told: at once after a quiet time, then at most once in a while, and whenever the page is left or
// hidden. One report at a time; one that failed is made again with the next change. Knows no platform and no clock of
// its own. Called by player.ts.

/** Some platforms stop the whole page while they save. */
export const BETWEEN_REPORTS_MS = 10_000;

export interface SaverSurroundings {
  readonly send: () => Promise<void>;
  readonly nowMs: () => number;
  readonly after: (ms: number, callback: () => void) => void;
}

export class Saver {
  readonly #around: SaverSurroundings;
  #isDirty = false;
  #sending: Promise<void> | null = null;
  #isWaiting = false;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(around: SaverSurroundings) {
    this.#around = around;
  }

  changed(): void {
    this.#isDirty = true;
    if (this.#isWaiting || this.#sending !== null) return;
    const waitMs = this.#lastMs + BETWEEN_REPORTS_MS - this.#around.nowMs();
    if (waitMs <= 0) {
      void this.flush();
      return;
    }
    this.#isWaiting = true;
    this.#around.after(waitMs, () => {
      this.#isWaiting = false;
      void this.flush();
    });
  }

  /** Sends what has changed since the last report, if anything. Never rejects: `send` says itself what failed. */
  async flush(): Promise<void> {
    if (this.#sending !== null) return this.#sending;
    if (!this.#isDirty) return;
    this.#isDirty = false;
    this.#lastMs = this.#around.nowMs();
    this.#sending = this.#around.send().catch(() => {
      this.#isDirty = true;
    });
    await this.#sending;
    this.#sending = null;
    if (this.#isDirty && !this.#isWaiting) this.#retryLater();
  }

  #retryLater(): void {
    this.#isWaiting = true;
    this.#around.after(BETWEEN_REPORTS_MS, () => {
      this.#isWaiting = false;
      void this.flush();
    });
  }
}
