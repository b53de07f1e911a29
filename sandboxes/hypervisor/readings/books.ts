// Reads the host's books out of a finished run: what each guest ran and what was stolen from it, between two moments.
// Pure; refuses to guess what the host did not publish. Used by scenarios and experiments only.
import type { Run } from '../../_shared/check.ts';
import { CYCLES_PER_SECOND } from '../hypervisor.ts';

interface State {
  readonly seconds: number;
  readonly ran: Readonly<Record<string, number>>;
  readonly stolen: Readonly<Record<string, number>>;
  readonly instructions: Readonly<Record<string, number>>;
  readonly exits: Readonly<Record<string, number>>;
  readonly guests: Readonly<Record<string, string>>;
}

export interface Books {
  /** By guest, in parts of one core. */
  readonly share: Readonly<Record<string, number>>;
  readonly steal: Readonly<Record<string, number>>;
  /** Cycles in which all of them ran, in parts of one core. */
  readonly total: number;
  /** At the end. */
  readonly guests: Readonly<Record<string, string>>;
  /** Instructions executed directly, for each trap into the hypervisor; by guest, since its start. */
  readonly perExit: Readonly<Record<string, number>>;
}

/** Between the first states published after `fromS` and the last before `toS`. */
export function booksOf(run: Run, fromS: number, toS: number): Books {
  const states = run.events.flatMap((event) =>
    event.kind === 'publish' && event.machine === 'host' && event.channel === 'brownout:state'
      ? [event.value as State]
      : [],
  );
  const first = states.find(({ seconds }) => seconds >= fromS);
  const last = states.findLast(({ seconds }) => seconds <= toS);
  if (!first || !last || last.seconds <= first.seconds)
    throw new Error(`expected states of the host from ${fromS} to ${toS} s, found ${states.length} in all`);
  const cycles = (last.seconds - first.seconds) * CYCLES_PER_SECOND;
  const gained = (what: 'ran' | 'stolen'): Record<string, number> =>
    Object.fromEntries(
      Object.entries(last[what]).map(([name, value]) => [name, (value - (first[what][name] ?? 0)) / cycles]),
    );
  const share = gained('ran');
  return {
    share,
    steal: gained('stolen'),
    total: Object.values(share).reduce((sum, each) => sum + each, 0),
    guests: last.guests,
    perExit: Object.fromEntries(
      Object.entries(last.instructions).map(([name, count]) => [name, count / (last.exits[name] ?? 1)]),
    ),
  };
}
