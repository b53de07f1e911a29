// Serves the built site from dist/ on localhost: `node scripts/serve.ts [PORT]`, with the headers of dist/_headers, as a
// static host would. Static files only; refuses paths outside dist/ and methods other than GET and HEAD. Used by
// `npm start` and by the browser tests.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { type HeaderRule, headersFor, readHeadersFile } from '../src/build/headers.ts';

const ROOT = resolve(import.meta.dirname, '../dist');
const PORT_DEFAULT = 4321;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.xml']);

/** Read anew when it changes, so that a build while serving is served as it is. */
let rules: readonly HeaderRule[] = [];
let rulesReadAt = -1;
function currentRules(): readonly HeaderRule[] {
  const file = join(ROOT, '_headers');
  const changedAt = existsSync(file) ? statSync(file).mtimeMs : 0;
  if (changedAt !== rulesReadAt) rules = changedAt === 0 ? [] : readHeadersFile(readFileSync(file, 'utf8'));
  rulesReadAt = changedAt;
  return rules;
}

/** The file that answers a path, or null. A folder answers with its index.html. */
function fileFor(path: string): string | null {
  let name: string;
  try {
    name = normalize(decodeURIComponent(path));
  } catch {
    return null;
  }
  const file = join(ROOT, name);
  if (file !== ROOT && !file.startsWith(`${ROOT}/`)) return null;
  if (!existsSync(file)) return null;
  if (!statSync(file).isDirectory()) return file;
  const index = join(file, 'index.html');
  return existsSync(index) ? index : null;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const found = fileFor(pathname);
  if (found?.endsWith('/index.html') === true && !pathname.endsWith('/') && !pathname.endsWith('.html')) {
    response.writeHead(308, { location: `${pathname}/` }).end();
    return;
  }
  const file = found ?? join(ROOT, '404.html');
  const extension = extname(file);
  const headers: Record<string, string> = {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
    ...headersFor(currentRules(), found === null ? '/404.html' : pathname),
  };
  const isGzip =
    COMPRESSED.has(extension) && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (isGzip) Object.assign(headers, { 'content-encoding': 'gzip', vary: 'accept-encoding' });
  response.writeHead(found === null ? 404 : 200, headers);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stop = (): void => void response.destroy();
  const content = createReadStream(file);
  if (isGzip) pipeline(content, createGzip(), response, (error) => error && stop());
  else pipeline(content, response, (error) => error && stop());
}

const port = Number(process.argv[2] ?? PORT_DEFAULT);
if (!existsSync(join(ROOT, 'index.html'))) {
  console.error('Expected a built site in dist/, found none: run `npm run build` first.');
  process.exit(1);
}
const server = createServer(answer);
server.on('error', (error: NodeJS.ErrnoException) => {
  const why =
    error.code === 'EADDRINUSE'
      ? `port ${port} is taken: stop what uses it, or pass another port`
      : error.message;
  console.error(`Expected to serve on port ${port}, found: ${why}.`);
  process.exit(1);
});
server.listen(port, 'localhost', () =>
  console.log(`Brownout is on http://localhost:${port}/ (Ctrl-C stops it)`),
);
