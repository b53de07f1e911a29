// redis: one command to a Redis server over TCP, in its own protocol (RESP2), shown as redis-cli shows it.
// One command a run: no session, no MULTI, no subscriptions, no TLS. Run by shell.ts, or `node redis.ts GET key`.
import { connect } from 'node:net';
import { fail, numberOf, readArguments } from './arguments.ts';
import { encodeCommand, readReply, shownReply } from './resp.ts';

const help = `redis [-h HOST] [-p PORT] COMMAND [WORDS]
  -h HOST        the server (127.0.0.1)
  -p PORT        its port (6379)
  -W SECONDS     wait so long for the answer (5)
Sends one command and prints the answer: redis -h cache SET key "some words"
Ends with 0, or 1 for an error, no server, or no answer.
`;

// What follows the command is the server's to understand, also where it begins with a dash.
const args = process.argv.slice(2);
let first = 0;
while (/^-[hpW]$/.test(args[first] ?? '')) first += 2;
const { values } = readArguments(
  'redis',
  help,
  {
    host: { type: 'string', short: 'h', default: '127.0.0.1' },
    port: { type: 'string', short: 'p', default: '6379' },
    wait: { type: 'string', short: 'W', default: '5' },
  },
  args[first]?.startsWith('-') === true ? args : args.slice(0, first),
);
const command = args.slice(first);
if (command.length === 0) fail('redis', 2, 'no command given');
const { host } = values;
const port = numberOf('redis', '-p', values.port, 1, 65_535);
const waitMs = numberOf('redis', '-W', values.wait, 0.01, 600) * 1000;

let received = Buffer.alloc(0);
const socket = connect({ host, port });
const limit = setTimeout(() => end(1, `no answer from ${host}:${port} in ${waitMs} ms`), waitMs);
socket.on('connect', () => socket.write(encodeCommand(command)));
socket.on('data', (chunk: Buffer) => {
  received = Buffer.concat([received, chunk]);
  try {
    const reply = readReply(received);
    if (reply === null) return;
    process.stdout.write(`${shownReply(reply.value)}\n`);
    end(reply.value.kind === 'error' ? 1 : 0);
  } catch (error) {
    end(1, error instanceof Error ? error.message : String(error));
  }
});
socket.on('end', () => end(1, 'the server closed the connection without an answer'));
socket.on('error', (error) => end(1, `could not connect to Redis at ${host}:${port}: ${error.message}`));

function end(code: number, why = ''): never {
  clearTimeout(limit);
  if (why !== '') process.stderr.write(`redis: ${why}\n`);
  process.exit(code);
}
