// When work is due, in words: in the assignment's zone and the reader's, how long that is, and what being late costs.
// Pure: the moment is an argument, zones come from Intl. Refuses nothing. Called by overview.tsx and list.tsx.
import type { Assignment } from '../../teaching/assignment.ts';
import { localOf } from '../../teaching/due.ts';
import { percentLeft } from '../../teaching/late.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `Monday 30 November 2026, 23:59`. */
export function moment(atMs: number, zone: string): string {
  const date = new Date(atMs);
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const of = (fields: Intl.DateTimeFormatOptions) =>
    date.toLocaleString('en-GB', { ...fields, timeZone: zone });
  return `${of(day)}, ${of(time)}`;
}

export interface DueWords {
  /** With the assignment's zone. */
  readonly theirs: string;
  /** In the reader's zone. */
  readonly ours: string;
}

export function dueWords({ dueMs, due }: Pick<Assignment, 'dueMs' | 'due'>, ownZone: string): DueWords {
  const isSame = localOf(dueMs, due.zone) === localOf(dueMs, ownZone);
  return {
    theirs: `${moment(dueMs, due.zone)} (${zoneWords(due.zone)})`,
    ours: isSame
      ? 'The same where you are.'
      : `${moment(dueMs, ownZone)} where you are (${zoneWords(ownZone)})`,
  };
}

function zoneWords(zone: string): string {
  return zone.replaceAll('_', ' ');
}

/** `2 days 3 hours`, `12 minutes`, `less than a minute`: two units at most, rounded down. */
export function span(ms: number): string {
  const units = [
    [Math.floor(ms / DAY_MS), 'day'],
    [Math.floor((ms % DAY_MS) / HOUR_MS), 'hour'],
    [Math.floor((ms % HOUR_MS) / MINUTE_MS), 'minute'],
  ] as const;
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return 'less than a minute';
  const said = units.slice(first, first + 2).filter(([count]) => count > 0);
  return said.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' ');
}

/** Time left, or how late it is and what that costs now. */
export function standing(assignment: Pick<Assignment, 'dueMs' | 'late'>, nowMs: number): string {
  const leftMs = assignment.dueMs - nowMs;
  if (leftMs >= 0) return `${capital(span(leftMs))} left.`;
  const percent = percentLeft(assignment.late, -leftMs);
  const earns = percent === 100 ? 'all of its grade' : percent === 0 ? 'nothing' : `${percent}% of its grade`;
  return `${capital(span(-leftMs))} late. Handed in now, it earns ${earns}.`;
}

/** What being late costs, step by step. */
export function lateSteps({ late }: Pick<Assignment, 'late'>): string[] {
  if (late.length === 0) return ['The assignment takes nothing off for late work. Your course may: ask.'];
  return late.map(({ afterHours, percent }) => {
    const after = afterHours === 0 ? 'Late' : `More than ${span(afterHours * HOUR_MS)} late`;
    return `${after}: ${percent === 0 ? 'nothing is left' : `${percent}% of the grade is left`}.`;
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
