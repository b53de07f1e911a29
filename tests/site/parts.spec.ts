// What a page's data center loads: the compiler and the rest of Node's library only when a program needs them, and
// then the run is the same to the byte as one that had them from the start (in Node).
import { expect, type Page, test } from '@playwright/test';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { openEngine, playInPage, printed, programSpec } from './engine-page.ts';

const UNTIL_NS = 3e9;

/** Programs that use parts of the engine that labs do without, and what they print. */
const RARE: readonly (readonly [program: string, says: string])[] = [
  [
    `const { port1, port2 } = new MessageChannel();
    port2.onmessage = ({ data }) => {
      console.log('heard', structuredClone(data).get(1));
      port2.close();
    };
    port1.postMessage(new Map([[1, 7]]));`,
    'heard 7',
  ],
  [
    `const { Resolver } = await import('node:dns/promises');
    const own = new Resolver({ timeout: 100, tries: 1 });
    console.log(own.getServers().length, await own.resolve4('nobody.example').catch(({ code }) => code));`,
    '1 ECONNREFUSED',
  ],
  [
    `const { Worker } = await import('node:worker_threads');
    const program = 'require("worker_threads").parentPort.postMessage(5)';
    new Worker(program, { eval: true }).on('message', (message) => console.log('thread says', message));`,
    'thread says 5',
  ],
  [
    `const { connect, createServer } = await import('node:http2');
    const server = createServer((_, response) => response.end('two')).listen(80, () => {
      const client = connect('http://localhost');
      client.request().on('data', (data) => {
        console.log('http', String(data));
        client.close();
        server.close();
      });
    });`,
    'http two',
  ],
  [
    `const { createSocket } = await import('node:dgram');
    const { BlockList } = await import('node:net');
    const { runInNewContext } = await import('node:vm');
    const list = new BlockList();
    list.addSubnet('10.0.0.0', 8);
    const socket = createSocket('udp4');
    socket.bind(5000, () => socket.send('hi', 5000, '127.0.0.1'));
    socket.on('message', (message) => {
      console.log('got', String(message), list.check('10.1.2.3'), runInNewContext('a + 1', { a: 1 }));
      socket.close();
    });`,
    'got hi true 2',
  ],
];

async function hashInNode(spec: RunSpec): Promise<string> {
  const runtime = datacenterRuntime();
  const { run } = await runtime.boot(spec);
  const { hash } = await run.advanceTo(UNTIL_NS);
  await runtime.close();
  return hash;
}

function engineFiles(page: Page): string[] {
  const files: string[] = [];
  page.on('response', (response) => {
    const [, file] = /\/engine\/(.+)$/.exec(response.url()) ?? [];
    if (file !== undefined) files.push(file);
  });
  return files;
}

test('a module that comes later is fetched when a program asks for it, even in the middle of a run', async ({
  page,
}) => {
  const files = engineFiles(page);
  await openEngine(page);
  const spec = programSpec(`
    console.log('begins', Math.random());
    setTimeout(async () => {
      const { createInterface } = await import('node:readline');
      console.log('later', typeof createInterface, Math.random());
    }, 1234);
    setTimeout(() => console.log('after', Math.random()), 2000);
  `);
  const batch = await playInPage(page, spec, UNTIL_NS);
  expect(printed(batch)).toMatch(/^begins 0\.\d+\nlater function 0\.\d+\nafter 0\.\d+\n$/);
  expect(batch.events.map(({ seq }) => seq)).toEqual(batch.events.map((_, index) => index));
  expect(batch.hash).toBe(await hashInNode(spec));
  expect(files).toContain('node-library-more.json');
  expect(files).toContain('compiler.js');
});

test("the chapter's own programs need neither", async ({ page }) => {
  const files = engineFiles(page);
  await page.goto('/chapters/load-balancing/');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect
    .poll(async () =>
      Number((await page.locator('[data-served="balancer"]').textContent())?.replace(/\D/g, '')),
    )
    .toBeGreaterThan(50);
  expect(files.sort()).toEqual(['guest.js', 'node-library.json']);
});

test('digests and compression come later too, and leave the run as it is with them from the start', async ({
  page,
}) => {
  await openEngine(page);
  const spec = programSpec(`
    import { createHash, scryptSync } from 'node:crypto';
    import { gunzipSync, gzipSync } from 'node:zlib';
    console.log('begins', Math.random());
    setTimeout(() => console.log(createHash('sha256').update('abc').digest('hex').slice(0, 8)), 500);
    setTimeout(() => console.log(scryptSync('p', 's', 4, { N: 16 }).toString('hex')), 700);
    setTimeout(() => console.log(String(gunzipSync(gzipSync('pressed'.repeat(100)))).length, Math.random()), 900);
  `);
  const batch = await playInPage(page, spec, UNTIL_NS);
  expect(printed(batch)).toMatch(/^begins 0\.\d+\nba7816bf\n[0-9a-f]{8}\n700 0\.\d+\n$/);
  expect(batch.hash).toBe(await hashInNode(spec));
});

test('constants and tables that few programs need come later too', async ({ page }) => {
  const files = engineFiles(page);
  await openEngine(page);
  const spec = programSpec(`
    import { constants } from 'node:zlib';
    import { constants as openssl } from 'node:crypto';
    console.log(constants.Z_MAX_CHUNK, constants.Z_BEST_SPEED, openssl.RSA_PKCS1_PADDING);
    console.log(typeof process.config.variables, process.allowedNodeEnvironmentFlags.has('--no-warnings'));
    console.log(new TextDecoder('koi8-r').decode(new Uint8Array([0xc4, 0xc1])));
  `);
  const batch = await playInPage(page, spec, UNTIL_NS);
  expect(printed(batch)).toBe('Infinity 1 1\nobject true\nда\n');
  expect(files).toContain('node-library-more.json');
  expect(batch.hash).toBe(await hashInNode(spec));
});

for (const [rare, says] of RARE) {
  test(`a rare part of the engine comes in the middle of a run: ${says}`, async ({ page }) => {
    const files = engineFiles(page);
    await openEngine(page);
    const spec = programSpec(`
      console.log('begins', Math.random());
      setTimeout(async () => { ${rare} }, 300);
      setTimeout(() => console.log('after', Math.random()), 900);
    `);
    const batch = await playInPage(page, spec, UNTIL_NS);
    expect(printed(batch)).toContain(says);
    expect(batch.hash).toBe(await hashInNode(spec));
    expect(files).toContain('node-library-more.json');
  });
}
