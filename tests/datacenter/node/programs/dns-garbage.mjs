// Answers that no DNS server should give: cut short, pointing nowhere, counting what is not there. What a resolver
// makes of each is the real Node's word. Run by differential.test.ts.
import dgram from 'node:dgram';
import { promises } from 'node:dns';
import { once } from 'node:events';
import { long, short } from './parts/dns-server.mjs';

const KINDS = { A: 1, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NS: 2, SOA: 6, CAA: 257, NAPTR: 35 };
const HERE = short(0xc00c);
const head = (query, counts, flags = 0x8180) => [
  ...query.subarray(0, 2),
  ...short(flags),
  ...counts.flatMap(short),
];
const record = (kind, data, { owner = HERE, ttl = 60, length = data.length, group = 1 } = {}) => [
  ...owner,
  ...short(kind),
  ...short(group),
  ...long(ttl),
  ...short(length),
  ...data,
];
const GOOD = record(1, [192, 0, 2, 7]);
const answering =
  (body, counts = [1, 1, 0, 0], flags = 0x8180) =>
  (query) => [[...head(query, counts, flags), ...query.subarray(12), ...body]];
const good = answering(GOOD);
/** Question of another name or kind. */
const asking = (change) => (query) => {
  const other = Buffer.from(query);
  change(other);
  return [[...head(other, [1, 1, 0, 0]), ...other.subarray(12), ...GOOD]];
};

const answers = {
  nothing: () => [[]],
  'five bytes': () => [[1, 2, 3, 4, 5]],
  'no question': (query) => [head(query, [0, 0, 0, 0])],
  'a question that is not there': (query) => [head(query, [1, 0, 0, 0])],
  'the query itself': (query) => [query],
  'another id': asking((query) => query.writeUInt16BE(query.readUInt16BE(0) ^ 1, 0)),
  'another id, then the right one': (query) => [
    ...asking((other) => other.writeUInt16BE(other.readUInt16BE(0) ^ 1, 0))(query),
    ...good(query),
  ],
  'another name': asking((query) => query.fill('z', 13, 14)),
  'capital letters': asking((query) => query.fill(query.toString('latin1', 13, 14).toUpperCase(), 13, 14)),
  'another kind': asking((query) => query.writeUInt16BE(99, query.length - 4)),
  'another class': asking((query) => query.writeUInt16BE(3, query.length - 2)),
  'a record that is not there': answering([]),
  'two records that are one': answering(GOOD, [1, 2, 0, 0]),
  'half a record': answering(GOOD.slice(0, 7)),
  'data cut short': answering(GOOD.slice(0, -1)),
  'more than was counted': answering([...GOOD, 9, 9, 9]),
  'authority that is not there': answering(GOOD, [1, 1, 5, 0]),
  'more that is not there': answering(GOOD, [1, 1, 0, 5]),
  'a name that points at itself': (query) =>
    answering(record(1, [192, 0, 2, 7], { owner: short(0xc000 | query.length) }))(query),
  'a name that points ahead': (query) =>
    answering(record(1, [192, 0, 2, 7], { owner: short(0xc000 | (query.length + 12)) }))(query),
  'a name that points out': answering(record(1, [192, 0, 2, 7], { owner: short(0xffff) })),
  'a label of no kind': answering(record(1, [192, 0, 2, 7], { owner: [0x41, 97, 0] })),
  'another label of no kind': answering(record(1, [192, 0, 2, 7], { owner: [0x81, 97, 0] })),
  'a name without end': answering(record(1, [192, 0, 2, 7], { owner: Array(300).fill([1, 97]).flat() })),
  'the name of another': answering(record(1, [192, 0, 2, 7], { owner: [1, 98, 0] })),
  'an address of three bytes': answering(record(1, [1, 2, 3])),
  'an address of five bytes': answering(record(1, [1, 2, 3, 4, 5])),
  'an address of none': answering(record(1, [])),
  'an address of another class': answering(record(1, [1, 2, 3, 4], { group: 3 })),
  'a great time to live': answering(record(1, [1, 2, 3, 4], { ttl: 0xffffffff })),
  'a kind that nobody knows': answering(record(4711, [1, 2, 3, 4])),
  'a code that nobody knows': answering([], [1, 0, 0, 0], 0x818b),
  'an opcode': answering(GOOD, [1, 1, 0, 0], 0x9980),
  'two questions': (query) => [
    [...head(query, [2, 1, 0, 0]), ...query.subarray(12), ...query.subarray(12), ...GOOD],
  ],
  'AAAA of 15 bytes': answering(record(28, Array(15).fill(1))),
  'TXT longer than itself': answering(record(16, [9, 97, 98])),
  'TXT of none': answering(record(16, [])),
  'MX of two bytes': answering(record(15, [0, 1])),
  'MX with a name cut short': answering(record(15, [0, 1, 5, 97])),
  'SRV of six bytes': answering(record(33, [0, 1, 0, 1, 0, 1])),
  'NS of none': answering(record(2, [])),
  'NS that points out': answering(record(2, [0xff, 0xff])),
  'NS with more behind': answering(record(2, [1, 97, 0, 7, 7])),
  'SOA without numbers': answering(record(6, [1, 97, 0, 1, 98, 0])),
  'CAA of one byte': answering(record(257, [0])),
  'CAA longer than itself': answering(record(257, [0, 9, 97])),
  'NAPTR cut short': answering(record(35, [0, 1, 0, 1, 1, 97, 9])),
};

const names = Object.keys(answers);
const server = dgram.createSocket('udp4', (query, from) => {
  const number = Number(query.toString('latin1', 14, 13 + query[12]));
  for (const bytes of answers[names[number]]?.(query) ?? [])
    server.send(Buffer.from(bytes), from.port, from.address);
});
server.bind(0, '127.0.0.1');
await once(server, 'listening');
for (const [number, name] of names.entries()) {
  const resolver = new promises.Resolver({ timeout: 150, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  const kind = name.split(' ')[0] in KINDS ? name.split(' ')[0] : 'A';
  const ask =
    kind === 'A'
      ? resolver.resolve4(`n${number}.example`, { ttl: true })
      : resolver.resolve(`n${number}.example`, kind);
  console.log(name, JSON.stringify(await ask.catch((error) => error.message)));
}
server.close();
