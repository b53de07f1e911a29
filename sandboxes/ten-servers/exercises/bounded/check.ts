// Judges the exercise `bounded` by the packets: which server each request went to, and how many each had in flight then.
// Pure, and alone in its module (types apart), so that it can run out of reach of the code that it judges.
// Run by the exercise runner, once for each seed.
import type { Action, Check, Finding, Run } from '../../../_shared/check.ts';

const SERVERS = 10;
const FACTOR = 1.25;
const UNTIL_MS = 2000;
/** A calm time, a busy one, and more than ten servers of 100 ms can do. */
const RATES = [25, 90, 220] as const;
/** An answer that has just arrived may or may not have been counted. */
const JUST_NS = 1e6;

function rateOf(seed: number): number {
  return RATES[seed % RATES.length] ?? 90;
}

function plan(seed: number): Action[] {
  const text = `${JSON.stringify({ ratePerSecond: rateOf(seed) })}\n`;
  return [{ atNs: 10e6, do: 'input', machine: 'clients', text }];
}

/** One request on its way out: the counts before it, as high and as low as they can have been seen. */
interface Choice {
  readonly atNs: number;
  readonly server: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

function indexOf(machine: string): number {
  return Number(/^server(\d+)$/.exec(machine)?.[1] ?? 0) - 1;
}

function choicesOf({ events }: Run): Choice[] {
  const sent = Array.from({ length: SERVERS }, () => 0);
  const answers: { atNs: number; server: number }[] = [];
  const choices: Choice[] = [];
  for (const event of events) {
    if (event.kind !== 'packet') continue;
    const from = indexOf(event.from);
    const server = indexOf(event.to);
    if (from >= 0 && event.to === 'clients' && event.arrivesNs != null)
      answers.push({ atNs: event.arrivesNs, server: from });
    if (server < 0 || event.from !== 'clients') continue;
    const { atNs } = event;
    const answeredBy = (ns: number) =>
      sent.map(
        (count, each) => count - answers.filter((one) => one.server === each && one.atNs <= ns).length,
      );
    choices.push({ atNs, server, low: answeredBy(atNs), high: answeredBy(atNs - JUST_NS) });
    sent[server] = (sent[server] ?? 0) + 1;
  }
  return choices;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function breaksBound({ server, low, high }: Choice): boolean {
  return (low[server] ?? 0) + 1 > Math.ceil((FACTOR * (total(high) + 1)) / SERVERS);
}

function isFullest({ server, low, high }: Choice): boolean {
  return high.every((count, each) => each === server || count < (low[server] ?? 0));
}

function promise(name: string, expected: string, choice: Choice | undefined, feedback: string): Finding {
  if (choice === undefined) return { name, pass: true, expected, found: 'kept' };
  const { server, low, atNs } = choice;
  const found = `server${server + 1} chosen, in flight ${low.join(' ')}`;
  return { name, pass: false, expected, found, atNs, evidence: [found], feedback };
}

function judge(run: Run): Finding[] {
  const choices = choicesOf(run);
  const due = (rateOf(run.seed) * (run.untilNs / 1e9 - 0.2)) / 2;
  const missing = choices.length >= due ? undefined : choices.length;
  const busy = choices.filter(({ low }) => total(low) >= SERVERS);
  const atLeast = busy.filter(({ server, high, low }) => (low[server] ?? 0) <= Math.min(...high)).length;
  const all = busy.length >= 100 && atLeast > 0.97 * busy.length;
  return [
    {
      name: 'every request goes to a server',
      pass: missing === undefined,
      expected: `at least ${Math.round(due)} requests on their way`,
      found: missing === undefined ? 'kept' : `${missing}`,
      atNs: choices.at(-1)?.atNs ?? 0,
      feedback: 'nobody',
    },
    promise(
      'no server has more than 1.25 times the mean',
      'another server',
      choices.find(breaksBound),
      'no-bound',
    ),
    promise(
      'never the fullest of all',
      'the less busy of two different servers',
      choices.find(isFullest),
      'one-choice',
    ),
    promise(
      'two draws, not a look at all',
      'now and then a server that is not the least busy',
      all ? busy.at(-1) : undefined,
      'looks-at-all',
    ),
  ];
}

export const check: Check = { seeds: 9, untilMs: UNTIL_MS, plan, judge };
