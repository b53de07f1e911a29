// The fabric: latency, order, rules and their removal, power, views, and links that do not share chance.
// Packets here are bare UDP packets without kernels; TCP on a fabric is in tcp.test.ts.

import { describe, expect, it } from 'vitest';
import { Random } from '../../src/datacenter/base/random.ts';
import { Timeline } from '../../src/datacenter/base/timeline.ts';
import type { ClusterSpec } from '../../src/datacenter/contract.ts';
import { Fabric } from '../../src/datacenter/network/fabric.ts';
import type { Packet } from '../../src/datacenter/network/packet.ts';
import { cut } from '../../src/datacenter/network/rules/cut.ts';
import { delay } from '../../src/datacenter/network/rules/delay.ts';
import { loss } from '../../src/datacenter/network/rules/loss.ts';
import { reorder } from '../../src/datacenter/network/rules/reorder.ts';

const LINKS: ClusterSpec['links'] = { between: [{ a: 'a', b: 'b', latencyMs: 2 }] };

function network(links: ClusterSpec['links'] = LINKS, seed = 1) {
  const timeline = new Timeline();
  const arrived: string[] = [];
  const lost: string[] = [];
  const fabric = new Fabric({
    scheduler: timeline,
    random: new Random(seed),
    ...(links === undefined ? {} : { links }),
    observe: (packet, _arrivesNs, reason) => {
      if (reason !== null) lost.push(`${packet.sourcePort} ${reason}`);
    },
  });
  const [a, b, c] = ['a', 'b', 'c'].map((name, index) =>
    fabric.attach({
      name,
      address: index + 1,
      receive: (packet) => arrived.push(`${packet.sourcePort} at ${name} ${timeline.nowNs / 1e6}`),
    }),
  ) as [number, number, number];
  const send = (from: number, destinationAddress: number, number: number): void => {
    const packet: Packet = {
      from: 0,
      to: 0,
      protocol: 'udp',
      sourceAddress: from + 1,
      destinationAddress,
      sourcePort: number,
      destinationPort: 9,
      flags: 0,
      sequence: 0,
      acknowledgment: 0,
      window: 0,
      payload: new Uint8Array(1),
    };
    fabric.send(from, packet);
  };
  const run = (): void => {
    while (timeline.runNext());
  };
  return { timeline, fabric, arrived, lost, a, b, c, send, run };
}

describe('Fabric', () => {
  it('takes the latency of the link, of the default, and of the machine itself', () => {
    const { a, arrived, send, run } = network();
    send(a, 2, 1);
    send(a, 3, 2);
    send(a, 1, 3);
    send(a, 0x7f000009, 4);
    send(a, 99, 5);
    run();
    expect(arrived).toEqual(['3 at a 0.01', '4 at a 0.01', '2 at c 0.25', '1 at b 2']);
  });

  it('keeps the order when a delay goes away, and only a reordering rule breaks it', () => {
    const { fabric, a, b, arrived, send, run } = network();
    const mend = fabric.addRule(a, b, delay(50));
    send(a, 2, 1);
    mend();
    mend();
    send(a, 2, 2);
    run();
    expect(arrived).toEqual(['1 at b 52', '2 at b 52']);
    const even = fabric.addRule(a, b, reorder(1, 20));
    send(a, 2, 3);
    even();
    send(a, 2, 4);
    run();
    expect(arrived.map((line) => line[0])).toEqual(['1', '2', '4', '3']);
  });

  it('cuts one direction apart from the other, and shows it', () => {
    const { fabric, a, b, arrived, lost, send, run } = network();
    expect(fabric.links()).toEqual([{ a: 'a', b: 'b', cut: [false, false], delayMs: [0, 0], loss: [0, 0] }]);
    const mend = fabric.addRule(b, a, cut());
    fabric.addRule(a, b, delay(3));
    fabric.addRule(a, b, loss(0));
    expect(fabric.link(a, b)).toEqual({ a: 'a', b: 'b', cut: [false, true], delayMs: [3, 0], loss: [0, 0] });
    send(a, 2, 1);
    send(b, 1, 2);
    mend();
    send(b, 1, 3);
    run();
    expect(arrived).toEqual(['3 at a 2', '1 at b 5']);
    expect(lost).toEqual(['2 cut']);
  });

  it('tells of packets to a machine without power, also of those under way', () => {
    const { fabric, a, b, arrived, lost, send, run } = network();
    send(a, 2, 1);
    fabric.setPower(b, false);
    send(a, 2, 2);
    run();
    expect([arrived, lost]).toEqual([[], ['2 power', '1 power']]);
    expect(() => send(b, 1, 3)).toThrow('b sends nothing while its power is off');
    fabric.setPower(b, true);
    send(a, 2, 4);
    run();
    expect(arrived).toEqual(['4 at b 4']);
  });

  it('loses by chance, from the seed, whatever happens on other links', () => {
    const play = (seed: number, others: boolean): string[] => {
      const { fabric, a, b, c, lost, send } = network({ default: { loss: 0.1 } }, seed);
      fabric.addRule(a, b, loss(0.2));
      for (let number = 1; number <= 1000; number++) {
        send(a, 2, number);
        if (others) send(c, 2, 5000);
      }
      return lost.filter((line) => !line.startsWith('5000'));
    };
    const lost = play(1, false);
    expect(lost.length).toBeGreaterThan(230);
    expect(lost.length).toBeLessThan(330); // 280 expected, standard deviation 14
    expect(play(1, true)).toEqual(lost);
    expect(play(2, false)).not.toEqual(lost);
  });
});
