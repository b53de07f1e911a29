// What links and deeds on links may say. Complains with the field's name: expected, found, fix.
// Called by limits.ts, which knows the machines.
import type { Complaint, Deed, LinkSpec } from './contract.ts';

export const LATENCY_MS_MAX = 600_000;
export const KILOBITS_PER_SECOND_MAX = 1e9;

type Check = readonly [value: number | undefined, expected: string, max: number, field: string];

const delayOf = (value: number | undefined, field: string, what = 'a delay'): Check => [
  value,
  `${what} of 0 to ${LATENCY_MS_MAX} ms`,
  LATENCY_MS_MAX,
  field,
];
const chanceOf = (value: number | undefined, field: string): Check => [value, 'a chance of 0 to 1', 1, field];
const speedOf = (value: number | undefined, field: string): Check => [
  value,
  `0 to ${KILOBITS_PER_SECOND_MAX} kilobits per second`,
  KILOBITS_PER_SECOND_MAX,
  field,
];

function firstOf(checks: readonly Check[]): Complaint | null {
  for (const [value, expected, max, field] of checks) {
    if (value === undefined || (typeof value === 'number' && value >= 0 && value <= max)) continue;
    return { expected, found: String(value), fix: `correct \`${field}\`` };
  }
  return null;
}

export function complainAboutLink(field: string, link: LinkSpec): Complaint | null {
  return firstOf([
    delayOf(link.latencyMs, `${field}.latencyMs`, 'a latency'),
    chanceOf(link.loss, `${field}.loss`),
    delayOf(link.jitterMs, `${field}.jitterMs`, 'a jitter'),
    speedOf(link.kilobitsPerSecond, `${field}.kilobitsPerSecond`),
  ]);
}

export function complainAboutLinkDeed(deed: Deed): Complaint | null {
  switch (deed.do) {
    case 'delay':
    case 'jitter':
      return firstOf([delayOf(deed.ms, 'ms')]);
    case 'reorder':
      return firstOf([delayOf(deed.ms, 'ms'), chanceOf(deed.chance, 'chance')]);
    case 'loss':
    case 'duplicate':
    case 'corrupt':
      return firstOf([chanceOf(deed.chance, 'chance')]);
    case 'slow':
      return firstOf([speedOf(deed.kilobitsPerSecond, 'kilobitsPerSecond')]);
    default:
      return null;
  }
}
