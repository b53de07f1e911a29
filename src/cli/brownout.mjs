#!/usr/bin/env node
// The command `brownout`: finds the Node that runs Brownout's TypeScript and hands everything to main.ts under it.
// Plain JavaScript, so that Node 20 can start it and say what is missing. Started by npm scripts and by npx.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const system = process.platform === 'win32' ? 'win' : process.platform;
const wanted = `node-${system}-${process.arch}`;

/** The pinned Node of node_modules: its version and its path; null where it is not installed. */
function pinnedNode() {
  const folder = join(root, 'node_modules', wanted);
  const file = join(folder, 'bin', system === 'win' ? 'node.exe' : 'node');
  if (!existsSync(file)) return null;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { file, version: `v${version}` };
}

/** Runs main.ts under another Node, with the same streams; ends as it ends. */
function runUnder(file) {
  // The channel carries nothing: by its end a command that starts processes knows that this one is gone.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(file, [join(here, 'main.ts'), ...process.argv.slice(2)], { stdio });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`brownout: expected ${file} to start, found: ${error.message}: run \`npm ci\` again`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

const pinned = pinnedNode();
const isNode24 = process.version.startsWith('v24.');
if (pinned !== null && pinned.version !== process.version) runUnder(pinned.file);
else if (pinned !== null || isNode24) {
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error(
    `brownout: expected Node 24, found ${process.version} and no ${wanted} in node_modules: ` +
      'run `npm ci`; if it has no package for this system, install Node 24',
  );
  process.exitCode = 1;
}
