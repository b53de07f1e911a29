// What the tests of progress share: stored data exactly as version 1 wrote it, and a database in memory that can be
// full, closed, or written by another tab. Not a test.
import type { Backing, Change, Everything } from '../../src/islands/progress/database.ts';
import { Progress, type Wire } from '../../src/islands/progress/progress.ts';
import type { ProgressRecord } from '../../src/islands/progress/records.ts';

export const dayMs = 86_400_000;

/** The localStorage of a reader of version 1, as that version wrote it, and three entries that are not well. */
export const version1: readonly (readonly [string, string])[] = [
  ['brownout:theme', 'dark'],
  ['brownout:offline', 'all'],
  ['brownout:1:quiz:load-balancing:why-a-third', '{"kind":"one","chosen":[0],"seed":1}'],
  ['brownout:1:quiz:load-balancing:the-bound', '{"kind":"number","value":180,"seed":7}'],
  ['brownout:1:quiz:load-balancing:in-which-order', '{"kind":"order","order":[0,1,2,3],"seed":1}'],
  ['brownout:1:prediction:load-balancing:kill-app', '{"share":1,"lost":12.5,"curve":[90,90,60.5]}'],
  [
    'brownout:versions:1:load-balancer',
    '{"mine":{"load-balancer/pick.ts":"// mine\\n"},"setAside":{"load-balancer/app.ts":"// before\\n"}}',
  ],
  ['brownout:versions:1:load-balancer/retry', '{"mine":{},"setAside":null}'],
  ['brownout:1:quiz:load-balancing:broken', '{"kind":"one","chosen":[0'],
  ['brownout:1:aside:quiz:load-balancing:old', '{"kind":"two"}'],
  ['brownout:versions:1:unreadable:load-balancer', '{"mine": {'],
];

/** Several pages may share the rows of one. */
export class Memory implements Backing {
  onGone: () => void = () => undefined;
  isFull = false;
  writes = 0;
  readonly rows: Map<string, unknown>;
  asides: unknown[] = [];
  isMarked = false;

  constructor(rows = new Map<string, unknown>()) {
    this.rows = rows;
  }

  async readAll(): Promise<Everything> {
    return { rows: [...this.rows], asides: [...this.asides], isMarked: this.isMarked };
  }

  async read(keys: readonly string[]): Promise<Map<string, unknown>> {
    return new Map(keys.flatMap((key) => (this.rows.has(key) ? [[key, this.rows.get(key)]] : [])));
  }

  async change(keys: readonly string[], decide: (stored: Map<string, unknown>) => Change): Promise<void> {
    const { put, drop = [], aside, mark } = decide(await this.read(keys));
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.writes += 1;
    for (const [key, record] of put) this.rows.set(key, structuredClone(record));
    for (const key of drop) this.rows.delete(key);
    this.asides.push(...structuredClone(aside));
    this.isMarked ||= mark === true;
  }

  async clear(): Promise<void> {
    this.rows.clear();
    this.asides = [];
  }
}

/** A clock that moves when it is told to. */
export class Clock {
  nowMs: number;
  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }
  readonly read = (): number => this.nowMs;
}

export function page(
  backing: Backing | null,
  clock = new Clock(1_000),
  wire: Wire | null = null,
): Promise<Progress> {
  return Progress.open({ backing, wire, nowMs: clock.read, version1: [] });
}

export const question = { answer: { kind: 'one', chosen: [0] }, seed: 1 };

export const answered = (atMs: number, ...rights: boolean[]): ProgressRecord => ({
  kind: 'answered',
  name: 'c:q',
  atMs,
  value: {
    ...question,
    tries: rights.map((right, index) => ({ atMs: atMs - rights.length + 1 + index, right })),
  },
});
