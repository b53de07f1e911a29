// Mistakes that a replicated store can have, each as a change of the sandbox's files or settings. What judges the store
// must find every one of them. Refuses a change whose place is not there any more.
// Used by store-chaos.test.ts and scripts/chaos-store.ts.
import type { Texts } from '../../src/runtime/sandbox.ts';
import type { Change, Mode } from './store-chaos.ts';

export interface Bug {
  readonly name: string;
  readonly mode: Mode;
  /** A seed that shows it. */
  readonly seed: number;
  readonly file?: string;
  readonly from?: string;
  readonly to?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export const bugs: readonly Bug[] = [
  {
    name: 'answers for records that are only in memory',
    ...{ mode: 'quorum', seed: 15, file: 'replica.ts' },
    from: 'const durable = Math.min(matched, this.#keeper.journal.durable);',
    to: 'const durable = matched;',
  },
  {
    name: 'forgets the tail when it makes a snapshot',
    ...{ mode: 'quorum', seed: 1, file: 'journal.ts' },
    from: 'this.#records = this.from(snapshot.index + 1, this.last.index);',
    to: 'this.#records = [];',
  },
  {
    name: 'appoints whoever promised first',
    ...{ mode: 'quorum', seed: 21, file: 'monitor.ts' },
    from: 'promised.sort((a, b) => b.last.epoch - a.last.epoch || b.last.index - a.last.index);',
    to: '',
  },
  {
    name: 'acknowledges before anything is written',
    ...{ mode: 'quorum', seed: 10, file: 'ack.ts' },
    from: "if (write.onOwnDisk && copies > (write.replicas + 1) / 2) return 'acknowledge';",
    to: "if (copies >= 0) return 'acknowledge';",
  },
  {
    name: 'never syncs its log',
    ...{ mode: 'quorum', seed: 5, file: 'journal.ts' },
    from: 'await this.#file?.datasync();',
    to: '',
  },
  {
    name: 'does not sync its promise of an epoch',
    ...{ mode: 'quorum', seed: 46, file: 'journal.ts' },
    from: "await replaceFile(this.#folder, 'epoch', String(epoch));",
    to: "const file = await open(`${this.#folder}/epoch`, 'w'); await file.writeFile(String(epoch)); await file.close();",
  },
];

export function changeOf({ name, file, from = '', to = '', env = {} }: Bug, files: Texts): Change {
  if (file === undefined) return { env };
  const path = `replicated-store/${file}`;
  const text = files[path] ?? '';
  if (text.includes(from)) return { edits: { [path]: text.replace(from, to) }, env };
  throw new Error(`bug '${name}': expected \`${from}\` in ${path}, found none: correct the bug's \`from\``);
}
