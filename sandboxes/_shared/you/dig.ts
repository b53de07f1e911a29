// dig: one question to a DNS server over UDP, by this folder's own encoder, shown as dig shows it.
// No TCP for long answers (it says so), no EDNS, no DNSSEC, no +trace. Run by shell.ts, or `node dig.ts NAME`.
import { createSocket } from 'node:dgram';
import { getServers } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { fail, numberOf, readArguments } from './arguments.ts';
import { type DnsMessage, type DnsRecord, encodeQuestion, readMessage, types } from './dns-message.ts';

const help = `dig [@SERVER] [-p PORT] NAME [TYPE] [+short] [+time=SECONDS] [+tries=N]
  @SERVER        ask this one; without it, the machine's own DNS server
  -p PORT        its port (53)
  TYPE           ${Object.keys(types).join(', ')} (A)
  +short         only what was answered
  +time, +tries  wait so long for each of so many questions (5, 3)
Ends with 0 for an answer of any kind, 9 where no server answered.
`;

const args = process.argv.slice(2);
const { values, positionals } = readArguments('dig', help, {
  port: { type: 'string', short: 'p', default: '53' },
});
const port = numberOf('dig', '-p', values.port, 1, 65_535);
const flags = positionals.filter((word) => word.startsWith('+'));
const unknown = flags.find((flag) => !/^\+(?:short|time=.*|tries=.*)$/.test(flag));
if (unknown !== undefined) fail('dig', 2, `unknown option ${unknown}`);
const isShort = flags.includes('+short');
const waitMs = numberOf('dig', '+time', option('time') ?? '5', 0.01, 60) * 1000;
const tries = numberOf('dig', '+tries', option('tries') ?? '3', 1, 10);
const words = positionals.filter((word) => !/^[+@]/.test(word));
const name = words[0] ?? fail('dig', 2, 'no name given');
const type = (words[1] ?? 'A').toUpperCase();
const typeNumber = types[type] ?? fail('dig', 2, `unknown type ${type}`);

const server = positionals.find((word) => word.startsWith('@'))?.slice(1) ?? ownServer();
if (server === undefined) await withoutServer();
else await ask(server);

function option(which: string): string | undefined {
  return flags.find((flag) => flag.startsWith(`+${which}=`))?.slice(which.length + 2);
}

/** In the cluster HOSTS is set, and a machine that was told of no DNS server has only itself. */
function ownServer(): string | undefined {
  const [first] = getServers().filter(
    (each) => process.env['HOSTS'] === undefined || !/^(?:127\.|::1)/.test(each),
  );
  return first;
}

/** Names of the cluster need no DNS: each machine has them, as /etc/hosts. */
async function withoutServer(): Promise<never> {
  process.stdout.write(
    ';; This machine was told of no DNS server, so there is nobody to ask: name one with @SERVER.\n',
  );
  process.stdout.write(';; The names of the cluster are known without one, as from /etc/hosts:\n');
  for (const each of (process.env['HOSTS'] ?? '').split(' ')) {
    const host = each.split(':')[0] ?? '';
    const found = await lookup(host, 4).catch(() => null);
    if (found !== null) process.stdout.write(`${host}\t${found.address}\n`);
  }
  process.exit(9);
}

async function ask(host: string): Promise<void> {
  const found = await lookup(host, 4).catch(() => null);
  if (found === null) fail('dig', 10, `couldn't get address for '${host}': not found`);
  const { address } = found;
  const id = Math.floor(Math.random() * 65_536);
  let question: Buffer;
  try {
    question = encodeQuestion(id, name, typeNumber);
  } catch (error) {
    fail('dig', 10, error instanceof Error ? error.message : String(error));
  }
  const socket = createSocket('udp4');
  let tried = 0;
  let begun = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = (): void => {
    tried++;
    begun = performance.now();
    socket.send(question, port, address);
    timer = setTimeout(timedOut, waitMs);
  };
  const timedOut = (): void => {
    process.stdout.write(`;; no answer from ${address}#${port} in ${waitMs} ms\n`);
    if (tried < tries) send();
    else end(9, ';; no servers could be reached\n');
  };
  const end = (code: number, text: string): void => {
    clearTimeout(timer);
    socket.close();
    process.stdout.write(text);
    process.exitCode = code;
  };
  socket.on('error', (error) => end(9, `;; ${error.message}\n`));
  socket.on('message', (bytes, { address: by }) => {
    if (bytes.length < 12 || bytes.readUInt16BE(0) !== id || by !== address) return;
    try {
      const took = Math.round(performance.now() - begun);
      const tail = `;; Query time: ${took} msec\n;; SERVER: ${address}#${port}(${host}) (UDP)\n;; MSG SIZE  rcvd: ${bytes.length}\n`;
      end(0, shown(readMessage(bytes), tail));
    } catch (error) {
      end(9, `;; Got a bad packet: ${error instanceof Error ? error.message : error}\n`);
    }
  });
  send();
}

function shown(message: DnsMessage, tail: string): string {
  if (isShort) return message.answer.map(({ data }) => `${data}\n`).join('');
  const { answer, authority, additional } = message;
  const counts = `ANSWER: ${answer.length}, AUTHORITY: ${authority.length}, ADDITIONAL: ${additional.length}`;
  const asked = `${name.replace(/\.?$/, '.')}\t\tIN\t${type}`;
  return [
    `; <<>> dig (a small one) <<>> ${args.join(' ')}\n`,
    `;; ->>HEADER<<- opcode: QUERY, status: ${message.status}, id: ${message.id}\n`,
    `;; flags: ${message.flags}; QUERY: 1, ${counts}\n`,
    message.isTruncated ? ';; Truncated: the whole answer needs TCP, which this dig does not do.\n' : '',
    `\n;; QUESTION SECTION:\n;${asked}\n`,
    section('ANSWER', answer),
    section('AUTHORITY', authority),
    section('ADDITIONAL', additional),
    `\n${tail}`,
  ].join('');
}

function section(title: string, records: readonly DnsRecord[]): string {
  if (records.length === 0) return '';
  const lines = records.map(
    ({ name: owner, ttl, type: kind, data }) => `${owner}\t${ttl}\tIN\t${kind}\t${data}\n`,
  );
  return `\n;; ${title} SECTION:\n${lines.join('')}`;
}
