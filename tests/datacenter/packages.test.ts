// npm packages as they are installed run on a machine: their files lie under node_modules on its disk, and they work
// against servers of the same cluster. Frameworks, a WebSocket server, an HTTP client, a Redis client, and fetch.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';

const ROOT = resolve(import.meta.dirname, '../../node_modules');
const runtime = datacenterRuntime();
afterAll(() => runtime.close());

/** Files of packages and of all that they depend on, as they lie on a machine's disk. */
function packageFiles(names: readonly string[]): Record<string, string> {
  const files: Record<string, string> = {};
  const seen = new Set<string>();
  const queue = [...names];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const folder = join(ROOT, name);
    if (seen.has(name) || !existsSync(folder)) continue;
    seen.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: object;
    };
    queue.push(...Object.keys(dependencies));
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:c?js|mjs|json)$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      files[`t/node_modules/${path.slice(ROOT.length + 1).replaceAll('\\', '/')}`] = readFileSync(
        path,
        'utf8',
      );
    }
  }
  return files;
}

interface Case {
  readonly packages: readonly string[];
  readonly server: string;
  readonly client: string;
  /** What the client prints. */
  readonly prints: string;
}

const GET = `import { get } from 'node:http';
  setTimeout(() => get('http://server/hi/7?x=1', (answer) => answer.setEncoding('utf8').on('data', (text) => console.log(answer.statusCode, text))), 100);`;
const ECHO = `import { createServer } from 'node:http';
  createServer((request, response) => response.end(request.method + ' ' + request.url)).listen(80);`;

const cases: Readonly<Record<string, Case>> = {
  express: {
    packages: ['express'],
    server: `import express from 'express';
      const app = express();
      app.use(express.json());
      app.get('/hi/:name', (request, response) => response.json({ name: request.params.name, query: request.query }));
      app.listen(80);`,
    client: GET,
    prints: '200 {"name":"7","query":{"x":"1"}}\n',
  },
  fastify: {
    packages: ['fastify'],
    server: `import Fastify from 'fastify';
      const app = Fastify();
      app.get('/hi/:name', async (request) => ({ name: request.params.name }));
      await app.listen({ port: 80, host: '0.0.0.0' });`,
    client: GET,
    prints: '200 {"name":"7"}\n',
  },
  hono: {
    packages: ['hono', '@hono/node-server'],
    server: `import { serve } from '@hono/node-server';
      import { Hono } from 'hono';
      const app = new Hono();
      app.get('/hi/:name', (context) => context.json({ name: context.req.param('name') }));
      serve({ fetch: app.fetch, port: 80 });`,
    client: GET,
    prints: '200 {"name":"7"}\n',
  },
  ws: {
    packages: ['ws'],
    server: `import { WebSocketServer } from 'ws';
      new WebSocketServer({ port: 80 }).on('connection', (socket) => socket.on('message', (text) => socket.send('echo ' + text)));`,
    client: `import WebSocket from 'ws';
      setTimeout(() => {
        const socket = new WebSocket('ws://server/');
        socket.on('open', () => socket.send('hello'));
        socket.on('message', (text) => { console.log(String(text)); socket.close(); });
      }, 100);`,
    prints: 'echo hello\n',
  },
  undici: {
    packages: ['undici'],
    server: ECHO,
    client: `import { request } from 'undici';
      setTimeout(async () => {
        const { statusCode, body } = await request('http://server/page');
        console.log(statusCode, await body.text());
      }, 100);`,
    prints: '200 GET /page\n',
  },
  ioredis: {
    packages: ['ioredis'],
    server: `import { createServer } from 'node:net';
      const answer = (command) => (/\\r\\nget\\r\\n/i.test(command) ? '$5\\r\\nhello\\r\\n' : '+OK\\r\\n');
      createServer((socket) => socket.on('data', (bytes) => {
        for (const command of String(bytes).split(/\\*\\d+\\r\\n/).slice(1)) socket.write(answer('\\r\\n' + command));
      })).listen(6379);`,
    client: `import Redis from 'ioredis';
      setTimeout(async () => {
        const redis = new Redis({ host: 'server', enableReadyCheck: false });
        console.log(await redis.set('a', 1), await redis.get('a'));
        redis.disconnect();
      }, 100);`,
    prints: 'OK hello\n',
  },
  "Node's own fetch": {
    packages: [],
    server: ECHO,
    client: `setTimeout(async () => {
        const answer = await fetch('http://server/form', { method: 'POST', body: new URLSearchParams({ a: '1' }) });
        console.log(answer.status, await answer.text());
        await fetch('http://nowhere/').catch((error) => console.log(error.message, error.cause.code));
      }, 100);`,
    prints: '200 POST /form\nfetch failed ENOTFOUND\n',
  },
};

describe('a machine runs', () => {
  for (const [name, { packages, server, client, prints }] of Object.entries(cases)) {
    it(name, { timeout: 60_000 }, async () => {
      const { run, first } = await runtime.boot({
        cluster: {
          name: 't',
          title: 'Packages',
          machines: [
            { name: 'server', program: 'server.mjs' },
            { name: 'client', program: 'client.mjs' },
          ],
        },
        files: { ...packageFiles(packages), 't/server.mjs': server, 't/client.mjs': client },
        sandbox: 't',
        seed: 1,
      });
      const { events } = await run.advanceTo(5e9);
      const texts = [...first.events, ...events].flatMap((event) =>
        event.kind === 'log' ? [event.text] : [],
      );
      expect(texts.join('')).toBe(prints);
    });
  }
});
