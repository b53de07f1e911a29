// Requests second by second: answered, lost, latency percentiles. Fed one RequestSample at a time, in order of time.
// Pure and incremental: a sample costs O(1), a finished second is sorted once. Refuses nothing; read by model.ts.
import type { RequestSample } from '../../datacenter/contract.ts';

/** One finished or running second of the run. */
export interface SecondPoint {
  readonly second: number;
  readonly answered: number;
  readonly lost: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

const tenthsKept = 50;

/** Nearest-rank percentile of sorted values; null of none. */
export function percentile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null;
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? null;
}

export class RequestSeries {
  answered = 0;
  lost = 0;
  /** Answers by the machine that gave them. */
  readonly byMachine = new Map<string, number>();
  readonly #done: SecondPoint[] = [];
  #second = 0;
  #answeredNow = 0;
  #lostNow = 0;
  #latenciesNow: number[] = [];
  /** The last five seconds in tenths: latencies of answers. */
  readonly #tenths: { at: number; latencies: number[] }[] = [];

  add(atNs: number, sample: RequestSample): void {
    this.#closeUntil(atNs);
    if (!sample.ok) {
      this.lost += 1;
      this.#lostNow += 1;
      return;
    }
    this.answered += 1;
    this.#answeredNow += 1;
    this.#latenciesNow.push(sample.latencyMs);
    this.byMachine.set(sample.by, (this.byMachine.get(sample.by) ?? 0) + 1);
    const tenth = Math.floor(atNs / 1e8);
    const last = this.#tenths.at(-1);
    if (last?.at === tenth) last.latencies.push(sample.latencyMs);
    else this.#tenths.push({ at: tenth, latencies: [sample.latencyMs] });
    while ((this.#tenths[0]?.at ?? tenth) <= tenth - tenthsKept) this.#tenths.shift();
  }

  /** Tells the series that time has passed, so seconds without samples exist too. */
  passTo(nowNs: number): void {
    this.#closeUntil(nowNs);
  }

  /** Every second so far; the last is still running. */
  points(): readonly SecondPoint[] {
    return [...this.#done, this.#current()];
  }

  /** Finished seconds only. The array grows at its end and is never rewritten. */
  finished(): readonly SecondPoint[] {
    return this.#done;
  }

  /** Answers in the last second of virtual time, counted in tenths. */
  answeredPerSecond(nowNs: number): number {
    const now = Math.floor(nowNs / 1e8);
    const span = Math.min(10, now + 1);
    let count = 0;
    for (const tenth of this.#tenths)
      if (tenth.at > now - 10 && tenth.at <= now) count += tenth.latencies.length;
    return Math.round((count * 10) / span);
  }

  /** Latency percentile of the answers of the last five seconds. */
  recent(nowNs: number, share: number): number | null {
    const from = Math.floor(nowNs / 1e8) - tenthsKept;
    const all = this.#tenths.filter((tenth) => tenth.at > from).flatMap((tenth) => tenth.latencies);
    return percentile(Float64Array.from(all).sort(), share);
  }

  #current(): SecondPoint {
    const sorted = Float64Array.from(this.#latenciesNow).sort();
    return {
      second: this.#second,
      answered: this.#answeredNow,
      lost: this.#lostNow,
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
    };
  }

  #closeUntil(atNs: number): void {
    const second = Math.floor(atNs / 1e9);
    while (this.#second < second) {
      this.#done.push(this.#current());
      this.#second += 1;
      this.#answeredNow = 0;
      this.#lostNow = 0;
      this.#latenciesNow = [];
    }
  }
}

/** At most `most` points: neighbours become one, with the sum of counts and the worst latency. For drawing only. */
export function thinned(points: readonly SecondPoint[], most: number): readonly SecondPoint[] {
  const group = Math.ceil(points.length / most);
  if (group <= 1) return points;
  const worst = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? (a ?? b) : Math.max(a, b);
  const thin: SecondPoint[] = [];
  points.forEach((point, index) => {
    const last = thin.at(-1);
    if (index % group === 0 || last === undefined) {
      thin.push(point);
      return;
    }
    thin[thin.length - 1] = {
      second: last.second,
      answered: last.answered + point.answered,
      lost: last.lost + point.lost,
      p50Ms: worst(last.p50Ms, point.p50Ms),
      p99Ms: worst(last.p99Ms, point.p99Ms),
    };
  });
  return thin;
}
