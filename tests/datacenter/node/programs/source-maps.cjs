// What programs learn of source maps, with the flag and without it. Run by differential.test.ts.
const { execFile } = require('node:child_process');
const { SourceMap } = require('node:module');
const { promisify } = require('node:util');

const run = promisify(execFile);
async function main() {
  for (const file of ['mapped.cjs', 'mapped-inside.cjs']) {
    for (const flags of [[], ['--enable-source-maps']]) {
      const { stdout } = await run(process.execPath, [...flags, `${__dirname}/parts/${file}`]);
      console.log(file, flags, stdout);
    }
  }
}
main();
const map = new SourceMap({ version: 3, sources: ['a'], names: [], mappings: 'AAAA;AACA,CAAC' });
console.log(map.findEntry(1, 5), map.findOrigin(2, 3));
