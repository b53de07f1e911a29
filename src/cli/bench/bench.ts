// `brownout bench`: measures boot, throughput and page against their references in the same run, and prints a table
// or one JSON object. Judges nothing: speed is shown, never asserted. Called by main.ts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { inRepository } from '../../build/root.ts';
import { sandboxTexts } from '../../build/sandbox-texts.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import { loadSandbox } from '../../runtime/sandbox.ts';
import { type Command, numberOption, readOptions, UsageError } from '../command.ts';
import { prepareEngine } from '../prepare.ts';
import { measureBoot } from './boot.ts';
import { measureForward } from './forward.ts';
import { type Figures, figuresAsJson, figuresAsTable } from './report.ts';
import { measureScale } from './scale.ts';
import { measureThroughput } from './throughput.ts';

const SANDBOX = 'load-balancer';
const parts = ['boot', 'throughput', 'scale', 'forward', 'page'] as const;
type Part = (typeof parts)[number];

const help = `Usage: brownout bench [OPTIONS]      (or: npm run bench -- [OPTIONS])

Measures the data center with the cluster of ${SANDBOX}, beside real Node processes in the same run, and the built
chapter in a headless Chromium. Prints medians and, in brackets, the least and the most of several tries.
Run it on a computer that does nothing else.

  --json            one JSON object on one line, with the keys below, and under \`more\` what they were made of
  --only PART       ${parts.join(', ')}; may be given again. The keys of the others are null
  --tries N         tries of each measurement (default: boot 7, throughput 3, scale 3, forward 3, page 5)

Keys, each measured beside its reference in the same run:
  bootRatio            5 machines from nothing until all servers listen, over real processes forked until they do
  boot100Ms            100 machines from nothing until all servers listen, milliseconds
  mbPerMachine         resident memory that each machine from the 6th to the 100th adds, megabytes
  throughputRatio      answered requests per second, closed loop, over the same files as real processes
  scaleRatio           trace events per wall second of 100 machines over 5, with the same load in all
  fastForwardX         virtual time over wall time, 100 requests a second, apps at their usual speed
  coldBootMs           in Chromium, from the click on Run to the first answer that the lab shows, milliseconds
  firstAnswerColdMs    the same in a context that has fetched nothing, in a browser that runs: median of 10
  firstAnswerWarmMs    from a click that boots the cluster again in the same page to the first answer: median of 10
  bytesBeforeIntent    gzip bytes of CSS and JavaScript that a chapter loads before anyone touches it
  jsBytesBeforeIntent  of them JavaScript
  bytesLab             gzip bytes that Run loads
`;

export const bench: Command = {
  help,
  async run(args, terminal) {
    const asked = readOptions('bench', args, { json: null, only: 'PART', tries: 'N' });
    if (asked.words.length > 0)
      throw new UsageError('options only', `'${asked.words[0]}'`, 'see `brownout bench --help`');
    const only = (asked.options['only'] ?? []).map(partOf);
    const isWanted = (part: Part): boolean => only.length === 0 || only.includes(part);
    const tries = numberOption(asked, 'tries', { least: 1, most: 100, whole: true });
    const say = (text: string): void => terminal.err(`${text}\n`);
    prepareEngine();
    const sandbox = loadSandbox(SANDBOX, await sandboxTexts());
    const folder = inRepository('sandboxes', SANDBOX);
    const computer = `${availableParallelism()} cores, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} at the start`;
    say(`measuring on ${computer}`);
    const figures: { -readonly [Key in keyof Figures]: Figures[Key] } = { computer };
    if (isWanted('boot')) {
      say('boot: data center and real processes in turns');
      figures.boot = await measureBoot(sandbox, folder, tries ?? 7);
    }
    if (isWanted('throughput')) {
      say('throughput: data center and real processes in turns');
      figures.throughput = await measureThroughput(sandbox, folder, tries ?? 3);
    }
    if (isWanted('scale')) {
      say('scale: 5 and 100 machines in turns');
      figures.scale = await measureScale(sandbox, tries ?? 3);
    }
    if (isWanted('forward')) {
      say('forward: 100 requests a second, flat out');
      figures.forward = await measureForward(sandbox, tries ?? 3);
    }
    if (isWanted('page')) {
      say('page: a new browser for each try');
      buildSite();
      // Only here: Playwright takes long to load, and the other commands do without it.
      const { measurePage } = await import('./page.ts');
      figures.page = await measurePage(tries ?? 5);
    }
    terminal.out(
      asked.options['json'] === undefined
        ? figuresAsTable(figures)
        : `${JSON.stringify(figuresAsJson(figures))}\n`,
    );
    return 0;
  },
};

function partOf(text: string): Part {
  const part = parts.find((each) => each === text);
  if (part !== undefined) return part;
  throw new UsageError(`--only with one of ${parts.join(', ')}`, `'${text}'`, 'correct it');
}

/** Builds dist/ where it is missing. What is there is measured as it is. */
function buildSite(): void {
  if (existsSync('dist/chapters/load-balancing/index.html')) return;
  const built = spawnSync('npm', ['run', '--silent', 'build'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (built.status === 0) return;
  throw new RunProblem({
    expected: 'a built site in dist/',
    found: 'a build that failed, see above',
    fix: 'run `npm run build` and mend what it says',
  });
}
