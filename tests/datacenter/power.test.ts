// What outlives a machine's loss of power, through the public door: a program writes, the plug is pulled, the
// program starts again and tells what it finds. And what programs see of slow, full and failing disks.
import { afterAll, describe, expect, it } from 'vitest';
import type { Action, TraceEvent } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const found = (events: readonly TraceEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'log' ? [event.text.trimEnd()] : []));

/** What the program prints; it runs `first` at its first start and `later` at every other. */
async function play(first: string, later: string, actions: Action[], seed = 1): Promise<string[]> {
  const program = `import fs from 'node:fs';
    const sync = (path) => { const fd = fs.openSync(path, 'r'); fs.fsyncSync(fd); fs.closeSync(fd); };
    const read = (path) => { try { return fs.readFileSync(path, 'latin1'); } catch (error) { return error.code; } };
    setInterval(() => 0, 1000);
    if (process.pid === 101) { ${first} } else { ${later} }`;
  const booted = await runtime.boot({
    cluster: { name: 't', title: 't', machines: [{ name: 'box', program: 'main.mjs' }] },
    files: { 't/main.mjs': program },
    sandbox: 't',
    seed,
    actions,
  });
  const { events } = await booted.run.advanceTo(60e9);
  return found([...booted.first.events, ...events]);
}

const cycle = (offSeconds: number, torn = false): Action[] => [
  { atNs: Math.round(offSeconds * 1e9), do: 'powerOff', machine: 'box', torn },
  { atNs: Math.round(offSeconds * 1e9) + 1e9, do: 'restart', machine: 'box' },
];

