// Where results of real Node are kept between runs: written as they come, so that a run that is stopped keeps what
// it has, and merged with what another run wrote meanwhile. Called by baseline.ts.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Baseline } from './baseline.ts';

/** At most one write in so much wall time, but for the last. */
const WRITE_EVERY_MS = 1000;

export class BaselineCache {
  readonly #file: string;
  #unwritten = new Map<string, Baseline>();
  #writtenMs = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Results by test file; none where there is no cache yet. */
  read(): [string, Baseline][] {
    try {
      return Object.entries(JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, Baseline>);
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ENOENT') return [];
      throw error;
    }
  }

  add(test: string, baseline: Baseline): void {
    this.#unwritten.set(test, baseline);
    if (Date.now() - this.#writtenMs >= WRITE_EVERY_MS) this.write();
  }

  write(): void {
    if (this.#unwritten.size === 0) return;
    const all = [...new Map([...this.read(), ...this.#unwritten])].sort(([a], [b]) => (a < b ? -1 : 1));
    mkdirSync(dirname(this.#file), { recursive: true });
    // A whole file at once: whoever reads it meanwhile finds the old one or the new one.
    const partial = `${this.#file}.${process.pid}`;
    writeFileSync(partial, JSON.stringify(Object.fromEntries(all)));
    renameSync(partial, this.#file);
    this.#unwritten = new Map();
    this.#writtenMs = Date.now();
  }
}
