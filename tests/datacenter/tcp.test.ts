// TCP as a program sees it, case by case: connecting, ports, data, backpressure.
// How connections end is in tcp-endings.test.ts, chaos in tcp-properties.test.ts.

import { describe, expect, it } from 'vitest';
import { concat } from '../../src/datacenter/base/bytes.ts';
import { cut } from '../../src/datacenter/network/rules/cut.ts';
import { address, MS, pattern, readAll, SECOND, World } from './tcp-world.ts';

const text = (chunk: Uint8Array | null): string => (chunk === null ? '' : new TextDecoder().decode(chunk));
const bytes = (words: string): Uint8Array => new TextEncoder().encode(words);

/** Compares without vitest's difference, which takes seconds for so many bytes. */
function expectBytes(chunks: readonly Uint8Array[], expected: Uint8Array): void {
  expect(Buffer.compare(concat(chunks), expected)).toBe(0);
}

describe('opening', () => {
  it('takes one round trip, and the third packet of the handshake', () => {
    const world = new World({ seed: 1 });
    const listener = world.listen(2);
    const client = world.connect(1, 2);
    expect(client.connecting).toBe(true);
    world.run(0.49 * MS);
    expect(client.connecting).toBe(true);
    world.run(0.5 * MS);
    expect(client.connecting).toBe(false);
    expect(listener.accept()).toBeNull();
    world.run(0.75 * MS);
    const server = listener.accept();
    expect(server?.remotePort).toBe(client.localPort);
    expect(server?.remoteAddress).toBe(address(1));
    expect(world.log).toHaveLength(3);
  });

  it('is refused by a closed port at once', () => {
    const world = new World({ seed: 1 });
    const client = world.connect(1, 2, { port: 81 });
    world.run();
    expect(client.error).toBe('ECONNREFUSED');
    expect(client.connecting).toBe(false);
    expect(world.timeline.nowNs).toBe(0.5 * MS);
  });

  it('times out against silence after SYNs at 0, 1, 3, 7, 15, 31 and 63 s', () => {
    const world = new World({ seed: 1 });
    world.addRules(cut);
    const client = world.connect(1, 2);
    world.run();
    expect(client.error).toBe('ETIMEDOUT');
    expect(world.log.map((line) => Number(line.split(' ')[0]) / SECOND)).toEqual([0, 1, 3, 7, 15, 31, 63]);
    expect(world.timeline.nowNs).toBe(127 * SECOND);
  });

  it('fills the accept queue while the process sleeps, then lets clients try again', () => {
    const world = new World({ seed: 1 });
    const listener = world.listen(2, { backlog: 2 });
    const clients = Array.from({ length: 5 }, () => world.connect(1, 2));
    world.run(0.9 * SECOND);
    let accepted = 0;
    while (listener.accept() !== null) accepted++;
    expect(accepted).toBe(3); // one more than the backlog, as on Linux
    expect(clients.filter((client) => client.connecting)).toHaveLength(2);
    world.run(2 * SECOND);
    expect(clients.filter((client) => client.connecting)).toHaveLength(0);
  });

  it('reaches the machine itself by 127.0.0.1 and by its own address', () => {
    const world = new World({ seed: 1 });
    const listener = world.listen(1);
    const byLoopback = world.connect(1, 1, { address: 0x7f000001 });
    const byAddress = world.connect(1, 1);
    world.run(1 * MS);
    expect(byLoopback.connecting || byAddress.connecting).toBe(false);
    expect(listener.accept()?.remoteAddress).toBe(0x7f000001);
    expect(listener.accept()?.remoteAddress).toBe(address(1));
  });

  it('crosses: two SYNs at once make one connection', () => {
    const world = new World({ seed: 1 });
    const one = world.connect(1, 2, { port: 5000, localPort: 6000 });
    const two = world.connect(2, 1, { port: 6000, localPort: 5000 });
    world.run(10 * MS);
    expect([one.connecting, two.connecting, one.error, two.error]).toEqual([false, false, null, null]);
    one.write(bytes('hello'));
    world.run(20 * MS);
    expect(text(two.read(100))).toBe('hello');
  });
});