describe('when the power goes', () => {
  const hello = "console.log('started');";
  const starts = async (...deeds: readonly (readonly [atMs: number, deed: 'powerOff' | 'restart'])[]) => {
    const actions = deeds.map(([ms, deed]) => ({ atNs: ms * 1e6, do: deed, machine: 'box' }) as const);
    return (await play(hello, hello, actions)).length;
  };

  it('a program that was about to start does not', async () => {
    expect(await starts([1000, 'restart'], [1020, 'powerOff'])).toBe(1);
    expect(await starts([1000, 'powerOff'], [2000, 'restart'], [2020, 'powerOff'])).toBe(1);
  });

  it('and a restart after that brings back power and network', async () => {
    const program = `import { createServer, connect } from 'node:net';
      if (process.env.MACHINE === 'server') createServer((socket) => socket.end('hello')).listen(80);
      else setInterval(() => connect(80, 'server').on('data', (text) => console.log(String(text))).on('error', () => {}), 500);`;
    const machines = ['client', 'server'].map((name) => ({ name, program: 'main.mjs' }));
    const actions = (
      [
        [1000, 'restart'],
        [1020, 'powerOff'],
        [2000, 'restart'],
      ] as const
    ).map(([ms, deed]): Action => ({ atNs: ms * 1e6, do: deed, machine: 'server' }));
    const cluster = { name: 't', title: 't', machines };
    const files = { 't/main.mjs': program };
    const { run } = await runtime.boot({ cluster, files, sandbox: 't', seed: 1, actions });
    await run.advanceTo(2.2e9);
    expect(found((await run.advanceTo(6e9)).events)).toContain('hello');
  });

  const cases: readonly (readonly [string, string, string, number, string[]])[] = [
    [
      'what was written and not synced is gone',
      "fs.writeFileSync('f', 'x');",
      "console.log(read('f'));",
      1,
      ['ENOENT'],
    ],
    [
      'a synced file without a synced name is gone',
      "fs.writeFileSync('f', 'x'); sync('f');",
      "console.log(read('f'));",
      1,
      ['ENOENT'],
    ],
    [
      'a synced file in a synced folder is there',
      "fs.writeFileSync('f', 'x'); sync('f'); sync('.');",
      "console.log(read('f'));",
      1,
      ['x'],
    ],
    [
      'flush: true and a synced folder do the same',
      "fs.writeFileSync('f', 'x', { flush: true }); sync('.');",
      "console.log(read('f'));",
      1,
      ['x'],
    ],
    [
      'after the commit and before the flusher a file is empty',
      "fs.writeFileSync('f', 'x');",
      "console.log(JSON.stringify(read('f')));",
      10,
      ['""'],
    ],
    [
      'after the flusher all of it is there',
      "fs.writeFileSync('f', 'x');",
      "console.log(read('f'));",
      36,
      ['x'],
    ],
    [
      'a removed file is back',
      "fs.writeFileSync('f', 'x'); sync('f'); sync('.'); fs.unlinkSync('f');",
      "console.log(read('f'));",
      1,
      ['x'],
    ],
    [
      'an overwritten file is the old one',
      "fs.writeFileSync('f', 'old'); sync('f'); sync('.'); fs.writeFileSync('f', 'new');",
      "console.log(read('f'));",
      1,
      ['old'],
    ],
    ["the sandbox's own files are there", '', "console.log(fs.readdirSync('.').join());", 1, ['main.mjs']],
  ];
  for (const [what, first, later, seconds, printed] of cases)
    it(what, async () => expect(await play(first, later, cycle(seconds))).toEqual(printed));

  it('a crash of the process alone loses nothing', async () => {
    const restart: Action[] = [{ atNs: 1e9, do: 'restart', machine: 'box' }];
    expect(await play("fs.writeFileSync('f', 'x');", "console.log(read('f'));", restart)).toEqual(['x']);
  });

  it('wherever a kill falls, all that was written before it is there', async () => {
    const first = `let count = 0;
      const write = () => { fs.appendFileSync('f', \`\${count}\\n\`); console.log(++count); setTimeout(write, Math.random() * 9); };
      write();`;
    const later = "console.log('left', read('f').split('\\n').length - 1);";
    for (let seed = 1; seed <= 8; seed++) {
      const actions: Action[] = [
        { atNs: 2e8 + seed * 7_777_777, do: 'kill', machine: 'box' },
        { atNs: 1e9, do: 'restart', machine: 'box' },
      ];
      const lines = await play(first, later, actions, seed);
      expect(lines.at(-1), `seed=${seed}`).toBe(`left ${lines.length - 1}`);
      expect(lines.length).toBeGreaterThan(10);
    }
  });

  it('a rename of a synced file is never torn', async () => {
    const first = `fs.writeFileSync('f', 'old'.repeat(5000)); sync('f'); sync('.'); let n = 0;
      setInterval(() => { fs.writeFileSync('t', String(n++ % 10).repeat(20000)); sync('t'); fs.renameSync('t', 'f'); if (n % 3 === 0) sync('.'); }, 7);`;
    const later = "const all = read('f'); console.log(all.length, new Set(all).size <= 3);";
    for (let seed = 1; seed <= 12; seed++) {
      const [line] = await play(first, later, cycle(1 + seed * 0.013, true), seed);
      expect(line, `seed=${seed}`).toMatch(/^(15000|20000) true$/);
    }
  });

  it('an unsynced overwriting may be torn at 4 KiB, where that was asked for', async () => {
    const first = `fs.writeFileSync('f', 'o'.repeat(40960)); sync('f'); sync('.');
      const fd = fs.openSync('f', 'r+'); fs.writeSync(fd, 'n'.repeat(40960), 0);`;
    const later = "console.log(read('f').match(/(?:(.)\\1{4095})/g)?.map((block) => block[0]).join(''));";
    const seen = [
      ...(await play(first, later, cycle(1, true), 1)),
      ...(await play(first, later, cycle(1, true), 2)),
      ...(await play(first, later, cycle(1, true), 3)),
    ];
    for (const line of seen) expect(line).toMatch(/^[on]{10}$/);
    expect(seen.some((line) => line.includes('o') && line.includes('n'))).toBe(true);
    expect(await play(first, later, cycle(1))).toEqual(['oooooooooo']);
  });
});

describe('a disk that is', () => {
  const attempt = `const attempt = () => { try { fs.writeFileSync('f', 'x'); console.log('ok'); } catch (error) { console.log(error.message); } };
    attempt(); setTimeout(attempt, 2000); setTimeout(attempt, 4000);`;
  const faults = (word: 'fullDisk' | 'failDisk'): Action[] => [
    { atNs: 1e9, do: word, machine: 'box' },
    { atNs: 3e9, do: 'mendDisk', machine: 'box' },
  ];
  it('full gives ENOSPC until it is mended', async () => {
    expect(await play(attempt, '', faults('fullDisk'))).toEqual([
      'ok',
      'ENOSPC: no space left on device, write',
      'ok',
    ]);
  });
  it('failing gives EIO until it is mended', async () => {
    expect(await play(attempt, '', faults('failDisk'))).toEqual(['ok', "EIO: i/o error, open 'f'", 'ok']);
  });
  it('slow takes its time', async () => {
    const timed = `setTimeout(() => { const t = Date.now(); fs.writeFile('f', 'x', () => console.log(Date.now() - t)); }, 2000);`;
    expect(await play(timed, '', [{ atNs: 1e9, do: 'slowDisk', machine: 'box', ms: 100 }])).toEqual(['300']);
  });
});
