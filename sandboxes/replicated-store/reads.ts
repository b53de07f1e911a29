// Reads that wait until the primary may show what it has: it must have settled in its epoch and, in quorum mode, a
// majority must have said after the read came that it knows of no higher epoch. Refuses after the client's patience.
// Used by primary.ts.

interface WaitingRead {
  /** An answer to a message with this number, or a later one, is news enough. */
  readonly number: number;
  readonly sinceMs: number;
  readonly answer: (mayRead: boolean) => void;
}

export class Reads {
  #waiting: WaitingRead[] = [];

  add(number: number, answer: (mayRead: boolean) => void): void {
    this.#waiting.push({ number, sinceMs: performance.now(), answer });
  }

  /** Answers those that may be shown, and those that have waited too long. */
  settle(isSure: (number: number) => boolean, patienceMs: number): void {
    const nowMs = performance.now();
    this.#waiting = this.#waiting.filter(({ number, sinceMs, answer }) => {
      const mayRead = isSure(number);
      if (!mayRead && nowMs - sinceMs < patienceMs) return true;
      answer(mayRead);
      return false;
    });
  }
}
