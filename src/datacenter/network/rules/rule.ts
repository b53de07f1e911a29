// What a fault on the network is: a value that looks at a packet and says pass, delay, drop or duplicate. The fabric
// asks every rule of a direction in the order of adding. One kind of fault is one file of this folder.
// Rules are told the time and draw chance only from the Random that they are handed.

import type { Random } from '../../base/random.ts';
import type { LossReason, Packet } from '../packet.ts';

export type Verdict =
  | { readonly kind: 'pass' }
  /** Arrives `ns` (whole nanoseconds) later. `overtakes`: without waiting for packets sent before it. */
  | { readonly kind: 'delay'; readonly ns: number; readonly overtakes: boolean }
  | { readonly kind: 'drop'; readonly reason: LossReason }
  /** Arrives twice. */
  | { readonly kind: 'duplicate' };

export interface Rule {
  readonly judge: (packet: Packet, random: Random, nowNs: number) => Verdict;
  /** What a reader is told of the link while the rule is there. */
  readonly view: RuleView;
}

/** 0 and false where the rule does nothing of the kind. Chances from 0 to 1. */
export interface RuleView {
  readonly cut: boolean;
  readonly delayMs: number;
  readonly loss: number;
  readonly jitterMs: number;
  readonly duplicate: number;
  readonly reorder: number;
  readonly corrupt: number;
  readonly kilobitsPerSecond: number;
}

export const PASS: Verdict = { kind: 'pass' };
export const NOTHING_TO_SEE: RuleView = {
  cut: false,
  delayMs: 0,
  loss: 0,
  jitterMs: 0,
  duplicate: 0,
  reorder: 0,
  corrupt: 0,
  kilobitsPerSecond: 0,
};