describe('ports', () => {
  it('are refused while another listens, and free again when it closed', () => {
    const world = new World({ seed: 1 });
    const listener = world.listen(2);
    expect(world.stack(2).listen({ address: 0, port: 80, backlog: 1 })).toBe('EADDRINUSE');
    expect(world.stack(2).listen({ address: address(2), port: 80, backlog: 1 })).toBe('EADDRINUSE');
    expect(world.stack(2).listen({ address: address(1), port: 81, backlog: 1 })).toBe('EADDRNOTAVAIL');
    listener.close();
    expect(world.listen(2).port).toBe(80);
    expect(world.listen(2, { port: 0 }).port).toBe(32_768);
  });

  it('last for many thousands of short connections', () => {
    const world = new World({ seed: 1 });
    const listener = world.listen(2, { backlog: 1000 });
    listener.wake = () => {
      for (let server = listener.accept(); server !== null; server = listener.accept()) server.close();
    };
    let opened = 0;
    for (let round = 0; round < 35; round++) {
      for (let i = 0; i < 1000; i++) {
        const client = world.connect(1, 2);
        client.wake = () => {
          if (!client.ended) return;
          opened++;
          client.close();
        };
      }
      world.run(world.timeline.nowNs + 5 * MS);
      world.log.length = 0;
    }
    expect(opened).toBe(35_000);
  });
});

describe('data', () => {
  it('costs two packets for a request and its answer on an open connection', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    server.wake = () => {
      if (server.read(1000) !== null) server.write(bytes('answer'));
    };
    const ask = (): void => {
      client.write(bytes('question'));
      world.run(world.timeline.nowNs + 1 * MS);
      expect(text(client.read(1000))).toBe('answer');
    };
    ask(); // the first costs one more: the server does not know yet that it will answer
    const before = world.log.length;
    for (let i = 0; i < 10; i++) ask();
    expect(world.log.length - before).toBe(20);
  });

  it('is acknowledged by itself after 40 ms where nothing goes back', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    server.wake = () => {
      if (server.read(1000) !== null && world.timeline.nowNs < 12 * MS) server.write(bytes('answer'));
    };
    client.write(bytes('one'));
    world.run(20 * MS);
    client.read(1000);
    client.write(bytes('two'));
    const sentNs = world.timeline.nowNs;
    world.run(sentNs + 100 * MS);
    expect(world.log.at(-1)).toContain(`${sentNs + 40.25 * MS} 10.0.0.2:80`);
    expect(world.log.at(-1)).toContain('[.]');
  });

  it('hands over the very array that was written where it fits one segment', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    const sent = bytes('the same');
    client.write(sent);
    world.run(20 * MS);
    expect(server.read(1000)).toBe(sent);
  });

  it('of one long write is read in one piece without a copy', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    const sent = pattern(14_600);
    client.write(sent);
    world.run(20 * MS);
    const read = server.read(65_536);
    expect(read?.length).toBe(14_600);
    expect(read?.buffer).toBe(sent.buffer);
  });

  it('holds short segments back by Nagle unless noDelay is set', () => {
    const count = (noDelay: boolean): number => {
      const world = new World({ seed: 1 });
      const { client } = world.pair();
      client.setNoDelay(noDelay);
      for (const word of ['a', 'b', 'c', 'd']) client.write(bytes(word));
      world.run(100 * MS);
      return world.packets('10.0.0.1:32768 >', 'P.').length;
    };
    expect(count(true)).toBe(4);
    expect(count(false)).toBe(2);
  });

  it('joins writes marked as having more after them', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    client.setNoDelay(true);
    client.write(bytes('head '), true);
    client.write(bytes('body'));
    world.run(20 * MS);
    expect(text(server.read(100))).toBe('head body');
    expect(world.packets('10.0.0.1:32768 >', 'P.')).toHaveLength(1);
  });
});

describe('backpressure', () => {
  it('stops a writer whose peer never reads, and lets it go on when it reads', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    const sent = pattern(1_000_000);
    let written = 0;
    client.wake = () => {
      for (let accepted = 1; accepted > 0 && written < sent.length; written += accepted) {
        accepted = client.write(sent.subarray(written));
      }
    };
    client.wake();
    world.run(30 * SECOND);
    expect(server.readableBytes).toBe(65_535);
    expect(written).toBeGreaterThan(131_072);
    expect(written).toBeLessThanOrEqual(65_535 + 131_072); // receive buffer and send buffer
    const probes = world.packets('10.0.0.1:32768 >', 'length 0').length;
    expect(probes).toBeGreaterThan(3);
    expect(probes).toBeLessThan(12); // ever more rarely
    const chunks: Uint8Array[] = [];
    readAll(server, chunks);
    world.run(60 * SECOND);
    expectBytes(chunks, sent);
  });

  it('goes on for ever against a live peer whose window stays shut', () => {
    const world = new World({ seed: 1 });
    const { client } = world.pair();
    client.write(pattern(131_072));
    world.run(7200 * SECOND);
    expect(client.error).toBeNull();
  });
});
