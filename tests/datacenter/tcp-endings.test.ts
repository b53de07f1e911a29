// TCP as a program sees it, case by case: how connections end, by will or by fault.
// Each case says what the peer sees: an end, a reset, or silence.

import { describe, expect, it } from 'vitest';
import { concat } from '../../src/datacenter/base/bytes.ts';
import { cut } from '../../src/datacenter/network/rules/cut.ts';
import { delay } from '../../src/datacenter/network/rules/delay.ts';
import { MS, pattern, readAll, SECOND, World, writeAll } from './tcp-world.ts';

const text = (chunk: Uint8Array | null): string => (chunk === null ? '' : new TextDecoder().decode(chunk));
const bytes = (words: string): Uint8Array => new TextEncoder().encode(words);

/** Compares without vitest's difference, which takes seconds for so many bytes. */
function expectBytes(chunks: readonly Uint8Array[], expected: Uint8Array): void {
  expect(Buffer.compare(concat(chunks), expected)).toBe(0);
}

describe('closing', () => {
  it('half: the other direction goes on', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    client.write(bytes('question'));
    client.shutdown();
    world.run(20 * MS);
    expect([server.ended, text(server.read(100)), server.ended]).toEqual([false, 'question', true]);
    expect([client.writable, client.write(bytes('x'))]).toEqual([false, 0]);
    server.write(bytes('late answer'));
    server.close();
    world.run(40 * MS);
    expect([text(client.read(100)), client.ended, client.error]).toEqual(['late answer', true, null]);
  });

  it('delivers what was written before close', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    const sent = pattern(100_000);
    const chunks: Uint8Array[] = [];
    readAll(server, chunks);
    client.write(sent);
    client.close();
    world.run(1 * SECOND);
    expectBytes(chunks, sent);
    expect([server.ended, server.error]).toEqual([true, null]);
  });

  it('at both ends at once ends both without an error', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    client.shutdown();
    server.shutdown();
    world.run();
    expect([client.ended, server.ended, client.error, server.error]).toEqual([true, true, null, null]);
    expect(world.timeline.size).toBe(0);
  });

  it('is no error for an end in TIME_WAIT whose late segments find nobody', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    client.shutdown();
    world.run(20 * MS);
    server.shutdown();
    world.run(20.3 * MS); // the client waits; its last acknowledgment is under way
    world.powerOff(2);
    world.powerOn(2);
    client.setKeepAlive(true, 1 * SECOND);
    world.run();
    expect(world.packets('10.0.0.2:80 >', '[R]').length).toBeGreaterThan(0);
    expect([client.error, client.ended]).toEqual([null, true]);
  });

  it('resets where unread data is thrown away', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    client.write(bytes('never read'));
    world.run(20 * MS);
    server.close();
    world.run(30 * MS);
    expect(client.error).toBe('ECONNRESET');
  });

  it('resets a peer that goes on writing to a closed end', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    server.close();
    world.run(20 * MS);
    expect(client.ended).toBe(true);
    client.write(bytes('anybody there?'));
    world.run(30 * MS);
    expect(client.error).toBe('EPIPE'); // as Linux's tcp_reset in CLOSE_WAIT
  });

  it('by abort resets at once, and what was received can still be read', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    server.write(bytes('last words'));
    server.abort();
    world.run(20 * MS);
    expect([client.error, text(client.read(100))]).toEqual(['ECONNRESET', 'last words']);
  });

  it('of a listener resets connections that nobody accepted', () => {
    const world = new World({ seed: 1 });
    const listener = world.listen(2);
    const client = world.connect(1, 2);
    world.run(10 * MS);
    listener.close();
    world.run(20 * MS);
    expect(client.error).toBe('ECONNRESET');
  });
});

describe('faults', () => {
  it('a cut that ends loses nothing', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    const sent = pattern(300_000);
    const chunks: Uint8Array[] = [];
    readAll(server, chunks);
    writeAll(client, sent);
    world.run(world.timeline.nowNs + 1 * MS);
    const mend = world.addRules(cut);
    world.run(20 * SECOND);
    mend();
    world.run(120 * SECOND);
    expectBytes(chunks, sent);
    expect([client.error, server.ended]).toEqual([null, true]);
  });

  it('a cut that stays ends the writer with ETIMEDOUT after some 15 minutes, and an idle end never', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    world.addRules(cut);
    client.write(bytes('hello?'));
    world.run(600 * SECOND);
    expect(client.error).toBeNull();
    world.run(1100 * SECOND);
    expect([client.error, server.error]).toEqual(['ETIMEDOUT', null]);
  });

  it('a longer way does not look like a loss', () => {
    const world = new World({ seed: 1 });
    const { client, server } = world.pair();
    const chunks: Uint8Array[] = [];
    readAll(server, chunks);
    world.addRules(() => delay(80));
    writeAll(client, pattern(200_000));
    world.run();
    expectBytes(chunks, pattern(200_000));
    const sent = world.packets('10.0.0.1:32768 >').filter((line) => !line.includes('length 0'));
    expect(new Set(sent.map((line) => line.split('seq ')[1]?.split(' ')[0])).size).toBe(sent.length);
  });

  it('power off is silence, and a reset after the restart', () => {
    const world = new World({ seed: 1 });
    const { client } = world.pair();
    client.write(bytes('one'));
    world.run(20 * MS);
    world.powerOff(2);
    client.write(bytes('two'));
    world.run(5 * SECOND);
    expect(client.error).toBeNull();
    expect(world.packets('power').length).toBeGreaterThan(3);
    expect(world.packets('10.0.0.2:80 >').at(-1)).toMatch(/^[12]\d{7} /);
    world.powerOn(2);
    world.run(20 * SECOND);
    expect(client.error).toBe('ECONNRESET');
  });

  it('power off forgets every timer', () => {
    const world = new World({ seed: 1 });
    const { client } = world.pair();
    client.write(pattern(100_000));
    world.powerOff(1);
    world.powerOff(2);
    world.run(10 * SECOND);
    expect(world.timeline.size).toBe(0);
    client.close();
    expect(world.timeline.size).toBe(0);
  });

  it('keepalive finds a dead peer, and only a dead one', () => {
    const world = new World({ seed: 1 });
    const { client } = world.pair();
    client.setKeepAlive(true, 60 * SECOND);
    world.run(600 * SECOND);
    expect(client.error).toBeNull();
    world.powerOff(2);
    world.run(1200 * SECOND);
    expect(client.error).toBe('ETIMEDOUT');
  });
});
