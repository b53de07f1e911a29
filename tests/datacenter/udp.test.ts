// UDP as a program sees it: ports, datagrams whole or not at all, limits, connected sockets.
// Two stacks joined directly, without a fabric: nothing here depends on time.

import { expect, it } from 'vitest';
import { type UdpSocket, UdpStack } from '../../src/datacenter/machine/udp.ts';
import type { Packet } from '../../src/datacenter/network/packet.ts';

/** Machines 1 and 2 joined by a wire without latency. */
function machines(): { one: UdpStack; two: UdpStack } {
  const route = (packet: Packet): void => {
    if (packet.destinationAddress === 2) two.receive(packet);
    else one.receive(packet);
  };
  const one: UdpStack = new UdpStack({ address: 1, send: route });
  const two: UdpStack = new UdpStack({ address: 2, send: route });
  return { one, two };
}

function bind(stack: UdpStack, port: number): UdpSocket {
  const socket = stack.bind({ address: 0, port });
  if (typeof socket === 'string') throw new Error(`Expected a socket, found ${socket}.`);
  return socket;
}

it('carries datagrams whole, with who sent them', () => {
  const { one, two } = machines();
  const server = bind(two, 53);
  const client = bind(one, 0);
  let woken = 0;
  server.wake = () => woken++;
  expect(client.send(new Uint8Array([1, 2]), 2, 53)).toBeNull();
  expect(client.send(new Uint8Array(65_507), 2, 53)).toBeNull();
  expect(client.send(new Uint8Array(65_508), 2, 53)).toBe('EMSGSIZE');
  expect(woken).toBe(2);
  expect(server.receive()).toEqual({ payload: new Uint8Array([1, 2]), address: 1, port: 32_768 });
  expect(server.receive()?.payload.length).toBe(65_507);
  expect(server.receive()).toBeNull();
});

it('drops what does not fit the receive buffer', () => {
  const { one, two } = machines();
  const server = bind(two, 53);
  const client = bind(one, 0);
  for (let i = 0; i < 10; i++) client.send(new Uint8Array(65_507), 2, 53);
  let received = 0;
  while (server.receive() !== null) received++;
  expect(received).toBe(3);
});

it('refuses a taken port, gives it back, and shares it where both say so', () => {
  const { two } = machines();
  const server = bind(two, 53);
  expect(two.bind({ address: 2, port: 53 })).toBe('EADDRINUSE');
  expect(two.bind({ address: 1, port: 54 })).toBe('EADDRNOTAVAIL');
  server.close();
  const shared = { address: 0, port: 53, reuse: true };
  expect(typeof two.bind(shared)).toBe('object');
  expect(typeof two.bind(shared)).toBe('object');
});

it('keeps a connected socket to its peer', () => {
  const { one, two } = machines();
  const server = bind(two, 53);
  const stranger = bind(two, 54);
  const client = bind(one, 0);
  expect(client.send(new Uint8Array(1))).toBe('EDESTADDRREQ');
  client.connect(2, 53);
  expect(client.send(new Uint8Array(1), 2, 53)).toBe('EISCONN');
  stranger.send(new Uint8Array([9]), 1, client.localPort);
  server.send(new Uint8Array([5]), 1, client.localPort);
  expect(client.receive()?.payload[0]).toBe(5);
  expect(client.receive()).toBeNull();
});

it('answers a closed port with ICMP, of which only a connected socket hears, once', () => {
  const { one } = machines();
  const client = bind(one, 0);
  client.send(new Uint8Array(3), 2, 53);
  expect(client.hasNews).toBe(false);
  client.connect(2, 53);
  client.send(new Uint8Array(3));
  expect(client.takeError()).toBe('ECONNREFUSED');
  expect([client.hasNews, client.takeError()]).toEqual([false, null]);
  expect([client.localAddress, client.shownAddress]).toEqual([0, 1]);
});
