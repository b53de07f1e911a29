// A small DNS server for the programs of this folder: answers from a zone, in UDP and TCP, without compression but
// for the name asked. Zone: name to list of [type, ttl, data bytes]; a number instead is an error code (RCODE).
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

export const domain = (name) => [
  ...name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]),
  0,
];
export const short = (number) => [number >>> 8, number & 255];
export const long = (number) => [...short(number >>> 16), ...short(number & 65_535)];
export const text = (value) => [value.length, ...Buffer.from(value)];

/** The response to a query, from the zone; undefined where the zone says to be silent. */
function answer(zone, query, isUdp) {
  const labels = [];
  let at = 12;
  while (query[at] > 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]));
    at += 1 + query[at];
  }
  const type = query.readUInt16BE(at + 1);
  const question = query.subarray(12, at + 5);
  const found = zone[labels.join('.').toLowerCase()] ?? 3;
  if (found === 'silent') return undefined;
  const code = typeof found === 'number' ? found : 0;
  const records =
    typeof found === 'number' ? [] : found.filter((r) => type === 255 || r[0] === type || r[0] === 5);
  const body = records.flatMap(([kind, ttl, data]) => [
    ...short(0xc00c),
    ...short(kind),
    ...short(1),
    ...long(ttl),
    ...short(data.length),
    ...data,
  ]);
  const isCut = isUdp && 12 + question.length + body.length > 512;
  const flags = 0x8180 | code | (isCut ? 0x0200 : 0);
  const counts = [...short(1), ...short(isCut ? 0 : records.length), 0, 0, 0, 0];
  return Buffer.from([
    ...query.subarray(0, 2),
    ...short(flags),
    ...counts,
    ...question,
    ...(isCut ? [] : body),
  ]);
}

/** Listens on one port in UDP and TCP. Tells `asked` of each query: 'udp' or 'tcp'. */
export async function serveDns(zone, port, address, asked = () => {}) {
  const tcp = createServer((socket) => {
    socket.once('data', (bytes) => {
      asked('tcp');
      const response = answer(zone, bytes.subarray(2), false);
      socket.end(Buffer.from([...short(response.length), ...response]));
    });
    socket.on('error', () => {});
  });
  tcp.listen(port, address);
  await once(tcp, 'listening');
  const udp = createSocket('udp4', (query, from) => {
    asked('udp');
    const response = answer(zone, query, true);
    if (response !== undefined) udp.send(response, from.port, from.address);
  });
  udp.bind(tcp.address().port, address);
  await once(udp, 'listening');
  return {
    port: tcp.address().port,
    close: () => {
      udp.close();
      tcp.close();
    },
  };
}
