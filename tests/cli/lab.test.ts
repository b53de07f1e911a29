// `brownout lab` in a process of its own: the load balancer under traffic while an app is killed and restarted, a
// reader's own files, and that nothing is left however it ends. Waits for lines, never for time.
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  canSee,
  childrenOf,
  folderOfRun,
  isListening,
  standingIn,
  unseen,
} from '../runtime/local/processes.ts';
import { ask } from '../sandboxes/processes.ts';
import { brownout, folderOf } from './command-line.ts';
import { freePorts, type Lab, startLab, traffic } from './lab-process.ts';

const started: Lab[] = [];
function start(...args: string[]): Lab {
  const made = startLab(['load-balancer', ...args]);
  started.push(made);
  return made;
}
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
});

/** The folder as taken away, its apps quick and its checks frequent, so that the test is short. */
async function taken(): Promise<ReturnType<typeof folderOf>> {
  const folder = folderOf({});
  expect((await brownout(['take', 'load-balancer', folder.path])).code).toBe(0);
  const file = join(folder.path, 'load-balancer/cluster.json');
  const text = readFileSync(file, 'utf8')
    .replaceAll('"SERVICE_MS": "10"', '"SERVICE_MS": "1"')
    .replace('"HEALTH_INTERVAL_MS": "2000"', '"HEALTH_INTERVAL_MS": "400"')
    .replace('"RATE": "90"', '"RATE": "5"');
  writeFileSync(file, text);
  return folder;
}

const placesIn = ({ lines }: Lab): string[] =>
  lines.flatMap((each) => /\.ts {2}(127\.0\.0\.1:\d+)$/.exec(each)?.[1] ?? []);

test('an app killed under traffic costs its own share until the checks notice, and comes back as edited', async () => {
  const folder = await taken();
  const port = await freePorts();
  const lab = start('--dir', folder.path, '--no-page', '--port', String(port));
  expect(
    Number((await lab.line(/^balancer +\| balancer\.ts {2}127\.0\.0\.1:(\d+)$/))[1]),
  ).toBeGreaterThanOrEqual(port);
  const balancer = Number((await lab.line(/curl -i http:\/\/127\.0\.0\.1:(\d+)\/item/))[1]);
  for (const name of ['app1', 'app2', 'app3'])
    await lab.line(new RegExp(`^balancer +\\| ${name} is in rotation`), 'any');
  const load = traffic(balancer, 10);
  while ((await ask(balancer, '/item?id=0')).by !== 'app2');
  const killedMs = performance.now();
  lab.type('kill app2');
  await lab.line(/^app2 +\| \(killed with SIGKILL; `restart app2` starts it again\)$/);
  await lab.line(/^balancer +\| app2 is out of rotation after 2 bad checks$/);
  const outMs = performance.now();
  for (let left = 20; left > 0; left--) expect((await ask(balancer, '/item?id=1')).by).toMatch(/^app[13]$/);
  const app = join(folder.path, 'load-balancer/app.ts');
  writeFileSync(app, readFileSync(app, 'utf8').replace('by: name', "by: name, mine: 'ü'"));
  lab.type('restart app2');
  await lab.line(/^\(load-balancer\/app\.ts is taken over\)$/);
  await lab.line(/^balancer +\| app2 is in rotation$/);
  for (let answer = ''; !answer.includes('"by":"app2","mine":"ü"'); )
    answer = (await ask(balancer, '/item?id=2')).body.toString();
  const asked = await load.end();
  const lost = asked.filter(({ status }) => status !== 200);
  // What was on its way when the app died is lost, too.
  const during = asked.filter(({ beganMs, endedMs }) => endedMs > killedMs && beganMs < outMs);
  expect(lost.length, `of ${asked.length}`).toBeGreaterThan(0);
  expect(lost.filter((one) => !during.includes(one))).toEqual([]);
  expect(lost.length, `of ${during.length}, of which a third fell to app2`).toBeLessThan(during.length / 2);
  for (const { status, by, text } of lost)
    expect([status, by, text]).toEqual([
      502,
      'balancer',
      expect.stringMatching(/^502: app2 did not answer: ECONN/),
    ]);
  lab.type('app2 {"serviceMs": 2000}');
  await lab.line(/^app2 +\| dials: expected a number from 0 to 1000, found/);
  lab.type('delay app2 nobody 5');
  await lab.line(/^expected a machine \(clients, .*, you\), found 'nobody': correct the name$/);
  lab.type('quit');
  expect(await lab.ended).toBe(0);
  for (const place of placesIn(lab)) while (await isListening(place)) await setImmediate();
  folder.remove();
});

