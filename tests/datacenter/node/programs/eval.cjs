// Programs that come as options of node: -e, -p, as a module, with modules loaded first; and their arguments.
const { spawn } = require('node:child_process');
const { join } = require('node:path');

const run = (...words) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
    });
    child.on('close', (code, signal) => resolve([text, code, signal]));
  });

(async () => {
  console.log(await run('-e', 'console.log(1 + 1, process.argv.length, __filename, typeof require)'));
  console.log(await run('-p', '[1, { a: 2 }]', 'x', 'y'));
  console.log(await run('-pe', 'process.argv.slice(1).join()', 'x', 'y'));
  console.log(await run('--eval=process.exitCode = 3'));
  console.log(await run('-p', 'path.join(os.EOL.trim(), "a") + Object.keys(globalThis).includes("path")'));
  console.log(
    await run('--input-type=module', '-e', 'import fs from "fs"; console.log(typeof fs.readFileSync)'),
  );
  console.log(await run('-e', 'import os from "node:os"; console.log(await typeof os.EOL)'));
  console.log(await run('-r', join(__dirname, 'parts', 'first.cjs'), '-p', 'globalThis.first'));
  console.log(
    await run(
      '-e',
      'setTimeout(() => console.log("later"), 5); process.on("exit", () => console.log("exit"))',
    ),
  );
})();
