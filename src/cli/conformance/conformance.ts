// `brownout conformance`: plays Node's own test files, each as the program of a one-machine data center, and says
// how many pass of those that pass on the pinned real Node. Called by main.ts.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Asked,
  type Command,
  numberOption,
  readOptions,
  type Terminal,
  UsageError,
} from '../command.ts';
import { prepareEngine } from '../prepare.ts';
import { playApart } from './apart.ts';
import { baselines } from './baseline.ts';
import { resultOf, tableOf } from './report.ts';
import { testsOfNode } from './source.ts';
import { type Half, type TestFile, testFiles } from './tests.ts';

/** A test's time: wall time on real Node, virtual time in the data center. */
const SECONDS_MAX = 30;
const JOBS_DEFAULT = 2;

const help = `Usage: brownout conformance [OPTIONS]

Plays test files of Node's own suite (test/parallel), each as the program of a data center of one machine. Exit code
0 is a pass. A test counts if it passes on the real Node ${process.version} within ${SECONDS_MAX} s, and starts no program but Node.

  --tests DIR    a test/ folder of Node's sources. By default Debian's source package is fetched into .generated/
  --half HALF    even or odd: files whose base name has an even (default) or odd number of characters. The odd half
                 is the exam: it is not looked at while working
  --module NAME  only tests of these modules, such as net; may be given again
  --test NAME    only this test file, and what it prints
  --jobs N       tests at a time (default ${JOBS_DEFAULT})
  --progress     each test as it ends, on standard error
  --json         {applicable, passed, modules: {net: {applicable, passed, failed: [{test, reason}]}}, notApplicable}
`;

export const conformance: Command = {
  help,
  async run(args, terminal) {
    const known = {
      tests: 'DIR',
      half: 'HALF',
      module: 'NAME',
      test: 'NAME',
      jobs: 'N',
      progress: null,
      json: null,
    };
    const asked = readOptions('conformance', args, known);
    if (asked.words.length > 0)
      throw new UsageError('options only', `'${asked.words[0]}'`, 'see `brownout conformance --help`');
    const half = halfAsked(asked);
    const jobs = numberOption(asked, 'jobs', { least: 1, most: 64, whole: true }) ?? JOBS_DEFAULT;
    prepareEngine();
    const tests = folderAsked(asked, terminal);
    const files = chosen(testFiles(tests, half), asked);
    const measure = await baselines(tests, files, { seconds: SECONDS_MAX, jobs }, terminal.err);
    const counted = files.filter(({ file }) => measure.get(file)?.verdict === 'applicable');
    const reasons = new Map<string, string | null>();
    const isOne = asked.options['test'] !== undefined;
    await playApart(
      isOne ? files : counted,
      { tests, jobs, virtualSeconds: SECONDS_MAX, wallSeconds: SECONDS_MAX },
      ({ file }, { reason, output }) => {
        reasons.set(file, reason);
        if (asked.options['progress'] !== undefined)
          terminal.err(`${reason === null ? 'passed' : 'failed'} ${file}\n`);
        if (isOne) terminal.err(output);
      },
    );
    const result = resultOf(files, measure, reasons);
    terminal.out(
      asked.options['json'] === undefined ? tableOf(result) : `${JSON.stringify(result, null, 2)}\n`,
    );
    return 0;
  },
};

function halfAsked(asked: Asked): Half {
  const half = asked.options['half']?.at(-1) ?? 'even';
  if (half === 'even' || half === 'odd') return half;
  throw new UsageError('--half even or odd', `'${half}'`, 'correct it');
}

function folderAsked(asked: Asked, terminal: Terminal): string {
  const named = asked.options['tests']?.at(-1);
  if (named === undefined) return testsOfNode(process.version.slice(1), terminal.err);
  const folder = resolve(terminal.folder, named);
  if (existsSync(join(folder, 'parallel'))) return folder;
  throw new UsageError("a test/ folder of Node's sources, with parallel/ in it", folder, 'correct --tests');
}

function chosen(files: readonly TestFile[], asked: Asked): TestFile[] {
  const { module: modules, test: names } = asked.options;
  const found = files.filter(
    ({ file, module }) =>
      (modules === undefined || modules.includes(module)) &&
      (names === undefined || names.some((name) => file === name || file.replace(/\.[cm]?js$/, '') === name)),
  );
  if (found.length > 0) return found;
  throw new UsageError(
    'tests of this half',
    [...(modules ?? []), ...(names ?? [])].join(', ') || 'an empty folder',
    `correct --module (${[...new Set(files.map(({ module }) => module))].join(', ')}) or --test`,
  );
}
