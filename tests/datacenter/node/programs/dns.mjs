// Every kind of record, every kind of failure, asked of a server of the program's own.
// Run by differential.test.ts; the names that only a cluster has are in tests/datacenter/dns.test.ts.
import dns, { promises } from 'node:dns';
import { domain, long, serveDns, short, text } from './parts/dns-server.mjs';

const many = Array.from({ length: 60 }, (_, i) => [1, 60, [10, 1, 0, i]]);
const zone = {
  'example.org': [
    [1, 300, [192, 0, 2, 1]],
    [1, 200, [192, 0, 2, 2]],
    [28, 100, [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    [28, 100, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]],
    [15, 60, [...short(10), ...domain('mail.example.org')]],
    [15, 60, [...short(20), ...domain('mail2.example.org')]],
    [2, 60, domain('ns1.example.org')],
    [16, 60, [...text('v=spf1 -all'), ...text('second')]],
    [16, 60, text('')],
    [
      6,
      60,
      [
        ...domain('ns1.example.org'),
        ...domain('root.example.org'),
        ...[2026, 7200, 900, 86_400, 300].flatMap(long),
      ],
    ],
    [257, 60, [0, ...text('issue'), ...Buffer.from('ca.example.net')]],
    [257, 60, [128, ...text('iodef'), ...Buffer.from('mailto:a@example.org')]],
  ],
  'www.example.org': [
    [5, 50, domain('example.org')],
    [1, 300, [192, 0, 2, 1]],
  ],
  '_http._tcp.example.org': [
    [33, 60, [...short(1), ...short(5), ...short(8080), ...domain('app.example.org')]],
  ],
  '1.2.0.192.in-addr.arpa': [[12, 60, domain('example.org')]],
  'naptr.example.org': [
    [
      35,
      60,
      [
        ...short(100),
        ...short(10),
        ...text('s'),
        ...text('SIP+D2U'),
        ...text(''),
        ...domain('_sip._udp.example.org'),
      ],
    ],
  ],
  '_443._tcp.example.org': [[52, 60, [3, 1, 1, 0xab, 0xcd]]],
  'many.example.org': many,
  'empty.example.org': [],
  'broken.example.org': 2,
  'refused.example.org': 5,
  'unknown.example.org': 4,
  'format.example.org': 1,
  'odd.example.org': [[2, 60, [5, ...Buffer.from('a.b c'), 0]]],
  'short.example.org': [[1, 60, [1, 2, 3]]],
  'silent.example.org': 'silent',
};
const asked = [];
const server = await serveDns(zone, 0, '127.0.0.1', (how) => asked.push(how));
const resolver = new dns.Resolver({ timeout: 50, tries: 2 });
resolver.setServers([`127.0.0.1:${server.port}`]);
console.log(resolver.getServers().length, resolver.getServers()[0] === `127.0.0.1:${server.port}`);

const ask = (method, ...words) =>
  new Promise((resolve) => {
    resolver[method](...words, (error, answer) => {
      if (error)
        console.log(method, words[0], error.code, error.errno, error.syscall, error.hostname, error.message);
      else console.log(method, words[0], answer);
      resolve();
    });
  });

for (const type of ['A', 'AAAA', 'MX', 'NS', 'TXT', 'SOA', 'CAA', 'CNAME', 'SRV', 'PTR', 'NAPTR', 'TLSA'])
  await ask('resolve', 'example.org', type);
await ask('resolve4', 'example.org', { ttl: true });
await ask('resolve6', 'example.org', { ttl: true });
await ask('resolve4', 'EXAMPLE.org');
await ask('resolve4', 'www.example.org', { ttl: true });
await ask('resolveCname', 'www.example.org');
await ask('resolveSrv', '_http._tcp.example.org');
await ask('resolveNaptr', 'naptr.example.org');
await ask('resolveTlsa', '_443._tcp.example.org');
await ask('resolveAny', 'example.org');
await ask('reverse', '192.0.2.1');
await ask('reverse', '192.0.2.77');
asked.length = 0;
await ask('resolve4', 'many.example.org');
console.log(asked);
for (const name of ['empty', 'broken', 'refused', 'unknown', 'format', 'none'])
  await ask('resolve4', `${name}.example.org`);
await ask('resolveNs', 'odd.example.org');
await ask('resolve4', 'short.example.org');
await ask('resolve4', `${'x'.repeat(64)}.org`);
await ask('resolve4', 'a..b');
await ask('resolve4', 'bücher.example');
asked.length = 0;
await ask('resolve4', 'silent.example.org');
console.log(asked);
const cancelled = ask('resolve4', 'silent.example.org');
setTimeout(() => resolver.cancel(), 5);
await cancelled;
try {
  resolver.reverse('no address', () => {});
} catch (error) {
  console.log(error.code, error.message);
}
const pending = ask('resolve4', 'example.org');
try {
  resolver.setServers(['127.0.0.1']);
} catch (error) {
  console.log(error.code, error.message);
}
await pending;
await ask('resolveMx', 'hidden.onion');
resolver.setServers(['127.0.0.1:1']);
await ask('resolve4', 'example.org');
resolver.setServers(['127.0.0.1:1', `127.0.0.1:${server.port}`]);
await ask('resolve4', 'example.org');
const promised = new promises.Resolver();
promised.setServers(['[::1]:5353', '192.0.2.53', `127.0.0.1:${server.port}`]);
console.log(promised.getServers().length, promised.getServers().slice(0, 2));
promised.setServers([`127.0.0.1:${server.port}`]);
console.log(
  await promised.resolveTxt('example.org'),
  await promised.resolve4('none').catch((error) => error.code),
);
console.log(await promises.lookupService('127.0.0.1', 22));
server.close();
