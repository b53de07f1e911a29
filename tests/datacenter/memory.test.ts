// What a run leaves behind in its thread once it is stopped: next to nothing, though connections were open and requests
// under way. Measured as heap after forced collections, of boots that differ by their seeds alone.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { compile } from '../../src/datacenter/compiler.ts';
import { boot, CodeCache, CompiledLibrary, type NodeLibrary } from '../../src/datacenter/datacenter.ts';
import { sandboxFromDisk } from '../sandboxes/read.ts';

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;
const turn = (): Promise<void> => new Promise((next) => setImmediate(next));

async function heapMb(): Promise<number> {
  for (let time = 0; time < 2; time++) {
    await turn();
    collect();
  }
  return process.memoryUsage().heapUsed / 1e6;
}

test('machines of stopped runs are not kept', async () => {
  const { cluster, files } = sandboxFromDisk('load-balancer');
  const library = new CompiledLibrary(
    JSON.parse(readFileSync('.generated/node-library.json', 'utf8')) as NodeLibrary,
  );
  const code = new CodeCache(compile);
  const play = async (seed: number): Promise<void> => {
    const hop = (callback: () => void): void => void setImmediate(callback);
    const run = boot({ cluster, files, sandbox: 'load-balancer', seed, library, code, hop });
    await run.advanceTo(2e8);
    run.stop();
  };
  for (let seed = 1; seed <= 3; seed++) await play(seed);
  const early = await heapMb();
  for (let seed = 4; seed <= 8; seed++) await play(seed);
  // Five runs of five machines, some 1.4 MB each.
  expect(await heapMb()).toBeLessThan(early + 10);
});
