// Keeps values in a log on its disk: each write is appended and fsynced before it is acknowledged, and the log is
// written anew, beside the old one and renamed, when it has grown. Tells its peer how far it is, by UDP. Streams
// bytes to whoever connects to its second port. Environment: PORT, BULK_PORT, PEER.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { label } from './words.ts';

const FOLDER = '/var/values';
const LOG = `${FOLDER}/log`;
const LINES_MAX = 60;
const BULK_BYTES = 150_000;
const GOSSIP_PORT = 7000;
const GOSSIP_MS = 70;

const values = new Map<string, string>();
let log: FileHandle;
let lines = 0;
let turn: Promise<unknown> = Promise.resolve();

function take(line: string): void {
  const [key = '', value = ''] = line.split('=');
  values.set(key, value);
}

async function load(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const text = await readFile(LOG, 'utf8').catch(() => '');
  const whole = text.split('\n').slice(0, -1);
  for (const line of whole) take(line);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  console.log(`${label}: ${whole.length} lines, ${text.length} characters, ${hash}`);
  log = await open(LOG, 'a');
  lines = whole.length;
}

async function compact(): Promise<void> {
  const beside = await open(`${LOG}.new`, 'w');
  try {
    for (const [key, value] of values) await beside.write(`${key}=${value}\n`);
    await beside.sync();
  } finally {
    await beside.close();
  }
  await rename(`${LOG}.new`, LOG);
  await log.close();
  log = await open(LOG, 'a');
  lines = values.size;
}

async function write(line: string): Promise<void> {
  take(line);
  await log.write(`${line}\n`);
  await log.sync();
  if (++lines > LINES_MAX) await compact();
}

/** One write after the other; what went wrong with one does not hold up the next. */
function writeInTurn(line: string): Promise<unknown> {
  const mine = turn.then(() => write(line));
  turn = mine.catch((error: NodeJS.ErrnoException) => console.log('disk', error.code, error.syscall));
  return mine;
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const key = (request.url ?? '/').slice(1);
  response.setHeader('etag', createHmac('sha256', 'secret').update(key).digest('base64url').slice(0, 10));
  if (request.method !== 'PUT') {
    response.statusCode = values.has(key) ? 200 : 404;
    response.end(values.get(key));
    return;
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  await writeInTurn(`${key}=${body}`).then(
    () => response.writeHead(201),
    () => response.writeHead(507),
  );
  response.end();
}

await load().catch((error: NodeJS.ErrnoException) => {
  console.log('cannot begin', error.code);
  process.exit(4);
});
const web = createHttpServer((request, response) => {
  handle(request, response).catch((error: NodeJS.ErrnoException) => console.log('request', error.code));
});
web.listen(Number(process.env['PORT']));
createServer((socket) => {
  socket.on('error', (error: NodeJS.ErrnoException) => console.log('bulk', error.code));
  const packed = gzipSync(randomBytes(BULK_BYTES / 10).toString('hex'));
  let sent = 0;
  const push = (): void => {
    while (sent < BULK_BYTES) {
      sent += packed.length;
      if (!socket.write(packed)) return;
    }
    socket.end();
  };
  socket.on('drain', push);
  push();
}).listen(Number(process.env['BULK_PORT']));

const heard = new Map<number, number>();
const gossip = createSocket('udp4', (bytes) => {
  const from = bytes.readUInt32BE(0);
  heard.set(from, (heard.get(from) ?? 0) + 1);
}).bind(GOSSIP_PORT);
gossip.on('error', (error: NodeJS.ErrnoException) => console.log('gossip', error.code));
let said = 0;
setInterval(() => {
  const bytes = Buffer.alloc(Math.random() < 0.1 ? 3000 : 40);
  bytes.writeUInt32BE(++said);
  gossip.send(bytes, GOSSIP_PORT, process.env['PEER'] ?? '', () => {});
}, GOSSIP_MS);
setInterval(() => {
  const twice = [...heard.values()].filter((times) => times > 1).length;
  console.log(
    `${values.size} values; heard ${heard.size} of the peer, ${twice} more than once, last ${[...heard.keys()].at(-1)}`,
  );
}, 900);
