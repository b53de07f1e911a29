// Answers requests with the files of a built site and the headers of its _headers file, as a static host would. Refuses
// paths outside its folder and methods other than GET and HEAD. Called by scripts/serve.ts and `brownout lab`.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { type HeaderRule, headersFor, readHeadersFile } from './headers.ts';

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

/** `root` is the folder of the built site. */
export function siteAnswers(root: string): (request: IncomingMessage, response: ServerResponse) => void {
  const rulesNow = rulesOf(join(root, '_headers'));
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const found = fileFor(root, pathname);
    if (found?.endsWith('/index.html') === true && !pathname.endsWith('/') && !pathname.endsWith('.html')) {
      response.writeHead(308, { location: `${pathname}/` }).end();
      return;
    }
    const headers = headersFor(rulesNow(), found === null ? '/404.html' : pathname);
    send(request, response, found === null ? 404 : 200, found ?? join(root, '404.html'), headers);
  };
}

/** Read anew when they change, so that a build while serving is served as it is. */
function rulesOf(file: string): () => readonly HeaderRule[] {
  let rules: readonly HeaderRule[] = [];
  let readAt = -1;
  return () => {
    const changedAt = existsSync(file) ? statSync(file).mtimeMs : 0;
    if (changedAt !== readAt) rules = changedAt === 0 ? [] : readHeadersFile(readFileSync(file, 'utf8'));
    readAt = changedAt;
    return rules;
  };
}

/** The file that answers a path, or null. A folder answers with its index.html. */
function fileFor(root: string, path: string): string | null {
  let name: string;
  try {
    name = normalize(decodeURIComponent(path));
  } catch {
    return null;
  }
  if (name.includes('\0')) return null;
  const file = join(root, name);
  if (file !== root && !file.startsWith(`${root}/`)) return null;
  if (!existsSync(file)) return null;
  if (!statSync(file).isDirectory()) return file;
  const index = join(file, 'index.html');
  return existsSync(index) ? index : null;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  file: string,
  own: Readonly<Record<string, string>>,
): void {
  const extension = extname(file);
  const headers: Record<string, string> = {
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
    ...own,
  };
  const isGzip =
    COMPRESSED.has(extension) && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (isGzip) Object.assign(headers, { 'content-encoding': 'gzip', vary: 'accept-encoding' });
  response.writeHead(status, headers);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stop = (): void => void response.destroy();
  const content = createReadStream(file);
  if (isGzip) pipeline(content, createGzip(), response, (error) => error && stop());
  else pipeline(content, response, (error) => error && stop());
}
