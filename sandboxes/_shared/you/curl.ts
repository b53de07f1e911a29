// curl, a small one: one request by Node's own http, shown as curl shows it, with curl's exit codes.
// Plain HTTP only; follows no redirects, keeps no cookies, holds no proxy. Run by shell.ts, or `node curl.ts URL`.
import { createWriteStream } from 'node:fs';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { fail, readArguments } from './arguments.ts';
import { writtenOut } from './write-out.ts';

const help = `curl [options] http://HOST[:PORT]/PATH
  -i             print the status line and the headers too
  -v             print what happens, what is sent (>) and what comes (<)
  -X METHOD      instead of GET
  -d TEXT        send it as the body, as a form (makes it a POST)
  -H 'NAME: VALUE'  add a header; more than once if wanted
  -s             say nothing of errors
  -o FILE        write the body there; /dev/null for nowhere
  -w FORMAT      print this at the end: %{http_code} %{size_download} %{time_namelookup} %{time_connect}
                 %{time_starttransfer} %{time_total} (seconds)
  --max-time N   give up after N seconds
Ends with 0, or: 3 bad URL, 6 unknown host, 7 refused, 18 cut short, 28 too long, 52 empty answer, 56 reset.
Plain HTTP only; no redirects, cookies or proxies.
`;

const { values, positionals } = readArguments('curl', help, {
  include: { type: 'boolean', short: 'i' },
  verbose: { type: 'boolean', short: 'v' },
  request: { type: 'string', short: 'X' },
  data: { type: 'string', short: 'd' },
  header: { type: 'string', short: 'H', multiple: true, default: [] },
  silent: { type: 'boolean', short: 's' },
  output: { type: 'string', short: 'o' },
  'write-out': { type: 'string', short: 'w', default: '' },
  'max-time': { type: 'string' },
});

const given = positionals[0] ?? fail('curl', 2, 'no URL specified');
const withScheme = given.includes('://') ? given : `http://${given}`;
if (!URL.canParse(withScheme)) end(3, 'URL using bad/illegal format or missing URL');
const url = new URL(withScheme);
if (url.protocol !== 'http:')
  end(1, `Protocol "${url.protocol.slice(0, -1)}" not supported: this one speaks plain HTTP`);

const begun = performance.now();
const times = { namelookup: 0, connect: 0, starttransfer: 0 };
const sinceBegun = (): number => performance.now() - begun;
const port = url.port === '' ? 80 : Number(url.port);
const out =
  values.output === undefined || values.output === '/dev/null' ? null : createWriteStream(values.output);
let size = 0;
let code = 0;

const note = (text: string): void => {
  if (values.verbose === true) process.stderr.write(text);
};

function end(exit: number, why = ''): never {
  if (why !== '' && values.silent !== true) process.stderr.write(`curl: (${exit}) ${why}\n`);
  const seen = { ...times, total: sinceBegun() };
  process.stdout.write(writtenOut(values['write-out'], code, size, seen));
  process.exit(exit);
}

function watch(socket: Socket): void {
  socket.on('lookup', (error: Error | null, address: string) => {
    times.namelookup = sinceBegun();
    if (error === null) note(`*   Trying ${address}:${port}...\n`);
  });
  socket.on('connect', () => {
    times.connect = sinceBegun();
    note(`* Connected to ${url.hostname} (${socket.remoteAddress}) port ${port}\n`);
    const names = outgoing.getRawHeaderNames();
    const lines = names.map((name) => `> ${name}: ${outgoing.getHeader(name)}\n`);
    note(`> ${outgoing.method} ${outgoing.path} HTTP/1.1\n${lines.join('')}> \n`);
  });
}

function onAnswer(answer: IncomingMessage): void {
  times.starttransfer = sinceBegun();
  code = answer.statusCode ?? 0;
  const { rawHeaders } = answer;
  const head = [`HTTP/${answer.httpVersion} ${code} ${answer.statusMessage}`.trimEnd()];
  for (let index = 0; index < rawHeaders.length; index += 2)
    head.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  note(`${head.map((line) => `< ${line}\n`).join('')}< \n`);
  if (values.include === true) process.stdout.write(`${head.join('\n')}\n\n`);
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (out !== null) out.write(chunk);
    else if (values.output === undefined) process.stdout.write(chunk);
  });
  answer.on('error', () => end(18, 'transfer closed with outstanding read data remaining'));
  answer.on('end', () => {
    if (out === null) end(0);
    else out.end(() => end(0));
  });
}

function onError(error: NodeJS.ErrnoException): void {
  const after = `after ${Math.round(sinceBegun())} ms`;
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    end(6, `Could not resolve host: ${url.hostname}`);
  if (error.syscall === 'connect')
    end(
      7,
      `Failed to connect to ${url.hostname} port ${port} ${after}: ${said[error.code ?? ''] ?? error.code}`,
    );
  if (error.message === 'socket hang up') end(52, 'Empty reply from server');
  if (error.code === 'ECONNRESET') end(56, 'Recv failure: Connection reset by peer');
  end(56, error.message);
}

const said: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ETIMEDOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
};

const { data } = values;
const headers: Record<string, string> = { host: url.host, 'user-agent': 'curl (a small one)', accept: '*/*' };
if (data !== undefined) {
  headers['content-type'] = 'application/x-www-form-urlencoded';
  headers['content-length'] = String(Buffer.byteLength(data));
}
for (const line of values.header) {
  const [, name, value] =
    /^([^:\s]+):\s*(.*)$/.exec(line) ?? fail('curl', 2, `-H must be 'NAME: VALUE', found '${line}'`);
  headers[name?.toLowerCase() ?? ''] = value ?? '';
}
const method = values.request ?? (data === undefined ? 'GET' : 'POST');
const place = { host: url.hostname, port, path: url.pathname + url.search };
const outgoing: ClientRequest = request(
  { ...place, method, headers, agent: new Agent({ keepAlive: true }) },
  onAnswer,
);
outgoing.on('socket', watch).on('error', onError);
const seconds = Number(values['max-time'] ?? 0);
if (seconds > 0)
  setTimeout(
    () =>
      end(
        28,
        `Operation timed out after ${Math.round(sinceBegun())} milliseconds with ${size} bytes received`,
      ),
    seconds * 1000,
  );
outgoing.end(data);
