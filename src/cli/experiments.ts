// `brownout experiments`: plays every experiment of the sandboxes and prints what was measured beside what theory
// promises, with the tolerance and why it is what it is. Judges nothing itself: build/experiment.ts does.
// Called by main.ts.
import { availableParallelism } from 'node:os';
import { chapterOf, writtenChapters } from '../build/chapter.ts';
import { experimentNames, type Measured, playExperiment } from '../build/experiment.ts';
import { readLab } from '../build/lab-file.ts';
import { sandboxNames } from '../build/sandbox-files.ts';
import { datacenterRuntime } from '../runtime/node-datacenter.ts';
import { type Command, readOptions, UsageError } from './command.ts';
import { prepareEngine } from './prepare.ts';

const help = `Usage: brownout experiments [SANDBOX[/NAME] …] [OPTIONS]

Plays the experiments of the sandboxes in the data center (sandboxes/SANDBOX/experiments/NAME.ts): what theory
promises, what the runs measured, and whether they agree within the tolerance that the experiment states.

  --json            an array of {name, chapter, sandbox, theory, expected, measured, tolerance, unit, because,
                    seeds, seed, pass}; chapter is null where none is written for the sandbox
  --list            only their names

Exit code 1: one does not agree. 2: asked wrongly.
`;

export const experiments: Command = {
  help,
  async run(args, terminal) {
    const { options, words } = readOptions('experiments', args, { json: null, list: null });
    const chosen = choose(words);
    if (options['list'] !== undefined) {
      terminal.out(chosen.map((each) => `${each.join('/')}\n`).join(''));
      return 0;
    }
    prepareEngine();
    const json = options['json'] !== undefined;
    const told = await playAll(chosen, (one) => {
      if (!json) terminal.out(line(one));
    });
    const chapters = chaptersBySandbox();
    if (json) {
      const rows = told.map((one) => ({
        ...one,
        chapter: chapters.get(one.sandbox) ?? null,
        seed: one.seeds[0],
      }));
      terminal.out(`${JSON.stringify(rows, null, 1)}\n`);
    } else {
      const agreed = told.filter(({ pass }) => pass).length;
      terminal.out(`${agreed} of ${told.length} experiments agree with theory.\n`);
    }
    return told.every(({ pass }) => pass) ? 0 : 1;
  },
};

/** Sandbox and name of each that was asked for; all of them where none was. */
function choose(words: readonly string[]): readonly (readonly [string, string])[] {
  const all = sandboxNames().flatMap((sandbox) =>
    experimentNames(sandbox).map((name) => [sandbox, name] as const),
  );
  for (const word of words) {
    if (all.some(([sandbox, name]) => word === sandbox || word === `${sandbox}/${name}`)) continue;
    const there = all.map((each) => each.join('/')).join(', ') || 'none';
    throw new UsageError(`SANDBOX or SANDBOX/NAME of ${there}`, `'${word}'`, 'correct the name');
  }
  if (words.length === 0) return all;
  return all.filter(([sandbox, name]) => words.includes(sandbox) || words.includes(`${sandbox}/${name}`));
}

/** As many at once as there are cores; the answers in the order of the names, told as they come. */
async function playAll(
  chosen: readonly (readonly [string, string])[],
  tell: (one: Measured) => void,
): Promise<Measured[]> {
  const told: Measured[] = [];
  const left = [...chosen.entries()];
  const work = async (): Promise<void> => {
    const runtime = datacenterRuntime();
    try {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [at, [sandbox, name]] = next;
        const one = await playExperiment(sandbox, name, runtime);
        told[at] = one;
        tell(one);
      }
    } finally {
      await runtime.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), chosen.length) }, work));
  return told;
}

function line({ sandbox, name, theory, expected, measured, tolerance, unit, seeds, pass }: Measured): string {
  const [shown, wanted, within] = [measured, expected, tolerance].map((value) => String(+value.toFixed(4)));
  const of = unit === '' ? '' : ` ${unit}`;
  const runs = seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds from ${seeds[0]}`;
  return `${pass ? 'ok  ' : 'FAIL'}  ${sandbox}/${name}: ${shown}${of}, expected ${wanted} ± ${within} (${runs})\n      ${theory}\n`;
}

/** The number of the written chapter whose lab runs the sandbox, or whose prose shows its runs. */
function chaptersBySandbox(): ReadonlyMap<string, number> {
  return new Map(
    writtenChapters().flatMap((slug) => {
      const { folder, number } = chapterOf(slug);
      const { sandbox, also } = readLab(folder).value;
      return [...also, sandbox].map((each) => [each, number] as const);
    }),
  );
}
