// `npm run browsers [-- SEEDS]`: the same runs in Node, Firefox and WebKit, hash against hash, by the built site
// (`npm run build` first). Installs what is missing with apt when root; says what it left out and why.
// Exits 1 on the first event that differs between engines.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Batch, RunSpec } from '../src/runtime/runtime.ts';
import { type Remote, type RemoteBrowser, remoteBrowsers } from './browsers-remote.ts';
import { firstDifference, pageEngine, playInNode, specs, UNTIL_NS } from './browsers-runs.ts';

const SEEDS_DEFAULT = 100;
const PORT = 4323;

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
export async function hashIn(remote: Remote, spec: RunSpec, tries = 3): Promise<string> {
  const play = `brownout.play(${JSON.stringify(spec)}, ${UNTIL_NS}).then(({ hash }) => hash)`;
  try {
    return await remote.evaluate(play);
  } catch (error) {
    if (tries === 1 || !String(error).includes('no sign of life')) throw error;
    console.log(`seed=${spec.seed}: the machine is busy, trying again`);
    return hashIn(remote, spec, tries - 1);
  }
}

async function eventsIn(remote: Remote, spec: RunSpec): Promise<Batch['events']> {
  const play = `brownout.play(${JSON.stringify(spec)}, ${UNTIL_NS})`;
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
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}

/** Number of seeds whose hashes differ. */
async function compare(browser: RemoteBrowser, seeds: number): Promise<number> {
  const specOf = await specs();
  const began = performance.now();
  const remote = await browser.open(`http://localhost:${PORT}/licence/`);
  let different = 0;
  try {
    await prepare(remote);
    for (let seed = 1; seed <= seeds; seed++) {
      const node = await playInNode(specOf(seed));
      const hash = await hashIn(remote, specOf(seed));
      if (hash === node.hash) continue;
      different++;
      const where = firstDifference(node.events, await eventsIn(remote, specOf(seed)));
      console.log(`seed=${seed}: Node ${node.hash}, ${browser.name} ${hash}; ${where}`);
    }
  } finally {
    await remote.close();
  }
  const took = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${browser.name}: ${seeds - different} of ${seeds} seeds have the hash that Node has (${took} s)`,
  );
  return different;
}

async function main(): Promise<void> {
  const seeds = Number(process.argv[2] ?? SEEDS_DEFAULT);
  if (!Number.isInteger(seeds) || seeds < 1)
    throw new Error(`expected a number of seeds, found ${process.argv[2]}: npm run browsers -- 100`);
  const server = spawn(process.execPath, ['scripts/serve.ts', String(PORT)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(server.stdout, 'data');
  try {
    for (const browser of remoteBrowsers) {
      install(browser);
      const missing = browser.missing();
      if (missing !== null) console.log(`${browser.name}: left out, ${missing} is not installed`);
      else if ((await compare(browser, seeds)) > 0) process.exitCode = 1;
    }
  } finally {
    server.kill();
  }
}

if (import.meta.main) await main();
