// Captures as others read them: tshark opens the file, finds nothing malformed, every checksum right, and HTTP, DNS
// and UDP inside. Skipped, with the reason printed, where tshark is not installed (apt-get install tshark).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Action, CaptureSpec } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { specOf } from './udp-world.ts';

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
if (!hasTshark) console.log('capture.test.ts: skipped, for there is no tshark: apt-get install tshark');
const folder = mkdtempSync(join(tmpdir(), 'brownout-capture-'));
const runtime = datacenterRuntime();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await runtime.close();
});

const WEB = `import { createServer } from 'node:http';
import { createSocket } from 'node:dgram';
createServer((request, response) => {
  request.resume().on('end', () => response.end('x'.repeat(5001)));
}).listen(80);
createSocket('udp4', function (bytes, from) { this.send(bytes, from.port, from.address); }).bind(7);`;
const CLIENT = `import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns';
import http from 'node:http';
await new Promise((resolve) => setTimeout(resolve, 5));
const socket = createSocket('udp4', () => 0).bind(5000);
for (const size of [0, 1, 1472, 4000]) socket.send(Buffer.alloc(size, 'u'), 7, 'web');
socket.send('local', 5000, '127.0.0.1');
socket.send('closed', 4711, 'web');
const resolver = new Resolver({ tries: 1 });
resolver.setServers(['10.0.0.1']);
resolver.resolve4('www.example.org', () => 0);
for (let n = 0; n < 3; n++)
  await new Promise((resolve) => {
    http.request('http://web/page?n=' + n, { method: 'POST' }, (r) => r.resume().on('end', resolve)).end('y'.repeat(3000));
  });`;

async function record(capture: CaptureSpec, actions: readonly Action[] = []) {
  const { run } = await runtime.boot({ ...specOf({ web: WEB, client: CLIENT }, actions), capture });
  const { hash } = await run.advanceTo(30e9);
  const bytes = (await run.capture?.()) ?? new Uint8Array();
  const file = join(folder, `${Object.keys(capture).join('-')}${actions.length}.pcapng`);
  writeFileSync(file, bytes);
  return { file, hash, bytes };
}

/** Lines of tshark's output: fields of the packets that pass the filter, checksums looked at. */
function look(file: string, filter: string, ...fields: string[]): string[] {
  const { stdout, stderr, status } = spawnSync(
    'tshark',
    [
      ...['-r', file, '-Y', filter, '-T', 'fields', '-E', 'separator=,'],
      ...['ip', 'tcp', 'udp'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`]),
      ...fields.flatMap((field) => ['-e', field]),
    ],
    { encoding: 'utf8' },
  );
  expect([status, stderr.replace(/^Running as user.*\n/, '')]).toEqual([0, '']);
  return stdout.split('\n').slice(0, -1);
}

describe.skipIf(!hasTshark)('tshark', () => {
  it('finds every packet whole, with good checksums, and what is inside', async () => {
    const { file } = await record({});
    const all = look(file, 'frame', 'frame.number');
    expect(all.length).toBeGreaterThan(40);
    expect(look(file, '_ws.malformed || _ws.short', 'frame.number')).toEqual([]);
    const bad = 'ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0';
    expect(look(file, `${bad} || icmp.checksum.status == 0`, 'frame.number')).toEqual([]);
    expect(look(file, 'ip.checksum.status == 1', 'frame.number')).toEqual(all);
    expect(
      look(
        file,
        'tcp.analysis.flags && !tcp.analysis.keep_alive && !tcp.analysis.keep_alive_ack',
        '_ws.col.info',
      ),
    ).toEqual([]);
    expect(
      look(file, 'http.request', 'http.request.uri', 'http.file_data').map((line) => line.slice(0, 12)),
    ).toEqual(
      ['/page?n=0,79', '/page?n=1,79', '/page?n=2,79'].map((line) =>
        expect.stringContaining(line.slice(0, 9)),
      ),
    );
    expect(look(file, 'tcp.flags.syn == 1 && tcp.window_size_value != 65535', 'frame.number')).toEqual([]);
    expect(look(file, 'http.response', 'http.response.code')).toEqual(['200', '200', '200']);
    expect(look(file, 'dns && udp && !icmp', 'dns.qry.name')).toEqual(['www.example.org']);
    expect(look(file, 'icmp', 'icmp.type', 'icmp.code', 'ip.src', 'udp.dstport')).toHaveLength(2);
    expect(look(file, 'udp.srcport == 7 && !icmp', 'udp.length')).toEqual(['8', '9', '1480', '4008']);
  });

  it('tells a machine from a link, a loss from an arrival, and times to the nanosecond', async () => {
    const cut: Action[] = [{ atNs: 0, do: 'cut', from: 'client', to: 'web', oneWay: true }];
    const machines = await record({ machines: ['web', 'client'] }, cut);
    const at = (name: string) => look(machines.file, `frame.interface_name == "${name}"`, 'ip.src');
    expect(new Set(at('client'))).toEqual(new Set(['10.0.0.2', '127.0.0.1']));
    expect(at('web')).toEqual([]);
    const link = await record({ links: [{ a: 'web', b: 'client' }] });
    expect(look(link.file, 'ip.addr == 127.0.0.1', 'frame.number')).toEqual([]);
    expect(look(link.file, 'frame.number == 1', 'frame.time_epoch', 'frame.interface_name')).toEqual([
      expect.stringMatching(/^17672256\d\d\.\d{9},web-client$/),
    ]);
    expect(link.hash).toBe((await record({})).hash);
  });
});

it('equals itself, is empty but for its head at t=0, and is refused for strangers', async () => {
  expect((await record({})).bytes).toEqual((await record({})).bytes);
  const spec = { ...specOf({ web: WEB }), capture: { machines: ['moon'] } };
  await expect(runtime.boot(spec)).rejects.toThrow("expected a machine of the cluster (web), found 'moon'");
  const { run } = await runtime.boot(specOf({ web: WEB }));
  await expect(run.capture?.()).rejects.toThrow('expected a run that was booted with `capture`');
  expect(readFileSync(join(folder, '0.pcapng')).subarray(0, 4)).toEqual(Buffer.from([10, 13, 13, 10]));
});
