// Judges the exercise `credits` by what the world outside could see: how far the guests that never sleep had got, when
// the job was given to `batch`, and how long `web` took to answer. Pure; run once for each seed.
// Believes the machine `clients` only. The code that is judged runs on the host, and what the host says of itself does
// not count: how far a guest has got is proved by its sum, which takes just as many turns to compute.
import type { Check, Finding, Run } from '../../../_shared/check.ts';

/** As in hypervisor.ts and guests.ts: cycles of a second, of a turn of `spin`, and what an audit costs the guest. */
const PER_SECOND = 200_000;
const TURN = 7;
const AUDIT = 620;
const SPINNERS = ['spin1', 'spin2', 'spin3'] as const;

interface Tally {
  readonly atS: number;
  readonly guest: string;
  readonly turns: number;
  readonly sum: number;
}

function talliesOf({ events }: Run): Tally[] {
  return events.flatMap((event) =>
    event.kind === 'publish' && event.machine === 'clients' && event.channel === 'brownout:tally'
      ? [{ ...(event.value as Omit<Tally, 'atS'>), atS: event.atNs / 1e9 }]
      : [],
  );
}

/** The first tally whose sum is not what so many turns give; work that was not done cannot be claimed. */
function forged(tallies: readonly Tally[]): Tally | undefined {
  const sorted = [...tallies].sort((a, b) => a.turns - b.turns);
  let sum = 1;
  let turns = 0;
  for (const tally of sorted) {
    if (!(tally.turns <= 10_000_000)) return tally;
    for (; turns < tally.turns; turns++) {
      sum = (Math.imul(sum, 5) + 1) | 0;
      sum ^= sum >>> 7;
    }
    if (sum >>> 0 !== tally.sum) return tally;
  }
  return undefined;
}

/** Part of a core that a guest had between two moments, by the tallies in between; NaN where there are not two. */
function shareOf(tallies: readonly Tally[], guest: string, fromS: number, toS: number): number {
  const own = tallies.filter((one) => one.guest === guest && one.atS >= fromS && one.atS <= toS);
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last || last === first) return Number.NaN;
  const cycles = (last.turns - first.turns) * TURN + (own.length - 1) * AUDIT;
  return cycles / PER_SECOND / (last.atS - first.atS);
}

interface Promise {
  readonly name: string;
  readonly found: number;
  readonly least: number;
  readonly most: number;
  readonly unit: string;
  readonly atS: number;
  /** Where it is too little, and where it is too much. */
  readonly feedback: readonly [string, string];
}

function finding({ name, found, least, most, unit, atS, feedback }: Promise): Finding {
  const pass = found >= least && found <= most;
  const said = `${Number.isNaN(found) ? 'no sign of life' : found.toFixed(2)}${unit}`;
  const expected = `${least} to ${most}${unit}`;
  if (pass) return { name, pass, expected, found: said };
  const why = found > most ? feedback[1] : feedback[0];
  return {
    name,
    pass,
    expected,
    found: said,
    atNs: atS * 1e9,
    evidence: [`${name}: ${said}`],
    feedback: why,
  };
}

function judge(run: Run): Finding[] {
  const tallies = talliesOf(run);
  const liar = forged(tallies);
  const wakes = run.events.find(
    (event) => event.kind === 'http' && event.machine === 'clients' && /\/console\/batch/.test(event.url),
  );
  const wakesS = (wakes?.atNs ?? 0) / 1e9;
  const share = (guest: string, fromS: number, toS: number) => shareOf(tallies, guest, fromS, toS);
  const [first = 0, second = 0, third = 0] = SPINNERS.map((guest) => share(guest, 0.2, run.untilNs / 1e9));
  const together = SPINNERS.reduce((sum, guest) => sum + share(guest, wakesS, wakesS + 0.85), 0);
  const slow = slowestTenth(run);
  const twice = (guest: string, found: number) =>
    finding({
      name: `${guest}, with twice the weight of spin1, has twice as much`,
      ...{ found, least: 1.7, most: 2.3, unit: ' times', atS: wakesS },
      feedback: ['equal-turns', 'strict-priority'],
    });
  return [
    {
      name: 'what the guests claim, they have computed',
      pass: liar === undefined,
      expected: 'the sum that so many turns give',
      found: liar ? `another one, for ${liar.turns} turns of ${liar.guest}` : 'that',
      feedback: 'forged',
    },
    finding({
      ...{ name: 'spin1, with the smallest weight, does not starve', found: first },
      ...{ least: 0.2, most: 2, unit: ' of a core', atS: wakesS },
      feedback: ['strict-priority', 'equal-turns'],
    }),
    twice('spin2', second / first),
    twice('spin3', third / first),
    finding({
      name: 'when batch has woken up, the other three keep what is theirs, and batch gets what it was promised',
      ...{ found: together, least: 1.4, most: 1.75, unit: ' cores', atS: wakesS + 0.85 },
      feedback: ['piles-up', 'sleeper-punished'],
    }),
    finding({
      ...{
        name: 'nine of ten requests to web are answered soon',
        found: slow,
        least: 0,
        most: 30,
        unit: ' ms',
      },
      ...{ atS: wakesS, feedback: ['sleeper-punished', 'sleeper-punished'] },
    }),
  ];
}

/** Latency that nine of ten requests did not exceed; an unanswered one counts as long as it can. */
function slowestTenth({ events }: Run): number {
  const latencies = events.flatMap((event) => {
    if (event.kind !== 'publish' || event.machine !== 'clients' || event.channel !== 'brownout:request')
      return [];
    const { ok, latencyMs } = event.value as { ok: boolean; latencyMs: number };
    return [ok ? latencyMs : 3000];
  });
  latencies.sort((a, b) => a - b);
  return latencies[Math.ceil(latencies.length * 0.9) - 1] ?? Number.NaN;
}

export const check: Check = { seeds: 8, untilMs: 2700, plan: () => [], judge };
