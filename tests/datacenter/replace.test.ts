// A machine is replaced by a fresh one under the same name and address, through the public door: what its peers see
// (silence, then a reset), what is left on its disk (what was shipped), and what happens to deeds in between.
import { afterAll, expect, it } from 'vitest';
import type { Action, TraceEvent } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const SERVER = `import fs from 'node:fs';
  import net from 'node:net';
  const read = (path) => { try { return fs.readFileSync(path, 'utf8'); } catch (error) { return error.code; } };
  console.log('found', read('kept'), read('motto'));
  fs.writeFileSync('kept', 'old', { flush: true });
  fs.fsyncSync(fs.openSync('.'));
  net.createServer((socket) => { socket.on('error', () => 0); socket.on('data', (data) => socket.write(data)); }).listen(80);`;

const CLIENT = `import net from 'node:net';
  const socket = net.connect(80, 'server');
  const say = (...words) => console.log(Math.round(performance.now() / 100) / 10, ...words);
  let answers = 0;
  socket.on('data', () => answers++);
  socket.on('error', (error) => { say(error.code); clearInterval(asking); });
  const asking = setInterval(() => socket.write('x'), 100);
  setTimeout(() => { const before = answers; setTimeout(() => say('answers', answers - before), 1000); }, 4000);`;

async function play(actions: Action[]): Promise<{ events: TraceEvent[]; hash: string }> {
  const { run, first } = await runtime.boot({
    cluster: {
      name: 't',
      title: 't',
      machines: [
        { name: 'server', program: 'server.mjs' },
        { name: 'client', program: 'client.mjs' },
      ],
    },
    files: { 't/server.mjs': SERVER, 't/client.mjs': CLIENT, 't/motto': 'shipped' },
    sandbox: 't',
    seed: 1,
    actions,
  });
  const { events, hash } = await run.advanceTo(30e9);
  run.stop();
  return { events: [...first.events, ...events], hash };
}

const printed = (events: readonly TraceEvent[], machine: string): string[] =>
  events.flatMap((event) =>
    event.kind === 'log' && event.machine === machine ? [event.text.trimEnd()] : [],
  );

const states = (events: readonly TraceEvent[]): string[] =>
  events.flatMap((event) =>
    event.kind === 'machine' && event.machine === 'server'
      ? [`${event.atNs / 1e9} ${event.state}: ${event.why}`]
      : [],
  );

it('is silent until the fresh machine has power, then resets what it does not know', async () => {
  const { events, hash } = await play([{ atNs: 3e9, do: 'replace', machine: 'server' }]);
  expect(states(events)).toEqual([
    '0 up: the run begins',
    '3 off: lost its power',
    '8.04 up: fresh, with its disk as shipped',
  ]);
  const [silence, reset, ...more] = printed(events, 'client');
  expect(silence).toBe('5 answers 0');
  expect(reset).toMatch(/^(8|9|1\d)(\.\d)? ECONNRESET$/);
  expect(more).toEqual([]);
  const again = await play([{ atNs: 3e9, do: 'replace', machine: 'server' }]);
  expect(again.hash).toBe(hash);
});

it('has its disk as shipped, with the edits made since', async () => {
  const { events } = await play([
    { atNs: 1e9, do: 'edit', path: 't/motto', text: 'edited' },
    { atNs: 2e9, do: 'restart', machine: 'server' },
    { atNs: 3e9, do: 'replace', machine: 'server' },
  ]);
  expect(printed(events, 'server')).toEqual([
    'found ENOENT shipped',
    'found old edited',
    'found ENOENT edited',
  ]);
});

it('mends a failing disk, and replaces machines that are off or were killed', async () => {
  const { events } = await play([
    { atNs: 1e9, do: 'failDisk', machine: 'server' },
    { atNs: 2e9, do: 'kill', machine: 'server' },
    { atNs: 3e9, do: 'replace', machine: 'server' },
    { atNs: 10e9, do: 'powerOff', machine: 'server' },
    { atNs: 11e9, do: 'replace', machine: 'server' },
  ]);
  expect(printed(events, 'server')).toEqual(new Array(3).fill('found ENOENT shipped'));
  expect(states(events).filter((state) => state.includes('fresh'))).toHaveLength(2);
});

it('is started once where it is replaced twice, or restarted by hand before the fresh one is ready', async () => {
  const { events } = await play([
    { atNs: 1e9, do: 'replace', machine: 'server' },
    { atNs: 2e9, do: 'replace', machine: 'server' },
    { atNs: 9e9, do: 'replace', machine: 'server' },
    { atNs: 10e9, do: 'restart', machine: 'server' },
  ]);
  expect(states(events).filter((state) => state.includes(' up'))).toEqual([
    '0 up: the run begins',
    '7.04 up: fresh, with its disk as shipped',
    '10.04 up: started again',
  ]);
});
