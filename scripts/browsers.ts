// `npm run browsers [-- SEEDS [--save]]`: the same runs in Node, in a fresh thread of Node, in Chromium, Firefox and WebKit, hash
// against hash, by the built site (`npm run build` first). Installs what is missing with apt when root; says what it
// left out and why. Prints a table and one hash over all; exits 1 where any run differs, with its first event that
// does. `--save` keeps the table for the engine's page.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { browsersSchema, figureFile } from '../src/build/engine-figures.ts';
import { datacenterRuntime } from '../src/runtime/node-datacenter.ts';
import type { Batch, RunSpec } from '../src/runtime/runtime.ts';
import { chromiumRemote } from './browsers-chromium.ts';
import { remoteBrowsers } from './browsers-installed.ts';
import type { Remote, RemoteBrowser } from './browsers-remote.ts';
import {
  type Compared,
  comparedRuns,
  firstDifference,
  pageEngine,
  playInFreshThread,
  playOn,
} from './browsers-runs.ts';

const SEEDS_DEFAULT = 100;
const PORT = 4323;

/** How one engine did with one cluster. */
interface Row {
  readonly engine: string;
  readonly cluster: string;
  readonly equal: number;
  readonly unequal: number;
  readonly seconds: number;
}

/** Puts the page's data center into a page that is open. */
export async function prepare(remote: Remote): Promise<void> {
  await remote.evaluate(`(async () => {
    const url = URL.createObjectURL(new Blob([${JSON.stringify(pageEngine())}], { type: 'text/javascript' }));
    await import(url);
    return 'ready';
  })()`);
}

/**
 * The hash of a run in a prepared page. Tries again where a busy machine kept the thread silent for so long that
 * the page gave it up: that says nothing about the hash.
 */
export async function hashIn(remote: Remote, spec: RunSpec, untilNs: number, tries = 20): Promise<string> {
  const play = `brownout.play(${JSON.stringify(spec)}, ${untilNs}).then(({ hash }) => hash)`;
  try {
    return await remote.evaluate(play);
  } catch (error) {
    if (tries === 1 || !String(error).includes('no sign of life')) throw error;
    console.log(`seed=${spec.seed}: the machine is busy, trying again`);
    return hashIn(remote, spec, untilNs, tries - 1);
  }
}

async function eventsIn(remote: Remote, spec: RunSpec, untilNs: number): Promise<Batch['events']> {
  const play = `brownout.play(${JSON.stringify(spec)}, ${untilNs})`;
  return JSON.parse(
    await remote.evaluate(`${play}.then(({ events }) => JSON.stringify(events))`),
  ) as Batch['events'];
}

function install(browser: RemoteBrowser): void {
  if (browser.missing() === null || process.getuid?.() !== 0) return;
  const packages = browser.packages.join(' ');
  console.log(`${browser.name}: installing ${packages}`);
  spawnSync(
    'sh',
    ['-c', `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${packages}`],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
}

/** Hashes of every seed in Node, all in one thread. */
async function hashesInNode({ specOf, untilNs }: Compared, seeds: number): Promise<string[]> {
  const runtime = datacenterRuntime();
  const hashes: string[] = [];
  try {
    for (let seed = 1; seed <= seeds; seed++)
      hashes.push((await playOn(runtime, specOf(seed), untilNs)).hash);
  } finally {
    await runtime.close();
  }
  return hashes;
}

interface Player {
  readonly hash: (spec: RunSpec, untilNs: number) => Promise<string>;
  readonly events: (spec: RunSpec, untilNs: number) => Promise<Batch['events']>;
}

async function compare(
  engine: string,
  compared: Compared,
  expected: readonly string[],
  play: Player,
): Promise<Row> {
  const began = performance.now();
  let unequal = 0;
  for (const [index, hash] of expected.entries()) {
    const spec = compared.specOf(index + 1);
    const found = await play.hash(spec, compared.untilNs);
    if (found === hash) continue;
    unequal++;
    const here = await playInFreshThread(spec, compared.untilNs);
    const where = firstDifference(here.events, await play.events(spec, compared.untilNs));
    console.log(`${compared.name}, seed=${spec.seed}: Node ${hash}, ${engine} ${found}; ${where}`);
  }
  const seconds = (performance.now() - began) / 1000;
  const row = { engine, cluster: compared.name, equal: expected.length - unequal, unequal, seconds };
  console.log(lineOf(row));
  return row;
}

const freshThread: Player = {
  hash: async (spec, untilNs) => (await playInFreshThread(spec, untilNs)).hash,
  events: async (spec, untilNs) => (await playInFreshThread(spec, untilNs)).events,
};

function lineOf({ engine, cluster, equal, unequal, seconds }: Row): string {
  const numbers = [equal, unequal, seconds.toFixed(1)].map((each) => String(each).padStart(9)).join('');
  return `${engine.padEnd(22)}${cluster.padEnd(15)}${numbers}`;
}

async function compareIn(
  browser: RemoteBrowser,
  runs: readonly (readonly [Compared, string[]])[],
): Promise<Row[]> {
  const remote = await browser.open(`http://localhost:${PORT}/chapters/load-balancing/`);
  const rows: Row[] = [];
  try {
    await prepare(remote);
    for (const [compared, hashes] of runs) {
      rows.push(
        await compare(browser.name, compared, hashes, {
          hash: (spec, untilNs) => hashIn(remote, spec, untilNs),
          events: (spec, untilNs) => eventsIn(remote, spec, untilNs),
        }),
      );
    }
  } finally {
    await remote.close();
  }
  return rows;
}

async function main(): Promise<void> {
  const seeds = Number(process.argv[2] ?? SEEDS_DEFAULT);
  if (!Number.isInteger(seeds) || seeds < 1)
    throw new Error(`expected a number of seeds, found ${process.argv[2]}: npm run browsers -- 100`);
  const rows: Row[] = [];
  const runs: (readonly [Compared, string[]])[] = [];
  for (const compared of await comparedRuns()) {
    const hashes = await hashesInNode(compared, seeds);
    runs.push([compared, hashes]);
    rows.push(await compare('Node, fresh threads', compared, hashes, freshThread));
  }
  const server = spawn(process.execPath, ['scripts/serve.ts', String(PORT)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(server.stdout, 'data');
  try {
    for (const browser of [chromiumRemote, ...remoteBrowsers]) {
      install(browser);
      const missing = browser.missing();
      if (missing !== null) console.log(`${browser.name}: left out, ${missing} is not installed`);
      else rows.push(...(await compareIn(browser, runs)));
    }
  } finally {
    server.kill();
  }
  const whole = createHash('sha256').update(runs.flatMap(([, hashes]) => hashes).join());
  console.log(`\n${'against Node'.padEnd(22)}${'cluster'.padEnd(15)}    equal  unequal  seconds`);
  console.log(rows.map(lineOf).join('\n'));
  const hash = whole.digest('hex').slice(0, 16);
  console.log(`one hash over all of Node's: ${hash}`);
  if (process.argv.includes('--save')) save(seeds, hash, rows);
  if (rows.some(({ unequal }) => unequal > 0)) process.exitCode = 1;
}

/** Without times: the same result is the same file. */
function save(seeds: number, hash: string, rows: readonly Row[]): void {
  const kept = rows.map(({ seconds: _, ...row }) => row);
  const figures = browsersSchema.parse({ node: process.version, seeds, hash, rows: kept });
  writeFileSync(figureFile('browsers'), `${JSON.stringify(figures, null, 2)}\n`);
}

if (import.meta.main) await main();
