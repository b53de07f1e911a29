// Runs an exercise's check through its seeds on any runtime and stops at the first broken promise.
// Judges nothing itself: check.ts does, from the trace. Keeps no clock: the caller ends it through a signal.
// Called by the lab, tests and graders.
import type { Action, TraceEvent } from '../datacenter/contract.ts';
import type { Running, Runtime } from './runtime.ts';
import { runSpec, type Sandbox, type Texts } from './sandbox.ts';

/** What an exercise promises, as its check.ts says it (sandboxes/_shared/check.ts). */
export interface Check {
  readonly seeds: number;
  readonly untilMs: number;
  plan(seed: number): Action[];
  judge(run: { seed: number; untilNs: number; events: readonly TraceEvent[] }): Finding[];
}

export interface Finding {
  readonly name: string;
  readonly pass: boolean;
  readonly expected: string;
  readonly found: string;
  readonly atNs?: number;
  readonly evidence?: readonly string[];
  readonly feedback?: string;
}

export interface ExerciseRun {
  readonly runtime: Runtime;
  readonly sandbox: Sandbox;
  /** Such as `retry`; named in the command that repeats a failure. */
  readonly exercise: string;
  readonly check: Check;
  /** The reader's files, by path below `sandboxes/`. */
  readonly edits: Texts;
  /** Only these seeds instead of 1 to `check.seeds`. */
  readonly seeds?: readonly number[];
  /** A run with more events than this is stopped and judged as it stands: endless tries must not hang the page. */
  readonly eventsMax?: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the work between two slices of a run; runExercise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface Failure {
  readonly seed: number;
  readonly atNs: number;
  readonly finding: Finding;
  /** All findings of that run. */
  readonly findings: readonly Finding[];
  /** What to type to see it again. */
  readonly command: string;
  /** One line: seed, time, what was expected, what was found. */
  readonly message: string;
}

export interface ExerciseResult {
  /** Seeds that kept every promise, up to the first that did not. */
  readonly passed: number;
  readonly total: number;
  readonly firstFailure?: Failure;
}

/** Virtual time between two looks at the signal and at the number of events. */
const SLICE_NS = 250e6;
const EVENTS_MAX = 400_000;

export async function runExercise(work: ExerciseRun): Promise<ExerciseResult> {
  const seeds = work.seeds ?? Array.from({ length: work.check.seeds }, (_, index) => index + 1);
  for (const [passed, seed] of seeds.entries()) {
    const findings = await judgeSeed(work, seed);
    const broken = findings.find((finding) => !finding.pass);
    if (broken) return { passed, total: seeds.length, firstFailure: failureOf(work, seed, broken, findings) };
    work.onProgress?.(passed + 1, seeds.length);
  }
  return { passed: seeds.length, total: seeds.length };
}

/** Runs one seed to its end and returns what the check found. */
export async function judgeSeed(work: ExerciseRun, seed: number): Promise<Finding[]> {
  const { check, sandbox, edits } = work;
  work.signal?.throwIfAborted();
  const spec = runSpec(sandbox, { seed, actions: check.plan(seed), edits });
  const { run, first } = await work.runtime.boot(spec);
  try {
    const { events, nowNs } = await advance(run, first.events, check.untilMs * 1e6, work);
    const findings = check.judge({ seed, untilNs: nowNs, events });
    if (nowNs < check.untilMs * 1e6) return [...findings, tooMuch(work, nowNs)];
    if (findings.some((finding) => !finding.pass)) return findings;
    const nothing = fallen(events) ?? unanswered(events);
    return nothing === undefined ? findings : [...findings, nothing];
  } finally {
    run.stop();
  }
}

/** A run that was cut short has not kept its promises, even if it broke none before. */
function tooMuch(work: ExerciseRun, nowNs: number): Finding {
  const most = (work.eventsMax ?? EVENTS_MAX).toLocaleString('en');
  return {
    name: 'each run stays within bounds',
    pass: false,
    expected: `at most ${most} lines of trace, the limit of this exercise`,
    found: `more after ${(nowNs / 1e9).toFixed(2)} s: look for work without end`,
    atNs: nowNs,
  };
}

/** A program that fell over by itself may have kept every promise by doing nothing. Ends that the plan made do not count. */
function fallen(events: readonly TraceEvent[]): Finding | undefined {
  const deedsNs = new Set(events.flatMap((event) => (event.kind === 'action' ? [event.atNs] : [])));
  for (const event of events) {
    if (event.kind !== 'machine') continue;
    const { machine, state, why, atNs } = event;
    const ended = state === 'crashed' || state === 'exited' || state === 'killed';
    if (!ended || deedsNs.has(atNs)) continue;
    const expected = 'programs that go on until the run or its plan ends them';
    const found = `${machine} ${state}: ${why}`;
    return { name: 'no program ends by itself', pass: false, expected, found, atNs, evidence: [found] };
  }
  return undefined;
}

/** Nor does a program show anything that hangs while it loads: whoever asks by HTTP hears nothing at all. */
function unanswered(events: readonly TraceEvent[]): Finding | undefined {
  const asked = events.flatMap((event) => (event.kind === 'http' && event.side === 'client' ? [event] : []));
  const isAnswered = asked.some((event) => event.phase === 'end' && (event.status ?? 500) < 500);
  const [first] = asked;
  if (first === undefined || isAnswered) return undefined;
  const found = `none: ${first.machine} asked first for ${first.method} ${first.url}`;
  const expected = 'an answer to at least one request of the run';
  return { name: 'somebody is answered', pass: false, expected, found, atNs: first.atNs, evidence: [found] };
}

async function advance(run: Running, first: readonly TraceEvent[], untilNs: number, work: ExerciseRun) {
  const eventsMax = work.eventsMax ?? EVENTS_MAX;
  const events = [...first];
  let nowNs = 0;
  while (nowNs < untilNs && events.length <= eventsMax) {
    work.signal?.throwIfAborted();
    const batch = await run.advanceTo(Math.min(nowNs + SLICE_NS, untilNs));
    for (const event of batch.events) events.push(event);
    nowNs = Math.min(nowNs + SLICE_NS, untilNs);
  }
  return { events, nowNs };
}

function failureOf(work: ExerciseRun, seed: number, finding: Finding, findings: readonly Finding[]): Failure {
  const atNs = finding.atNs ?? work.check.untilMs * 1e6;
  const at = (atNs / 1e9).toFixed(3);
  const { name, expected, found } = finding;
  return {
    seed,
    atNs,
    finding,
    findings,
    command: `npx brownout check ${work.sandbox.name}/${work.exercise} --seed ${seed}`,
    message: `seed=${seed}, at ${at} s: ${name}: expected ${expected}, found ${found}`,
  };
}
