// One server, ten sites: it reads the Host header, puts the request in line, and works on one request at a time.
// Whose request is next is line.ts's to say; which site is asked for, hosts.ts's. The server's own name has `/health` and
// a list of the sites. Answers 400 and 421 for hosts, 404 and 405 for pages, 503 where a line has no room.
// Environment: PORT, MACHINE, LINE, PAGE_MS (mean CPU time of a page). Dials: line, pageMs.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dial, onDials } from '../_shared/dials.ts';
import { siteOf } from './hosts.ts';
import { type Line, lineCalled } from './line.ts';
import { sites } from './sites.ts';
import { counted, tellTaken } from './state.ts';

interface Job {
  readonly site: string;
  readonly url: string;
  readonly workMs: number;
  readonly response: ServerResponse;
}

const name = process.env.MACHINE ?? 'server';
const own = [name, 'localhost', '127.0.0.1', '[::1]'];
const room = { all: 500, perSite: 50 };
let line: Line<Job> = counted(lineCalled<Job>(process.env.LINE ?? 'fifo', room));
let pageMs = Number(process.env.PAGE_MS ?? 10);
onDials((values) => {
  pageMs = dial(values['pageMs'], pageMs, 1, 100);
  if (values['line'] !== undefined) moveTo(lineCalled<Job>(String(values['line']), room));
});

/** Who waits goes on waiting, in the new line. */
function moveTo(next: Line<Job>): void {
  const old = line;
  line = counted(next);
  for (let job = old.take(); job; job = old.take()) enter(job);
}

function answer(response: ServerResponse, status: number, text: string, headers: object = {}): void {
  const body = `${text}\n`;
  const about = { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...about, 'x-served-by': name, ...headers });
  response.end(body);
}

/**
 * `/page/7` takes half of PAGE_MS, and each fifth page three times PAGE_MS, so that the mean is PAGE_MS and its standard
 * deviation as large: pages differ. `/report/7` takes five times as long. undefined: no such page.
 */
function workOf(url: string): number | undefined {
  const [, kind, number] = /^\/(page|report)\/(\d{1,9})(?:\?.*)?$/s.exec(url) ?? [];
  if (kind === undefined) return undefined;
  return pageMs * (Number(number) % 5 === 0 ? 3 : 0.5) * (kind === 'report' ? 5 : 1);
}

function handle(request: IncomingMessage, response: ServerResponse): void {
  const { method = '', httpVersion, url = '', rawHeaders } = request;
  const named = siteOf({ httpVersion, url, rawHeaders }, sites, own);
  if ('status' in named) answer(response, named.status, `${named.status}: ${named.reason}`);
  else if (method !== 'GET' && method !== 'HEAD')
    answer(response, 405, `405: no ${method} here`, { allow: 'GET, HEAD' });
  else if (named.site === name) answerForItself(named.path, response);
  else answerFor(named.site, named.path, response);
}

function answerFor(site: string, url: string, response: ServerResponse): void {
  const workMs = workOf(url);
  if (workMs === undefined) answer(response, 404, `404: no ${url} on ${site}`);
  else enter({ site, url, workMs, response });
}

function answerForItself(path: string, response: ServerResponse): void {
  if (path === '/health') answer(response, 200, 'well');
  else if (path === '/') answer(response, 200, `Sites on this server:\n${sites.join('\n')}`);
  else answer(response, 404, `404: no ${path} on ${name}`);
}

/** Turns of the event loop at most between two pages, so that a flood cannot keep the server from working. */
const TURNS_MAX = 100;
let isWorking = false;
/** A connection or a request has come in this turn of the event loop. */
let news = false;

// #region serve
function enter(job: Job): void {
  news = true;
  if (!line.put(job)) answer(job.response, 503, `503: too many requests wait for ${job.site}`);
  else if (!isWorking) {
    isWorking = true;
    setImmediate(serveNext, 0);
  }
}

/** Reads all that has come, which takes some turns, for Node accepts one connection in each; then does one job. */
function serveNext(turns: number): void {
  const readOn = news && turns < TURNS_MAX;
  news = false;
  const job = readOn ? undefined : line.take();
  isWorking = readOn || job !== undefined;
  if (isWorking) setImmediate(serveNext, readOn ? turns + 1 : 0);
  if (!job) return;
  tellTaken(job);
  if (job.response.destroyed) return; // Its client has given up.
  work(job.workMs);
  answer(job.response, 200, `${job.site}${job.url}`);
}

/** While this loop turns, the program does nothing else: it is how a page costs CPU. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
// #endregion

const server = createServer({ requireHostHeader: false }, (request, response) => {
  request.on('error', () => {});
  request.resume(); // A body, if there is one, is of no use here.
  response.on('close', () => {
    if (!server.listening) server.closeIdleConnections();
  });
  try {
    handle(request, response);
  } catch (error) {
    // A mistake in a line must cost one request, not ten sites.
    console.error(error);
    answer(response, 500, '500: the server made a mistake; its log says which');
  }
});
server.on('connection', () => {
  news = true;
});
server.keepAliveTimeout = 60_000; // Longer than clients are ever idle.
server.listen(Number(process.env.PORT ?? 8080), () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  console.log(`serves ${sites.length} sites on port ${port}`);
});
process.once('SIGTERM', () => server.close(() => process.exit(0)));
