// What each deed does to real processes, as a program sees it that asks another. Waits for what happens, never for time;
// where a time is compared, it is the least that the fault must cost.
import { afterEach, expect, test } from 'vitest';
import { bootTwo } from './cluster.ts';

const started: Awaited<ReturnType<typeof bootTwo>>[] = [];
async function boot(options: Parameters<typeof bootTwo>[0] = {}) {
  const cluster = await bootTwo(options);
  started.push(cluster);
  return cluster;
}
afterEach(async () => {
  for (const { run, local } of started.splice(0)) {
    run.stop();
    await local.ended;
  }
});

const link = { from: 'asker', to: 'server' } as const;

test('kill, restart, crash: refused while nobody listens, answered by a fresh process after', async () => {
  const cluster = await boot();
  expect(await cluster.ask('http /')).toMatchObject({ answer: 'hello 1 of server' });
  await cluster.act({ do: 'kill', machine: 'server' });
  expect(await cluster.ask('http /')).toMatchObject({ error: 'ECONNREFUSED' });
  await cluster.act({ do: 'restart', machine: 'server' });
  await cluster.log('server', /listens/);
  expect(await cluster.ask('http /')).toMatchObject({ answer: 'hello 1 of server' });
  expect(await cluster.ask('http /exit')).toMatchObject({ error: 'ECONNRESET' });
  const state = await cluster.any(
    (event) => (event.kind === 'machine' && event.state === 'crashed' ? event : undefined),
    'the server to crash',
  );
  expect(state).toMatchObject({ state: 'crashed', code: 3, why: 'exited with code 3' });
  await cluster.act({ do: 'replace', machine: 'server' });
  expect(await cluster.ask('http / 300')).toMatchObject({ error: 'SILENCE' });
  await cluster.log('server', /listens/);
  expect(await cluster.ask('http /')).toMatchObject({ answer: 'hello 1 of server' });
});

test.each(['processes', 'links'] as const)(
  'freeze and thaw by %s: silence, then the answer',
  async (freezes) => {
    const cluster = await boot({ freezes });
    await cluster.act({ do: 'freeze', machine: 'server' });
    const why = await cluster.next(
      (event) => (event.kind === 'machine' && event.state === 'frozen' ? event.why : undefined),
      'a frozen server',
    );
    expect(why).toMatch(freezes === 'processes' ? /SIGSTOP/ : /links hold everything/);
    expect(await cluster.ask('http / 300')).toMatchObject({ error: 'SILENCE' });
    await cluster.act({ do: 'input', machine: 'asker', text: 'http /\n' });
    await cluster.act({ do: 'thaw', machine: 'server' });
    expect(await cluster.said()).toMatchObject({ answer: expect.stringMatching(/^hello \d of server$/) });
  },
);

test('power off is silence also for what was under way, and a reset when it is back', async () => {
  const cluster = await boot();
  await cluster.act({ do: 'freeze', machine: 'server' });
  await cluster.act({ do: 'input', machine: 'asker', text: 'http /\n' });
  await cluster.next((event) => (event.kind === 'packet' && event.bytes > 0 ? true : undefined), 'a request');
  await cluster.act({ do: 'powerOff', machine: 'server' });
  expect(await cluster.ask('http / 300')).toMatchObject({ error: 'SILENCE' });
  await cluster.act({ do: 'restart', machine: 'server' });
  expect(await cluster.said()).toMatchObject({ error: 'ECONNRESET' });
  await cluster.log('server', /listens/);
  expect(await cluster.ask('http /')).toMatchObject({ answer: 'hello 1 of server' });
});

test('a cut link holds both ways or one, and lets go when it is mended', async () => {
  const cluster = await boot();
  await cluster.act({ do: 'cut', ...link });
  expect(await cluster.ask('http / 300')).toMatchObject({ error: 'SILENCE' });
  await cluster.act({ do: 'mend', ...link });
  await cluster.act({ do: 'cut', from: 'server', to: 'asker', oneWay: true });
  await cluster.act({ do: 'input', machine: 'asker', text: 'http /one-way\n' });
  await cluster.next(
    (event) =>
      event.kind === 'http' && event.machine === 'server' && event.url === '/one-way' ? true : undefined,
    'the server to be asked',
  );
  const { links } = await cluster.run.advanceTo(0);
  expect(links).toMatchObject([{ a: 'asker', b: 'server', cut: [false, true] }]);
  await cluster.act({ do: 'mend', ...link });
  expect(await cluster.said()).toMatchObject({ http: '/one-way', answer: expect.stringMatching(/^hello/) });
});

test('delay, loss and a narrow link cost a stream time and never a byte', async () => {
  const cluster = await boot();
  await cluster.act({ do: 'delay', ...link, ms: 150 });
  const late = await cluster.ask('http /');
  expect(late['ms']).toBeGreaterThan(290);
  await cluster.act({ do: 'mend', ...link });
  await cluster.act({ do: 'slow', ...link, kilobitsPerSecond: 8000 });
  const narrow = await cluster.ask('http /large');
  expect(narrow).toMatchObject({ bytes: 500_000 });
  expect(narrow['ms'], '4,000 kilobits at 8,000 a second').toBeGreaterThan(450);
  await cluster.act({ do: 'mend', ...link });
  await cluster.act({ do: 'loss', from: 'server', to: 'asker', oneWay: true, chance: 1 });
  expect(await cluster.ask('http / 500'), 'lost for ever').toMatchObject({ error: 'SILENCE' });
});

test('datagrams are lost and doubled, and heard by nobody where nobody listens', async () => {
  const cluster = await boot();
  expect(await cluster.ask('udp one')).toEqual({ udp: 'heard one' });
  await cluster.act({ do: 'loss', ...link, chance: 1 });
  await cluster.act({ do: 'input', machine: 'asker', text: 'udp two\n' });
  const lost = await cluster.next(
    (event) => (event.kind === 'packet' && event.protocol === 'udp' && event.lost ? event.lost : undefined),
    'a lost datagram',
  );
  expect(lost).toBe('loss');
  await cluster.act({ do: 'mend', ...link });
  await cluster.act({ do: 'duplicate', ...link, oneWay: true, chance: 1 });
  expect(await cluster.ask('udp three')).toEqual({ udp: 'heard three' });
  expect(await cluster.said()).toEqual({ udp: 'heard three' });
});

test('edits lie on every machine; what cannot be is refused with a reason', async () => {
  const cluster = await boot();
  const text = "console.log('edited'); setInterval(() => {}, 1000);";
  await cluster.act({ do: 'edit', path: 'two/server.mjs', text });
  await cluster.act({ do: 'restart', machine: 'server' });
  await cluster.log('server', /edited/);
  expect(await cluster.refusalOf({ do: 'fullDisk', machine: 'server' })).toBe(
    "expected a deed that real processes know, found 'fullDisk': they share the disk of this computer: break a disk in the data center",
  );
  expect(await cluster.refusalOf({ do: 'kill', machine: 'nobody' })).toBe(
    "expected a deed on a machine of the cluster (asker, server), found 'nobody': correct it",
  );
  await expect(cluster.run.step()).rejects.toThrow(
    'expected a clock that can be stopped, found real time: step through the run in the data center',
  );
});
