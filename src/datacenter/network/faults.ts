// Faults that a reader lays on links, kept so that the same click can take them off again. A later fault of
// one kind on a direction takes the place of the one before. Called by the engine's door.
import { assert } from '../base/assert.ts';
import type { Deed } from '../contract.ts';
import type { Fabric } from './fabric.ts';
import { corrupt } from './rules/corrupt.ts';
import { cut } from './rules/cut.ts';
import { delay } from './rules/delay.ts';
import { duplicate } from './rules/duplicate.ts';
import { jitter } from './rules/jitter.ts';
import { loss } from './rules/loss.ts';
import { reorder } from './rules/reorder.ts';
import type { Rule } from './rules/rule.ts';
import { slow } from './rules/slow.ts';

type LinkDeed = Extract<Deed, { readonly from: string }>;
type Kind = Exclude<LinkDeed['do'], 'mend'>;

const KINDS: readonly Kind[] = ['cut', 'delay', 'loss', 'jitter', 'duplicate', 'reorder', 'slow', 'corrupt'];

export class Faults {
  readonly #fabric: Fabric;
  readonly #removes = new Map<string, () => void>();

  constructor(fabric: Fabric) {
    this.#fabric = fabric;
  }

  apply(deed: LinkDeed): void {
    const ways =
      deed.oneWay === true
        ? [[deed.from, deed.to]]
        : [
            [deed.from, deed.to],
            [deed.to, deed.from],
          ];
    for (const [from = '', to = ''] of ways) this.#applyOneWay(deed, from, to);
  }

  #applyOneWay(deed: LinkDeed, from: string, to: string): void {
    if (deed.do === 'mend') for (const kind of KINDS) this.#put(from, to, kind, null);
    else this.#put(from, to, deed.do, ruleOf(deed));
  }

  #put(from: string, to: string, kind: Kind, rule: Rule | null): void {
    const key = `${from}>${to} ${kind}`;
    this.#removes.get(key)?.();
    this.#removes.delete(key);
    if (rule === null) return;
    const fromId = this.#fabric.idOf(from);
    const toId = this.#fabric.idOf(to);
    assert(fromId !== undefined && toId !== undefined, 'links lie between machines of the cluster');
    this.#removes.set(key, this.#fabric.addRule(fromId, toId, rule));
  }
}

/** Null where the deed says that there is nothing of the kind any more. */
function ruleOf(deed: LinkDeed): Rule | null {
  switch (deed.do) {
    case 'mend':
      return null;
    case 'cut':
      return cut();
    case 'delay':
      return deed.ms > 0 ? delay(deed.ms) : null;
    case 'jitter':
      return deed.ms > 0 ? jitter(deed.ms) : null;
    case 'loss':
      return deed.chance > 0 ? loss(deed.chance) : null;
    case 'duplicate':
      return deed.chance > 0 ? duplicate(deed.chance) : null;
    case 'corrupt':
      return deed.chance > 0 ? corrupt(deed.chance) : null;
    case 'reorder':
      return deed.chance > 0 ? reorder(deed.chance, deed.ms) : null;
    case 'slow':
      return deed.kilobitsPerSecond > 0 ? slow(deed.kilobitsPerSecond) : null;
  }
}
