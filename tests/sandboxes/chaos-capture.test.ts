// A chaotic run, recorded: tshark opens every packet of it and finds none malformed or cut short, and every IP
// header's checksum right. Skipped, with the reason in its name, where tshark is not installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { CHAOS_UNTIL_NS, chaosSpec } from './chaos.ts';

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
const why = hasTshark ? '' : ' (skipped: tshark is not installed, apt-get install tshark)';

test.skipIf(!hasTshark)(`the capture of a chaotic run has no malformed packet${why}`, async () => {
  const runtime = datacenterRuntime();
  const { run } = await runtime.boot({ ...chaosSpec(3), capture: {} });
  const { hash } = await run.advanceTo(CHAOS_UNTIL_NS);
  const bytes = (await run.capture?.()) ?? new Uint8Array();
  const plain = await runtime.boot(chaosSpec(3));
  expect((await plain.run.advanceTo(CHAOS_UNTIL_NS)).hash, 'with and without capture').toBe(hash);
  await runtime.close();
  const folder = mkdtempSync(join(tmpdir(), 'brownout-chaos-'));
  const file = join(folder, 'chaos.pcapng');
  writeFileSync(file, bytes);
  const count = (filter: string): number => {
    const checks = ['ip', 'tcp', 'udp'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`]);
    const args = ['-r', file, ...checks, '-Y', filter, '-T', 'fields', '-e', 'frame.number'];
    const { stdout, status } = spawnSync('tshark', args, { encoding: 'utf8', maxBuffer: 1e8 });
    expect(status).toBe(0);
    return stdout.split('\n').length - 1;
  };
  const counted = {
    packets: count('frame') > 1000,
    tcp: count('tcp') > 300,
    udp: count('udp') > 300,
    http: count('http') > 50,
    malformed: count('_ws.malformed || _ws.short'),
    wrongHeaders: count('ip.checksum.status == 0'),
  };
  rmSync(folder, { recursive: true });
  expect(counted).toEqual({
    packets: true,
    tcp: true,
    udp: true,
    http: true,
    malformed: 0,
    wrongHeaders: 0,
  });
});
