// Counts what was promised and is gone: every acknowledged write is remembered here, and looked for in what the primary
// says that it has. Only what was acknowledged before the question can be missed. Used by clients.ts.
import { channel } from 'node:diagnostics_channel';
import type { Answer } from './ask.ts';

const state = channel('brownout:state');
const acknowledgements = channel('brownout:acknowledged');
const audits = channel('brownout:audit');

export class Audit {
  /** The newest acknowledged write of each key. */
  readonly #promised = new Map<string, number>();
  /** Acknowledged writes that were not there, with their keys. */
  readonly #gone = new Map<number, string>();
  #acknowledged = 0;
  #epoch = 0;

  acknowledged(key: string, number: number, { copies, epoch, index, by }: Answer): void {
    this.#acknowledged++;
    acknowledgements.publish({ id: number, copies, epoch, index, by });
    if (number > (this.#promised.get(key) ?? 0)) this.#promised.set(key, number);
  }

  /** Everything was deleted on purpose. */
  dropped(): void {
    this.#promised.clear();
    this.#gone.clear();
  }

  /** Looks every so often, for ever. */
  begin(everyMs: number, askForAll: () => Promise<Answer>): void {
    setInterval(() => void this.#look(askForAll), everyMs);
  }

  async #look(askForAll: () => Promise<Answer>): Promise<void> {
    const promised = [...this.#promised];
    const { status, text, epoch, by } = await askForAll();
    if (status !== 200 || epoch < this.#epoch) return; // A primary of an older epoch does not count.
    this.#epoch = epoch;
    const there = JSON.parse(text) as Record<string, string>;
    const isThere = (key: string, number: number) => Number.parseInt(there[key] ?? '0', 10) >= number;
    for (const [number, key] of this.#gone) if (isThere(key, number)) this.#gone.delete(number);
    for (const [key, number] of promised) if (!isThere(key, number)) this.#gone.set(number, key);
    const found = { acknowledged: this.#acknowledged, lost: this.#gone.size };
    audits.publish({ ...found, by, epoch });
    state.publish(found);
  }
}
