// What --trace-exit prints of a program that ends itself, and nothing of one that ends; flags of a thread end at `--`.
// Run by differential.test.ts, its children by itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

function leave() {
  process.exit(3);
}
async function main() {
  for (const way of ['leave', 'end']) {
    const child = spawn(process.execPath, ['--trace-exit', fileURLToPath(import.meta.url), way], {
      stdio: 'inherit',
    });
    console.log(way, await once(child, 'close'));
  }
  const execArgv = ['--pending-deprecation', '--', 'x'];
  const thread = new Worker('console.log(process.execArgv)', { eval: true, execArgv });
  await once(thread, 'exit');
}
if (process.argv[2] === 'leave') leave();
else if (process.argv[2] !== 'end') main();
