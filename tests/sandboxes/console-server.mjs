// What the console's programs are tried on: a web server, a Redis-like and a DNS server in one process, whose answers
// never vary. Ports: HTTP, REDIS and DNS of the environment, 0 for any; says on stdout which it got.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';

const web = createServer((request, response) => {
  response.sendDate = false;
  if (request.url === '/hang') return;
  if (request.url === '/broken') return void request.socket.destroy();
  if (request.url === '/short') {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => request.socket.destroy());
    return;
  }
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const text = `${request.method} ${request.url} ${request.headers['x-a'] ?? '-'} '${body}'\n`;
    response.writeHead(request.url === '/bad' ? 502 : 200, { 'content-length': text.length, 'x-b': 'c' });
    response.end(text);
  });
});

const replies = {
  'GET k': '$5\r\nh\u00e9 "\r\n',
  'KEYS *': '*3\r\n$1\r\na\r\n*2\r\n:1\r\n$-1\r\n*0\r\n',
  NOISE: 'what?\r\n',
};
const redis = createTcpServer((socket) => {
  let held = '';
  socket.on('data', (chunk) => {
    held += chunk;
    const words = [...held.matchAll(/\$\d+\r\n(.*)\r\n/g)].map(([, word]) => word);
    if (words.length < Number(/^\*(\d+)/.exec(held)?.[1] ?? Infinity)) return;
    const reply = replies[words.join(' ')] ?? `-ERR unknown command '${words[0]}'\r\n`;
    // In two pieces, so that an answer has to be put together.
    socket.write(reply.slice(0, 3));
    setTimeout(() => socket.write(reply.slice(3)), 20);
  });
});

// Pointers to the name asked for (0xc00c), type, class, time to live, length, data.
const record = (type, ...data) => [0xc0, 12, 0, type, 0, 1, 0, 0, 1, 44, 0, data.length, ...data];
const records = {
  1: [
    record(1, 10, 1, 2, 3),
    record(5, 3, 119, 119, 119, 0xc0, 12),
    record(15, 0, 10, 2, 109, 120, 0xc0, 12),
    record(28, 0x20, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    record(33, 0, 1, 0, 2, 0, 9, 0xc0, 12),
    record(6, 1, 97, 0xc0, 12, 0xc0, 12, ...[1, 2, 3, 4, 5].flatMap((each) => [0, 0, 0, each])),
    record(99, 1, 2),
  ],
  16: [record(16, 2, 104, 105, 3, 97, 34, 98)],
};
const dns = createSocket('udp4', (message, { port, address }) => {
  const end = message.indexOf(0, 12) + 5;
  const found = records[message[end - 3]];
  const isSilent = message.toString('latin1', 13, 19) === 'silent';
  if (isSilent) return;
  const head = [message[0], message[1], 0x85, found === undefined ? 0x83 : 0x80];
  const counts = [0, 1, 0, found?.length ?? 0, 0, 0, 0, 0];
  const bytes = Buffer.from([...head, ...counts, ...message.subarray(12, end), ...(found ?? []).flat()]);
  dns.send(bytes, port, address);
});

const env = (name) => Number(process.env[name] ?? 0);
web.listen(env('HTTP'), () =>
  redis.listen(env('REDIS'), () =>
    dns.bind(env('DNS'), () => console.log([web, redis, dns].map((each) => each.address().port).join(' '))),
  ),
);
