// A run of real processes that is asked all the time what happened, for the terminal and the pages that look at it.
// Does what any of them orders; a restart takes over first what changed in the folder. Refuses as the run does, with a
// RunProblem. Made by lab.ts.
import type { Deed, LinkView, MachineView } from '../../datacenter/contract.ts';
import type { LocalRun } from '../../runtime/local.ts';
import { type Batch, RunProblem } from '../../runtime/runtime.ts';
import { EventLog } from './event-log.ts';
import type { Source } from './source.ts';

const LOOK_EVERY_NS = 25e6;

export class Followed {
  readonly log = new EventLog();
  readonly folder: string;
  nowNs = 0;
  idle = false;
  machines: readonly MachineView[] = [];
  links: readonly LinkView[] = [];
  readonly #local: LocalRun;
  readonly #source: Pick<Source, 'folder' | 'changed'>;
  readonly #hearers = new Set<(batch: Batch) => void>();

  constructor(local: LocalRun, source: Pick<Source, 'folder' | 'changed'>) {
    this.#local = local;
    this.#source = source;
    this.folder = source.folder;
    this.#take(local.first);
  }

  get places(): Readonly<Record<string, string>> {
    return this.#local.run.places;
  }

  /** Calls `hear` after each look; returns what ends that. */
  on(hear: (batch: Batch) => void): () => void {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  }

  /** Looks until the run is over; rejects with the RunProblem that ended it. */
  async follow(): Promise<never> {
    for (;;) this.#take(await this.#local.run.advanceTo(this.nowNs + LOOK_EVERY_NS));
  }

  async act(deed: Deed): Promise<void> {
    if (deed.do === 'restart') await this.#takeOver();
    this.#take(await this.#local.run.act(deed));
  }

  /** Ends every process; resolves when nothing is left. */
  async stop(): Promise<void> {
    this.#local.run.stop();
    await this.#local.ended;
  }

  async #takeOver(): Promise<void> {
    const changed = await this.#source.changed().catch((error: unknown) => {
      if (error instanceof RunProblem || !(error instanceof Error)) throw error;
      const { message: found } = error;
      throw new RunProblem({ expected: `to read ${this.folder}`, found, fix: 'mend it and restart again' });
    });
    for (const [path, text] of Object.entries(changed))
      this.#take(await this.#local.run.act({ do: 'edit', path, text }));
  }

  #take(batch: Batch): void {
    this.nowNs = Math.max(this.nowNs, batch.nowNs);
    this.machines = batch.machines;
    this.links = batch.links;
    this.idle = batch.idle;
    this.log.add(batch.events, batch.leftOut ?? 0);
    for (const hear of [...this.#hearers]) hear(batch);
  }
}
