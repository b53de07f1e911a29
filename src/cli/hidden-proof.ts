// Lets a hidden check prove itself in the data center: the solution passes it; start and every mistake fail it; what lies under
// hidden/mistakes/ passes the page's check and earns the feedback of its folder's name from the hidden one. An exercise
// without a hidden check has nothing to prove. Called by scripts/check-exercises.ts and author/missing-runs.ts.
import { parse } from 'yaml';
import * as z from 'zod';
import { inRepository } from '../build/root.ts';
import type { ProofComplaint } from '../grading/check.ts';
import { type Check, runExercise } from '../runtime/exercise.ts';
import { datacenterRuntime, type NodeDatacenter } from '../runtime/node-datacenter.ts';
import { loadSandbox, type Texts } from '../runtime/sandbox.ts';
import { asAddress, hiddenCheckOf, moduleText } from './grade/hidden.ts';

const exerciseFile = z.looseObject({ seeds: z.number(), limits: z.looseObject({ events: z.number() }) });

interface Bench {
  readonly texts: Texts;
  readonly name: string;
  readonly runtime: NodeDatacenter;
  readonly eventsMax: number;
}
interface Judge {
  readonly check: Check;
  readonly seeds: readonly number[];
}

export async function proveHidden(texts: Texts, name: string): Promise<ProofComplaint[]> {
  const folder = name.replace('/', '/exercises/');
  const spec = exerciseFile.parse(parse(texts[`${folder}/exercise.yml`] ?? ''));
  const given = await hiddenCheckOf(name, spec.seeds);
  if (given.check === '') return [];
  const { check, feedback = {} } = await moduleOf(given.check);
  const hidden = { check, seeds: given.seeds };
  const page = {
    check: (await moduleOf(await moduleText(inRepository('sandboxes', folder, 'check.ts')))).check,
    seeds: Array.from({ length: spec.seeds }, (_, index) => index + 1),
  };
  const found: ProofComplaint[] = [];
  const runtime = datacenterRuntime();
  const bench = { texts, name, runtime, eventsMax: spec.limits.events };
  try {
    for (const program of programsIn(texts, folder)) {
      const own = /^hidden\/mistakes\/(.+)$/.exec(program)?.[1];
      if (own !== undefined) found.push(...(await mustPass(bench, program, page, "the page's check")));
      if (program === 'solution') found.push(...(await mustPass(bench, program, hidden, 'the hidden check')));
      else found.push(...(await mustFail(bench, program, hidden, own, Object.keys(feedback))));
    }
  } finally {
    await runtime.close();
  }
  return found;
}

async function mustPass(
  bench: Bench,
  program: string,
  judge: Judge,
  what: string,
): Promise<ProofComplaint[]> {
  const { firstFailure } = await run(bench, program, judge);
  if (firstFailure === undefined) return [];
  const expected = `${program} of ${bench.name} to pass ${what}`;
  return [{ expected, found: firstFailure.message, fix: 'correct the program or the check' }];
}

/** `earned`: the feedback that it must get, one of `texts`; undefined where any failure will do. */
async function mustFail(
  bench: Bench,
  program: string,
  judge: Judge,
  earned: string | undefined,
  texts: readonly string[],
): Promise<ProofComplaint[]> {
  const { firstFailure } = await run(bench, program, judge);
  const words = firstFailure?.finding.feedback;
  const isRight = earned === undefined || (words === earned && texts.includes(earned));
  if (firstFailure !== undefined && isRight) return [];
  const expected = `${program} of ${bench.name} to fail the hidden check${earned === undefined ? '' : ` with the feedback '${earned}', which it exports`}`;
  const found = firstFailure === undefined ? 'that it passed' : `'${words}' of ${texts.join(', ')}`;
  return [{ expected, found, fix: 'correct the program or the check' }];
}

function run({ texts, name, runtime, eventsMax }: Bench, program: string, { check, seeds }: Judge) {
  const [sandbox = '', exercise = ''] = name.split('/');
  const root = `${sandbox}/exercises/${exercise}/${program}/`;
  const files = Object.entries(texts).filter(([path]) => path.startsWith(root));
  const edits = Object.fromEntries(
    files.map(([path, text]) => [`${sandbox}/${path.slice(root.length)}`, text]),
  );
  return runExercise({
    runtime,
    sandbox: loadSandbox(sandbox, texts),
    exercise,
    check,
    seeds,
    edits,
    eventsMax,
  });
}

function programsIn(texts: Texts, folder: string): string[] {
  const pattern = new RegExp(`^${folder}/(start|solution|mistakes/[^/]+|hidden/mistakes/[^/]+)/`);
  return [...new Set(Object.keys(texts).flatMap((path) => pattern.exec(path)?.[1] ?? []))];
}

interface Module {
  readonly check: Check;
  readonly feedback?: Readonly<Record<string, string>>;
}

async function moduleOf(text: string): Promise<Module> {
  return (await import(asAddress(text))) as Module;
}
