// Judges the exercise `negative` by the trace: what the clients were told, and what the name server was asked.
// Believes only these two machines: neither runs the code that is judged. Pure.
// Run by the exercise runner, once for each seed.
import type { Action, Check, Finding, Run, TraceEvent } from '../../../_shared/check.ts';

/** TTL of the SOA record and its last field, in seconds; the smaller one counts, and is one or two. */
const SOAS = [
  [1, 3],
  [3, 1],
  [2, 3],
  [3, 2],
  [1, 2],
  [2, 1],
] as const;
const EVENTS = 'events.100xglobal.com';
/** A name that nobody visits, so that nothing is known of it. */
const EMAIL = 'email.100xglobal.com';

interface Plan {
  readonly ttl: number;
  readonly minimum: number;
  /** Milliseconds: the first question, and its last moment in the cache. */
  readonly askedMs: number;
  readonly overMs: number;
}

function planOf(seed: number): Plan {
  const [ttl = 1, minimum = 1] = SOAS[seed % SOAS.length] ?? [];
  const askedMs = 400 + ((seed * 37) % 100);
  return { ttl, minimum, askedMs, overMs: askedMs + Math.min(ttl, minimum) * 1000 };
}

function plan(seed: number): Action[] {
  const { ttl, minimum, askedMs, overMs } = planOf(seed);
  const turn = (atMs: number, machine: string, values: object): Action => {
    return { atNs: atMs * 1e6, do: 'input', machine, text: `${JSON.stringify(values)}\n` };
  };
  const ask = (atMs: number, question: string) => turn(atMs, 'clients', { ask: question });
  return [
    turn(90, 'clients', { ratePerSecond: 0 }),
    turn(100, 'ns', { soa: `@ ${ttl} SOA ns hostmaster 2 3600 600 86400 ${minimum}` }),
    ask(askedMs, `${EVENTS} A`),
    ask(askedMs + 100, `${EVENTS} MX`),
    ask(askedMs + 200, `${EMAIL} AAAA`),
    ask(askedMs + 300, `${EMAIL} A`),
    ask(askedMs + 400, `${EMAIL} AAAA`),
    turn(askedMs + 500, 'ns', { events: 'events 6 A 10.0.0.7' }),
    ask(overMs - 150, `${EVENTS} A`),
    ask(overMs + 150, `${EVENTS} A`),
  ];
}

interface Told {
  readonly asked: string;
  readonly code: string;
  readonly answer: readonly string[];
  readonly atNs: number;
}

/** What the resolver said to the clients, in order of asking: each question is over before the next. */
function toldIn({ events }: Run): Told[] {
  return events.flatMap((event) =>
    event.kind === 'publish' && event.machine === 'clients' && event.channel === 'brownout:answer'
      ? [{ ...(event.value as Omit<Told, 'atNs'>), atNs: event.atNs }]
      : [],
  );
}

/** What the name server was asked about a name, before some moment. */
function askedOf({ events }: Run, name: string, beforeMs: number): TraceEvent[] {
  return events.filter((event) => {
    if (event.kind !== 'publish' || event.machine !== 'ns' || event.channel !== 'brownout:query')
      return false;
    return (event.value as { name: string }).name === `${name}.` && event.atNs < beforeMs * 1e6;
  });
}

function promise(
  name: string,
  expected: string,
  found: string | undefined,
  feedback: string,
  atNs = 0,
): Finding {
  if (found === undefined) return { name, pass: true, expected, found: 'kept' };
  return { name, pass: false, expected, found, atNs, evidence: [found], feedback };
}

function judge(run: Run): Finding[] {
  const { ttl, minimum, overMs } = planOf(run.seed);
  const soa = `SOA with TTL ${ttl} and minimum ${minimum}`;
  const told = toldIn(run);
  const silent = told.length < 7 || told.some(({ code }) => code !== 'NOERROR' && code !== 'NXDOMAIN');
  const [, , , email, , , after] = told;
  const isHidden = email !== undefined && email.answer.length === 0;
  const isLate = after !== undefined && after.answer.length === 0;
  const events = askedOf(run, EVENTS, overMs - 50);
  const again = events[1];
  const data = askedOf(run, EMAIL, overMs - 50).filter(
    (event) => event.kind === 'publish' && (event.value as { type: string }).type === 'AAAA',
  );
  const type = again?.kind === 'publish' ? (again.value as { type: string }).type : '';
  const why = data.length > 1 ? 'not-kept' : type === 'MX' ? 'each-type' : 'too-short';
  return [
    promise(
      'every question is answered',
      '7 answers, each NOERROR or NXDOMAIN',
      silent ? `${told.length} answers: ${told.map(({ code }) => code).join(', ')}` : undefined,
      'silent',
      told.at(-1)?.atNs,
    ),
    promise(
      'no records of one type hide none of another',
      `${EMAIL} A answered after ${EMAIL} AAAA`,
      isHidden ? `${EMAIL} A: ${email.code} without an address` : undefined,
      'hides-others',
      email?.atNs,
    ),
    promise(
      'what does not exist is asked for once',
      `one question to ns about ${EVENTS} and one about ${EMAIL} AAAA, until the no is over (${soa})`,
      again || data.length > 1
        ? `ns was asked for ${again ? `${EVENTS} ${type}` : `${EMAIL} AAAA`} again`
        : undefined,
      why,
      (again ?? data[1])?.atNs,
    ),
    promise(
      'a name is found once the no is over',
      `an address after ${Math.min(ttl, minimum)} s (${soa})`,
      isLate ? `${EVENTS} A: ${after.code}, 150 ms after that` : undefined,
      'too-long',
      after?.atNs,
    ),
  ];
}

export const check: Check = { seeds: 10, untilMs: 2800, plan, judge };
