// Tells whoever watches what each guest has: its share of a core, its steal, its instructions, its state, its last line.
// Publishes on `brownout:state`; nobody in the host reads it back. Called by host.ts four times a second.
import { channel } from 'node:diagnostics_channel';
import type { Console } from './consoles.ts';
import { CYCLES_PER_SECOND, type Hypervisor } from './hypervisor.ts';
import { stolenFrom, type Tenant } from './tenant.ts';

const state = channel('brownout:state');
let atBefore = 0;
let before = new Map<string, { readonly ran: number; readonly stolen: number }>();

export function stateOf(
  machine: Hypervisor,
  consoles: ReadonlyMap<string, Console>,
  refused: ReadonlyMap<string, string>,
): void {
  const { now, tenants } = machine;
  const elapsed = Math.max(1, now - atBefore);
  const each = <T>(what: (tenant: Tenant) => T): Record<string, T> =>
    Object.fromEntries([...tenants].map(([name, tenant]) => [name, what(tenant)]));
  const was = (name: string) => before.get(name) ?? { ran: 0, stolen: 0 };
  const round = (share: number): number => Math.round(Math.max(0, share) * 1e4) / 1e4;
  state.publish({
    seconds: now / CYCLES_PER_SECOND,
    /** Since the last time: parts of one core. */
    share: each(({ name, ran }) => round((ran - was(name).ran) / elapsed)),
    steal: each((one) => round((stolenFrom(one, now) - was(one.name).stolen) / elapsed)),
    /** Since the guest was booted, in cycles and instructions. */
    ran: each(({ ran }) => ran),
    stolen: each((one) => stolenFrom(one, now)),
    instructions: each(({ guest }) => guest.instructions),
    exits: each(({ guest }) => guest.exits),
    guests: {
      ...each(({ guest }) => (guest.verdict ? 'ended' : guest.isAsleep ? 'asleep' : 'runs')),
      ...Object.fromEntries([...refused.keys()].map((name) => [name, 'refused'])),
    },
    printed: Object.fromEntries([...consoles].map(([name, { last }]) => [name, last])),
  });
  before = new Map([...tenants].map(([name, one]) => [name, { ran: one.ran, stolen: stolenFrom(one, now) }]));
  atBefore = now;
}
