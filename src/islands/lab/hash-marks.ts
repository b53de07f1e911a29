// Moments of a run with the hash its trace had there, so that a replay can be compared with what was seen before.
// Pure; bounded by thinning. Marks come only from the ends of advances, where every event up to the moment is in.
// Called by session.ts.

const marksMax = 4000;
/** A goal closer than this to a mark becomes the mark: it can then be compared. */
const snapNs = 60e6;

export class HashMarks {
  #marks: { readonly atNs: number; readonly hash: string }[] = [];

  keep(atNs: number, hash: string): void {
    const last = this.#marks.at(-1);
    if (last !== undefined && atNs <= last.atNs) return;
    this.#marks.push({ atNs, hash });
    if (this.#marks.length > marksMax) this.#marks = this.#marks.filter((_, index) => index % 2 === 1);
  }

  /** What was seen from this moment on no longer holds. */
  dropFrom(atNs: number): void {
    this.#marks = this.#marks.filter((mark) => mark.atNs < atNs);
  }

  /** The mark next to a moment if one is close, else the moment itself. */
  nearest(atNs: number): number {
    let best = atNs;
    let distance = snapNs;
    for (const mark of this.#marks) {
      const away = Math.abs(mark.atNs - atNs);
      if (away <= distance) {
        best = mark.atNs;
        distance = away;
      }
    }
    return atNs === 0 ? 0 : best;
  }

  /** True when the hash is the one seen before, false when not, null when none was kept. */
  check(atNs: number, hash: string): boolean | null {
    const mark = this.#marks.find((one) => one.atNs === atNs);
    return mark === undefined ? null : mark.hash === hash;
  }
}
