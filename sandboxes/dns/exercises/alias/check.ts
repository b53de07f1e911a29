// Judges the exercise `alias` by what the clients were told after lines were put into the zone: were they taken or not?
// Believes only the clients; the name server runs the code that is judged. Each question concerns a name of its own,
// so no cache stands between. Pure. Run by the exercise runner, once for each seed.
import type { Action, Check, Finding, Run } from '../../../_shared/check.ts';

interface Case {
  readonly about: string;
  /** Lines for the zone, and the question that shows whether they are in it. */
  readonly lines: string;
  readonly ask: string;
  /** Type of the record that is in the answer if they were taken. */
  readonly type: string;
  readonly taken: boolean;
  readonly feedback: string;
}

const zone = '100xglobal.com';

/** What is tried with one seed, in an order of its own. */
function casesOf(seed: number): Case[] {
  const pick = <T>(from: readonly T[]): T => from[seed % from.length] as T;
  const [plain, spelled] = pick([
    ['members', 'SOCKET'],
    ['socket', 'Members'],
    ['email', 'memBers'],
  ]);
  const data = pick(['TXT "hello"', 'A 10.0.0.9', 'MX 10 email']);
  const beside = { type: 'CNAME', taken: false };
  const all: Case[] = [
    {
      ...beside,
      about: 'an alias at the apex',
      lines: '@ CNAME www.example.net.',
      ask: `${zone} CNAME`,
      feedback: 'apex',
    },
    {
      ...beside,
      about: 'an alias where addresses are',
      lines: `${plain} CNAME www`,
      ask: `${plain}.${zone} CNAME`,
      feedback: 'other-names',
    },
    {
      about: 'other records where an alias is',
      lines: `payments ${data}`,
      ask: `payments.${zone} ${data.split(' ')[0]}`,
      type: data.startsWith('A') ? 'payments A' : (data.split(' ')[0] ?? ''),
      taken: false,
      feedback: 'one-order',
    },
    {
      ...beside,
      about: 'an alias where the same name, spelled otherwise, has addresses',
      lines: `${spelled} CNAME www`,
      ask: `${spelled.toLowerCase()}.${zone} CNAME`,
      feedback: 'letter-case',
    },
    {
      ...beside,
      about: 'two aliases at one name',
      lines: 'cdn CNAME a.example.net.\ncdn CNAME b.example.net.',
      ask: `cdn.${zone} CNAME`,
      feedback: 'two-aliases',
    },
    {
      about: 'an alias of its own',
      lines: 'shop CNAME members',
      ask: `shop.${zone} CNAME`,
      type: 'CNAME',
      taken: true,
      feedback: 'too-strict',
    },
    {
      about: 'an alias of an alias',
      lines: 'blog CNAME www',
      ask: `blog.${zone} CNAME`,
      type: 'CNAME',
      taken: true,
      feedback: 'too-strict',
    },
  ];
  return all.map((one, index) => all[(index + seed) % all.length] ?? one);
}

const STEP_MS = 100;
const FIRST_MS = 300;

function plan(seed: number): Action[] {
  const turn = (atMs: number, machine: string, values: object): Action => {
    return { atNs: atMs * 1e6, do: 'input', machine, text: `${JSON.stringify(values)}\n` };
  };
  return [
    turn(90, 'clients', { ratePerSecond: 0 }),
    ...casesOf(seed).flatMap(({ lines, ask }, index) => [
      turn(FIRST_MS + index * STEP_MS, 'ns', { lines }),
      turn(FIRST_MS + index * STEP_MS + STEP_MS / 2, 'clients', { ask }),
    ]),
  ];
}

interface Told {
  readonly asked: string;
  readonly code: string;
  readonly answer: readonly string[];
}

function judge(run: Run): Finding[] {
  const told = run.events.flatMap((event) =>
    event.kind === 'publish' && event.machine === 'clients' && event.channel === 'brownout:answer'
      ? [{ ...(event.value as Told), atNs: event.atNs }]
      : [],
  );
  const answered = told.filter(({ code }) => code === 'NOERROR' || code === 'NXDOMAIN');
  const findings = casesOf(run.seed).map(({ about, lines, ask, type, taken, feedback }): Finding => {
    const answer = told.find(({ asked }) => asked === ask);
    const name = taken ? `${about} is served` : `${about} is refused`;
    const has = answer?.answer.some((record) => isOf(record, ask, type)) === true;
    const expected = `${ask}: ${taken ? 'as the line says' : 'as before'}`;
    if (has === taken) return { name, pass: true, expected, found: 'kept' };
    const found = `'${lines.replaceAll('\n', "' and '")}' was ${has ? 'taken' : 'refused'}; ${ask}: ${answer?.answer.join(', ') || answer?.code || 'no answer'}`;
    return { name, pass: false, expected, found, atNs: answer?.atNs ?? 0, evidence: [found], feedback };
  });
  const isSilent = answered.length < findings.length;
  const found = `${answered.length} of ${findings.length} answered`;
  const all = {
    name: 'the name server goes on',
    pass: !isSilent,
    expected: 'an answer to every question',
    found,
  };
  return [
    isSilent ? { ...all, atNs: told.at(-1)?.atNs ?? 0, evidence: [found], feedback: 'silent' } : all,
    ...findings,
  ];
}

/** Whether a record of an answer stands at the name that was asked and is of this type: `name TYPE data`. */
function isOf(record: string, ask: string, type: string): boolean {
  const [name = '', kind] = record.split(' ');
  return name.toLowerCase() === `${ask.split(' ')[0]}.`.toLowerCase() && type.split(' ').at(-1) === kind;
}

export const check: Check = { seeds: 10, untilMs: 1200, plan, judge };
