// worker_threads in the page: threads start, talk, move ports and end as they do in Node, to the same hash, though
// browsers have no SharedArrayBuffer in such a frame. What threads do on real Node: programs/worker-threads.mjs.
import { expect, test } from '@playwright/test';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { openEngine, playInPage, printed, programSpec } from './engine-page.ts';

const PROGRAM = `
import { MessageChannel, Worker, isMainThread } from 'node:worker_threads';
const worker = new Worker(
  "const { parentPort, workerData, threadId } = require('worker_threads');" +
    "console.log('thread', threadId); workerData.port.postMessage(new Uint8Array([threadId])); parentPort.on('message', (code) => process.exit(code));",
  { eval: true, ...port() },
);
function port() {
  const { port1, port2 } = new MessageChannel();
  port1.on('message', (bytes) => { console.log('got', bytes); port1.close(); worker.postMessage(5); });
  return { workerData: { port: port2 }, transferList: [port2] };
}
worker.on('exit', (code) => console.log('exit', code, isMainThread));
`;

test('threads do in the page what they do in Node', async ({ page }) => {
  await openEngine(page);
  const spec = programSpec(PROGRAM);
  const batch = await playInPage(page, spec, 3e9);
  expect(printed(batch)).toBe('got Uint8Array(1) [ 1 ]\nthread 1\nexit 5 true\n');
  const runtime = datacenterRuntime();
  const { run } = await runtime.boot(spec);
  const { hash } = await run.advanceTo(3e9);
  await runtime.close();
  expect(batch.hash).toBe(hash);
});
