// A run that came with a link: read, shown, and run only when the reader says so, with its files in a workspace of
// their own. What the reader has typed stays as it is unless they take the link's version over.
// Owned by lab-store.ts; shown by shared-run.tsx.
import { signal } from '@preact/signals';
import type { Complaint } from '../../datacenter/contract.ts';
import { CONSOLE, namesConsole } from '../../runtime/console.ts';
import type { LinkReading, SharedRun } from '../share/link.ts';
import type { LabStore } from './lab-store.ts';

export type SharedState =
  | { readonly now: 'none' }
  | { readonly now: 'reading' }
  | { readonly now: 'wrong'; readonly complaint: Complaint }
  /** `changed` are the paths that the link changes. */
  | { readonly now: 'offered' | 'opened'; readonly run: SharedRun; readonly changed: readonly string[] };

export class SharedLink {
  readonly state = signal<SharedState>({ now: 'none' });
  readonly #store: LabStore;
  #id = '';

  constructor(store: LabStore) {
    this.#store = store;
  }

  async read(fragment: string): Promise<void> {
    this.state.value = { now: 'reading' };
    const reading = await import('../share/link.ts').then(
      ({ readLink }) => readLink(fragment),
      (): LinkReading => ({
        ok: false,
        complaint: {
          expected: 'the part of this page that reads links',
          found: 'that it could not be loaded',
          fix: 'Check the connection and reload.',
        },
      }),
    );
    this.#id = `link-${stamp(fragment)}`;
    this.state.value = reading.ok ? this.#offer(reading.run) : { now: 'wrong', complaint: reading.complaint };
  }

  /** Lays the link's files under the editor and opens the first that differs. */
  look(): void {
    const { value } = this.state;
    if (value.now !== 'offered' && value.now !== 'opened') return;
    this.#enter(value.run);
    this.#store.openCode(value.changed[0]);
  }

  /** Replays the link's run to its moment and stops there. */
  async run(): Promise<void> {
    const { value } = this.state;
    if (value.now !== 'offered' && value.now !== 'opened') return;
    const { seed, actions, atNs } = value.run;
    try {
      if (namesConsole(actions)) await this.#store.fetchConsole();
    } catch (error) {
      this.#store.fail(error);
      return;
    }
    if (this.state.value !== value) return;
    this.#enter(value.run);
    this.#store.boot(actions, { seed, atNs, running: false });
    this.state.value = { ...value, now: 'opened' };
  }

  /** The link's files become my version; what I had can be had back. */
  takeOver(): void {
    const { value } = this.state;
    if (value.now !== 'opened') return;
    const { base } = this.#store;
    base.reset();
    for (const path of value.changed) base.type(path, value.run.files[path] ?? '');
    base.replaced.value += 1;
    this.leave();
  }

  /** Back to my version; the address forgets the link. */
  leave(): void {
    this.#store.workspace.value = this.#store.base;
    this.state.value = { now: 'none' };
    if (globalThis.location?.hash.startsWith('#run=') === true)
      history.replaceState(null, '', location.pathname + location.search);
  }

  #enter(run: SharedRun): void {
    const { workspace } = this.#store;
    if (workspace.peek()?.id.endsWith(this.#id) !== true)
      workspace.value = this.#store.linkSpace(this.#id, run.files);
  }

  #offer(run: SharedRun): SharedState {
    const { sandbox, files, cluster } = this.#store.data;
    const wrong = (expected: string, found: string, fix: string): SharedState => ({
      now: 'wrong',
      complaint: { expected, found, fix },
    });
    if (run.sandbox !== sandbox)
      return wrong(`a run of ${sandbox}`, `one of ${run.sandbox}`, 'Open the link in its own chapter.');
    const stranger = Object.keys(run.files).find((path) => files[path] === undefined);
    if (stranger !== undefined)
      return wrong(`changes to files of ${sandbox}`, `'${stranger}'`, 'Ask for a new link.');
    const names = new Set([...cluster.machines.map((machine) => machine.name), CONSOLE]);
    for (const action of run.actions) {
      const named = 'machine' in action ? [action.machine] : 'from' in action ? [action.from, action.to] : [];
      const unknown = named.find((name) => !names.has(name));
      if (unknown !== undefined)
        return wrong(
          `machines of this cluster (${[...names].join(', ')})`,
          `'${unknown}'`,
          'Ask for a new link.',
        );
    }
    const changed = Object.keys(run.files).filter((path) => run.files[path] !== files[path]);
    return { now: 'offered', run, changed };
  }
}

/** Eight digits that tell one link from another (FNV-1a). */
function stamp(text: string): string {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
