// `npm run sandboxes [-- --programs N] [--seeds N]`: the same gradings of load-balancer/retry in the two places where a stranger's
// program could run for a grade: the locked-down Node process of `brownout grade`, and the data center of the built site in
// a headless Chromium. Prints time and memory of both; exit code 1 where they disagree about a program.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { inRepository } from '../src/build/root.ts';
import { sandboxTexts } from '../src/build/sandbox-texts.ts';
import { ExercisePool } from '../src/cli/grade/exercise-pool.ts';
import { prepareEngine } from '../src/cli/prepare.ts';
import { loadSandbox, type Texts } from '../src/runtime/sandbox.ts';
import { chromiumRemote } from './browsers-chromium.ts';
import { watchMemory } from './process-memory.ts';

const PORT = 4327;
const EVENTS_MAX = 100_000;
const { values } = parseArgs({
  options: { programs: { type: 'string', default: '20' }, seeds: { type: 'string', default: '1' } },
});
const [programs, seeds] = [Number(values.programs), Number(values.seeds)];

prepareEngine();
const texts = await sandboxTexts();
const folder = 'load-balancer/exercises/retry';
const versions = ['solution', 'start', 'mistakes/same-app', 'mistakes/post-twice'];
/** Each is another text, so that nothing is kept from one to the next. */
const works: readonly Texts[] = Array.from({ length: programs }, (_, index) => {
  const text = texts[`${folder}/${versions[index % versions.length]}/retry.ts`] ?? '';
  return { 'load-balancer/retry.ts': `${text}\n// ${index}\n` };
});
const sandbox = loadSandbox('load-balancer', texts);
const check = bundled(
  `import { check as page } from './sandboxes/${folder}/check.ts'; export const check = { ...page, seeds: ${seeds} };`,
);

process.stdout.write(`${programs} programs, ${seeds} seeds each, one after another\n`);
const inNode = await measured('locked-down Node process', async () => {
  const pool = new ExercisePool(1);
  const limits = { eventsMax: EVENTS_MAX, seedsMax: seeds, cpuSecondsMax: 60, memoryMbMax: 2048 };
  const hidden = { seeds: [], check: '' };
  try {
    return await oneByOne(async (edits) => {
      const outcome = await pool.run({ sandbox, exercise: 'retry', check, hidden, edits, ...limits });
      return outcome.kind === 'result' ? outcome.result.passed : -1;
    });
  } finally {
    // Its time is read before it ends.
    setTimeout(() => pool.close(), 300);
  }
});
const inChromium = await measured('Chromium, headless', async () => {
  const server = spawn(process.execPath, ['scripts/serve.ts', String(PORT)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => server.kill());
  await once(server.stdout, 'data');
  const page = await chromiumRemote.open(`http://localhost:${PORT}/chapters/load-balancing/`);
  try {
    await page.evaluate(`(async () => { await import(${asBlob(pageGrader())}); return 'ready'; })()`);
    return await oneByOne(async (edits) =>
      Number(await page.evaluate(`brownoutGrade(${asBlob(check)}, ${JSON.stringify({ sandbox, edits })})`)),
    );
  } finally {
    setTimeout(() => void page.close().then(() => server.kill()), 300);
  }
});
const same = inNode.every((passed, index) => passed === inChromium[index]);
process.stdout.write(
  same ? 'Both say the same of every program.\n' : `They differ: ${inNode} and ${inChromium}\n`,
);
process.exitCode = same ? 0 : 1;

async function oneByOne(grade: (edits: Texts) => Promise<number>) {
  const passed: number[] = [];
  const ms: number[] = [];
  for (const edits of works) {
    const began = performance.now();
    passed.push(await grade(edits));
    ms.push(performance.now() - began);
  }
  return { passed, ms };
}

async function measured(
  name: string,
  work: () => Promise<{ readonly passed: number[]; readonly ms: number[] }>,
) {
  const memory = watchMemory(process.pid);
  const began = performance.now();
  const { passed, ms } = await work();
  const seconds = (performance.now() - began) / 1000;
  const { childrenMb, cpuSeconds } = memory();
  const sorted = [...ms].sort((a, b) => a - b);
  const parts = [
    `${name}: ${seconds.toFixed(1)} s in all, ${cpuSeconds.toFixed(1)} s of processor`,
    `a program ${((sorted[Math.floor(sorted.length / 2)] ?? 0) / 1000).toFixed(2)} s in the median, the first ${((ms[0] ?? 0) / 1000).toFixed(2)} s`,
    `${childrenMb} MB at most`,
  ];
  process.stdout.write(`${parts.join('; ')}\n`);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  return passed;
}

function bundled(contents: string): string {
  const stdin = { contents, resolveDir: inRepository(), loader: 'ts' } as const;
  return buildSync({ stdin, bundle: true, format: 'esm', write: false }).outputFiles[0]?.text ?? '';
}

function pageGrader(): string {
  return bundled(`
    import { createDatacenterRuntime } from './src/runtime/datacenter.ts';
    import { runExercise } from './src/runtime/exercise.ts';
    const runtime = createDatacenterRuntime();
    globalThis.brownoutGrade = async (address, work) => {
      const { check } = await import(address);
      const all = { ...work, runtime, check, exercise: 'retry', eventsMax: ${EVENTS_MAX} };
      return (await runExercise(all)).passed;
    };`);
}

/** The expression of an address of the module, in the page. */
function asBlob(module: string): string {
  return `URL.createObjectURL(new Blob([${JSON.stringify(module)}], { type: 'text/javascript' }))`;
}