test.skipIf(!canSee).each([
  ['SIGTERM', 143],
  ['SIGKILL', 'SIGKILL'],
] as const)(`%s with a frozen app: no process, port or folder is left${unseen}`, async (signal, code) => {
  const lab = start('--no-page');
  await lab.line(/^app1 +\| app1 listens/);
  lab.type('freeze app1');
  await lab.line(/^app1 +\| \(frozen: stopped with SIGSTOP; `thaw app1` lets it go on\)$/);
  // A piped input that ends leaves it running.
  lab.child.stdin?.end('cut clients balancer\n');
  await lab.line(/^\(cut clients balancer\)$/);
  const [supervisor = 0] = childrenOf(lab.child.pid ?? 0);
  const folder = folderOfRun(supervisor);
  expect(standingIn(folder)).toHaveLength(5);
  const places = placesIn(lab);
  expect(places).toHaveLength(4);
  lab.child.kill(signal);
  expect(await lab.ended).toBe(code);
  while (standingIn(folder).length > 0) await setImmediate();
  for (const place of places) while (await isListening(place)) await setImmediate();
  while (existsSync(folder)) await setImmediate();
});

test('the page is served where it is built, and its address opens the socket', async () => {
  const port = await freePorts();
  const lab = start('--port', String(port));
  if (!existsSync('dist/embed/load-balancer/index.html')) {
    await lab.line(
      /^No page: expected dist\/embed\/load-balancer\/, found none: run `npm run build` for it\./,
    );
    return;
  }
  const [, place = '', token = ''] = await lab.line(
    /^Page: {2}(http:\/\/localhost:\d+\/embed\/load-balancer\/)#local=([0-9a-f]{32})$/,
  );
  expect(place).toContain(`:${port}/`);
  const page = await fetch(place);
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([
    200,
    expect.stringContaining("default-src 'self'"),
  ]);
  const headers = { origin: `http://localhost:${port}` };
  const socket = new WebSocket(`ws://localhost:${port}/lab-socket?token=${token}`, { headers });
  await once(socket as never, 'open');
  socket.send('{"call":1,"do":"boot"}');
  const [first] = (await once(socket as never, 'message')) as [Buffer];
  expect(JSON.parse(first.toString())).toMatchObject({
    call: 1,
    places: { 'balancer:80': expect.any(String) },
  });
  lab.type('quit');
  expect(await lab.ended).toBe(0);
});

test.each(['--no-page', '--dir'])(
  'a port that is taken is named, and nothing is started (%s)',
  async (how) => {
    const taker = createServer().listen(0, '127.0.0.1');
    await once(taker, 'listening');
    const port = String((taker.address() as { port: number }).port);
    const hasPage = existsSync('dist/embed/load-balancer/index.html');
    const more = how === '--dir' && hasPage ? [] : ['--no-page'];
    const { code, out, err } = await brownout(['lab', 'load-balancer', '--port', port, ...more]);
    taker.close();
    expect([code, out, err]).toEqual([
      2,
      '',
      `brownout: expected port ${port} of 127.0.0.1 to be free, found another program on it: end that program, or name another port with --port\n`,
    ]);
  },
);
