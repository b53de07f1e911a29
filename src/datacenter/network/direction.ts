// One direction of a link: how long the way is, what is lost on it, which rules are laid on it. Keeps the
// order of packets, whatever the rules do to the delay, unless a rule says that a packet is overtaken.
// Called by the fabric for each packet; knows no clock and no machines.

import type { Random } from '../base/random.ts';
import type { LossReason, Packet } from './packet.ts';
import { NOTHING_TO_SEE, type Rule, type RuleView } from './rules/rule.ts';

export class Direction {
  /** Why the packet of the last `decide` is lost; null where it arrives. */
  lostBy: LossReason | null = null;
  /** The packet of the last `decide` arrives twice. */
  isDoubled = false;
  readonly #latencyNs: number;
  readonly #loss: number;
  readonly #random: Random;
  /** Of the link itself: before all others, and not for a reader to see. */
  readonly #own: number;
  readonly #rules: Rule[];
  #lastArrivalNs = 0;

  /** `loss` is what the link loses by itself, 0 to 1; `own` what else it does. The direction owns `random`. */
  constructor(latencyNs: number, loss: number, random: Random, own: readonly Rule[] = []) {
    this.#latencyNs = latencyNs;
    this.#loss = loss;
    this.#random = random;
    this.#own = own.length;
    this.#rules = [...own];
  }

  /** When a packet sent at `nowNs` arrives. Only where `lostBy` is null afterwards does it arrive at all. */
  decide(packet: Packet, nowNs: number): number {
    this.lostBy = null;
    this.isDoubled = false;
    let arrivesNs = nowNs + this.#latencyNs;
    let overtakes = false;
    for (const rule of this.#rules) {
      const verdict = rule.judge(packet, this.#random, nowNs);
      if (verdict.kind === 'drop') {
        this.lostBy = verdict.reason;
        return arrivesNs;
      }
      if (verdict.kind === 'delay') {
        arrivesNs += verdict.ns;
        overtakes ||= verdict.overtakes;
      } else if (verdict.kind === 'duplicate') this.isDoubled = true;
    }
    if (this.#loss > 0 && this.#random.fraction() < this.#loss) {
      this.lostBy = 'loss';
      return arrivesNs;
    }
    if (overtakes) return arrivesNs;
    if (arrivesNs < this.#lastArrivalNs) arrivesNs = this.#lastArrivalNs;
    this.#lastArrivalNs = arrivesNs;
    return arrivesNs;
  }

  /** Lays `rule` on the direction; the returned function takes it away (once; more calls do nothing). */
  addRule(rule: Rule): () => void {
    this.#rules.push(rule);
    let there = true;
    return () => {
      if (!there) return;
      there = false;
      this.#rules.splice(this.#rules.indexOf(rule), 1);
    };
  }

  /** What the rules do to it together; the link's own nature is not part of it. */
  view(): RuleView {
    let all = NOTHING_TO_SEE;
    for (let at = this.#own; at < this.#rules.length; at++) {
      const view = this.#rules[at]?.view;
      if (view !== undefined) all = together(all, view);
    }
    return all;
  }
}

function together(a: RuleView, b: RuleView): RuleView {
  const either = (one: number, other: number) => 1 - (1 - one) * (1 - other);
  return {
    cut: a.cut || b.cut,
    delayMs: a.delayMs + b.delayMs,
    loss: either(a.loss, b.loss),
    jitterMs: a.jitterMs + b.jitterMs,
    duplicate: either(a.duplicate, b.duplicate),
    reorder: either(a.reorder, b.reorder),
    corrupt: either(a.corrupt, b.corrupt),
    kilobitsPerSecond:
      Math.min(a.kilobitsPerSecond, b.kilobitsPerSecond) ||
      Math.max(a.kilobitsPerSecond, b.kilobitsPerSecond),
  };
}
