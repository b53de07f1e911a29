// A DNS server for one name: `store.test` has the addresses of the stores, in an order that chance turns round.
// Every other name is unknown. UDP only. Environment: PORT, STORES (names of machines).
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

const TTL_SECONDS = 1;
const A = 1;
const addresses: string[] = [];
for (const name of (process.env['STORES'] ?? '').split(' ')) addresses.push((await lookup(name)).address);

/** The name asked for, and where the question ends. */
function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

function answerTo(query: Buffer): Buffer {
  const { name, end } = questionOf(query);
  const asked = query.readUInt16BE(end - 4);
  const turned = Math.random() < 0.5 ? addresses : [...addresses].reverse();
  const found = name === 'store.test' && asked === A ? turned : [];
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(name === 'store.test' ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(found.length, 6);
  const records = found.map((address) => {
    const record = Buffer.from([0xc0, 12, 0, A, 0, 1, 0, 0, 0, TTL_SECONDS, 0, 4, 0, 0, 0, 0]);
    record.set(address.split('.').map(Number), 12);
    return record;
  });
  return Buffer.concat([head, query.subarray(12, end), ...records]);
}

const socket = createSocket('udp4', (query, from) => {
  if (query.length > 16) socket.send(answerTo(query), from.port, from.address, () => {});
});
socket.on('error', (error: NodeJS.ErrnoException) => console.log('socket', error.code));
socket.bind(Number(process.env['PORT']));
