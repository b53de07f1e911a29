// What the engine's page lists from data: what is refused, by reason, and how much is allowed. Numbers are printed
// for readers. Called by pages/engine.
import { LIMITS, REFUSALS } from '../datacenter/datacenter.ts';
import { printed } from './values.ts';

export interface RefusedTogether {
  readonly names: readonly string[];
  readonly why: string;
}

/** What is refused for the same reason stands together, in the order of the engine's table. */
export function refusedByReason(): RefusedTogether[] {
  const groups = Map.groupBy(REFUSALS, ({ why }) => why);
  return [...groups].map(([why, refusals]) => ({ why, names: refusals.map(({ name }) => name) }));
}

export function limitsInWords(): { readonly name: string; readonly most: string; readonly beyond: string }[] {
  return LIMITS.map(({ name, most, unit, beyond }) => ({
    name,
    most: `${printed(most)} ${unit}`.trim(),
    beyond,
  }));
}

/** 98.3; never rounded up to 100. */
export function percentOf(part: number, whole: number): string {
  return whole === 0 ? '–' : (Math.floor((1000 * part) / whole) / 10).toFixed(1);
}
