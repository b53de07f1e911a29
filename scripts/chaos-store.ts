// `npm run chaos:store -- [--seeds N] [--from N] [--mode MODE] [--bugs] [--json]`: plays replicated-store under every fault
// and judges each run; with --bugs, plays each planted mistake until it is caught. Prints seed and command of a failure.
// Exit code 1 where a promise is broken, or a mistake is not found. Run by people who change that sandbox.
import { parseArgs } from 'node:util';
import { sandboxTexts } from '../src/build/sandbox-texts.ts';
import { prepareEngine } from '../src/cli/prepare.ts';
import { datacenterRuntime } from '../src/runtime/node-datacenter.ts';
import { loadSandbox } from '../src/runtime/sandbox.ts';
import { bugs, changeOf } from '../tests/sandboxes/store-bugs.ts';
import { MODES, playChaos } from '../tests/sandboxes/store-chaos.ts';
import { judge } from '../tests/sandboxes/store-judge.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    mode: { type: 'string' },
    bugs: { type: 'boolean', default: false },
    bug: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];
if (
  !(seeds >= 1) ||
  !(from >= 1) ||
  (values.mode !== undefined && !MODES.some((mode) => mode === values.mode))
) {
  process.stderr.write(`expected --seeds and --from of 1 or more and --mode ${MODES.join(', ')}\n`);
  process.exit(2);
}
prepareEngine();
const sandbox = loadSandbox('replicated-store', await sandboxTexts());
const runtime = datacenterRuntime();
const report: object[] = [];
let failed = 0;

function say(line: string): void {
  if (!values.json) process.stdout.write(`${line}\n`);
}

for (const mode of values.bugs || values.bug !== undefined ? [] : MODES) {
  if (values.mode !== undefined && values.mode !== mode) continue;
  const began = process.cpuUsage();
  const sum = { mode, seeds, from, acknowledged: 0, lost: 0, runsWithLoss: 0, failovers: 0, broken: 0 };
  for (let seed = from; seed < from + seeds; seed++) {
    const { broken, acknowledged, lost, epochs } = judge(await playChaos(runtime, sandbox, mode, seed), mode);
    sum.acknowledged += acknowledged;
    sum.lost += lost;
    sum.runsWithLoss += lost > 0 ? 1 : 0;
    sum.failovers += epochs - 1;
    sum.broken += broken.length > 0 ? 1 : 0;
    const again = `npm run chaos:store -- --mode ${mode} --seeds 1 --from ${seed}`;
    if (broken.length > 0) say(`seed=${seed} ${mode}: ${broken.slice(0, 3).join('\n  ')}\n  ${again}`);
  }
  const { user, system } = process.cpuUsage(began);
  const cpuS = Math.round((user + system) / 1e5) / 10;
  report.push({ ...sum, cpuS });
  failed += sum.broken;
  say(
    `${mode}: ${seeds} runs, ${sum.acknowledged} writes acknowledged, ${sum.lost} lost in ${sum.runsWithLoss} runs, ${sum.failovers} failovers, ${sum.broken} runs broke a promise; ${cpuS} s of CPU`,
  );
}
for (const bug of bugs) {
  if (!values.bugs && values.bug !== bug.name) continue;
  let caught = '';
  let seed = from - 1;
  while (caught === '' && seed < from + seeds - 1) {
    seed++;
    const events = await playChaos(runtime, sandbox, bug.mode, seed, changeOf(bug, sandbox.files));
    caught = judge(events, bug.mode).broken[0] ?? '';
  }
  failed += caught === '' ? 1 : 0;
  report.push({ bug: bug.name, mode: bug.mode, seeds: seed - from + 1, seed, caught });
  say(`${bug.name}: ${caught === '' ? 'NOT CAUGHT' : 'caught'} after ${seed - from + 1} seeds: ${caught}`);
}
await runtime.close();
if (values.json) process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
process.exitCode = failed === 0 ? 0 : 1;
