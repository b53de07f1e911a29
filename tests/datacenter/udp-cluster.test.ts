// Datagrams between machines: by name, answered, refused by ICMP, lost with the power, and the same each run.
// What one machine alone does is compared with real Node in node/programs/udp.mjs.
import { afterAll, expect, it } from 'vitest';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { play, specOf } from './udp-world.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const ECHO = `import { createSocket } from 'node:dgram';
const socket = createSocket('udp4', (bytes, from) => {
  console.log(from.address, from.port, String(bytes));
  socket.send(bytes, from.port, from.address);
}).bind(7);`;

const CLIENT = `import { createSocket } from 'node:dgram';
const socket = createSocket('udp4');
socket.connect(7, 'server', () => {
  let n = 0;
  socket.send(String(++n));
  setInterval(() => socket.send(String(++n), (error) => error && console.log('send', error.code)), 100);
});
socket.on('message', (bytes, from) => console.log('heard', String(bytes), from.address));
socket.on('error', (error) => console.log(error.message));`;

it('carries datagrams between machines, and tells a connected socket of a closed port', async () => {
  const spec = specOf({ server: ECHO, client: CLIENT }, [{ atNs: 0.25e9, do: 'kill', machine: 'server' }]);
  const run = await play(runtime, spec, 0.45e9);
  expect(run.printed('server')).toEqual(['10.0.0.2 32768 1', '10.0.0.2 32768 2', '10.0.0.2 32768 3']);
  expect(run.printed('client')).toEqual([
    'heard 1 10.0.0.1',
    'heard 2 10.0.0.1',
    'heard 3 10.0.0.1',
    'recvmsg ECONNREFUSED',
    'recvmsg ECONNREFUSED',
  ]);
  const last = run.packets().at(-1);
  expect(last).toMatchObject({ from: 'server', to: 'client', protocol: 'icmp', fromPort: 7, bytes: 0 });
  expect((await play(runtime, spec, 0.45e9)).hash).toBe(run.hash);
});

it('is silent where there is no power, and goes on when it is back', async () => {
  const spec = specOf({ server: ECHO, client: CLIENT }, [
    { atNs: 0.15e9, do: 'powerOff', machine: 'server' },
    { atNs: 0.35e9, do: 'restart', machine: 'server' },
  ]);
  const run = await play(runtime, spec, 0.55e9);
  const heard = run.printed('client');
  expect(heard.slice(0, 2)).toEqual(['heard 1 10.0.0.1', 'heard 2 10.0.0.1']);
  expect(heard.at(-1)).toBe('heard 6 10.0.0.1');
  expect(run.packets().filter((packet) => packet.lost === 'power')).toHaveLength(2);
});

it('refuses multicast and broadcast by name', async () => {
  const run = await play(
    runtime,
    specOf({
      one: `import { createSocket } from 'node:dgram';
        const socket = createSocket('udp4').bind(9, () => {
          for (const call of [() => socket.addMembership('224.0.0.114'), () => socket.setBroadcast(true)])
            try { call(); } catch (error) { console.log(error.message); }
          socket.send('x', 9, '255.255.255.255', (error) => { console.log(error.message); socket.close(); });
        });`,
    }),
  );
  expect(run.printed('one')).toEqual([
    'addMembership ENOTSUP',
    'setBroadcast ENOTSUP',
    'send ENOTSUP 255.255.255.255:9',
  ]);
});
