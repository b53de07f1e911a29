#!/usr/bin/env node
// Runs the cluster beside it on this computer: each machine of cluster.json is a real Node process.
// `node run.mjs [PORT]`: ports are taken from PORT (8080) upward. Type `help` while it runs; Ctrl-C ends all of it.
// Machines reach each other at 127.0.0.1; who else may, their own listen() says: by default, the whole network.
// No network between machines is simulated, and no clock: what is slow here is slow. SEED=N is passed to programs.
// Refuses a Node that cannot run TypeScript. Plain JavaScript, so that an older Node can say so.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const first = Number(process.argv[2] ?? 8080);
/** Ends a program whose starter is gone without a word, as after kill -9. */
const leash = "data:text/javascript,process.once('disconnect',()=>process.exit());process.channel?.unref()";
const help = `kill NAME · restart NAME · freeze NAME · thaw NAME   do so to a machine's process
NAME TEXT   types a line to its program, where that listens: clients {"ratePerSecond": 200}
list · help · quit`;

function refuse(expected, found, fix) {
  console.error(`run.mjs: expected ${expected}, found ${found}: ${fix}`);
  process.exit(1);
}

if (!process.features.typescript)
  refuse(
    'Node 22.18 or newer, which runs TypeScript by itself',
    `Node ${process.versions.node}`,
    'install Node 24 from https://nodejs.org and run this again',
  );
if (!(Number.isInteger(first) && first > 0 && first < 65_000))
  refuse('a port from 1 to 64999 to begin with', `'${process.argv[2]}'`, 'try `node run.mjs 9000`');
const folder = readdirSync(here).find((name) => existsSync(join(here, name, 'cluster.json')));
if (folder === undefined)
  refuse('a folder with cluster.json', `none beside ${here}`, 'keep the folder together as it was');
const home = join(here, folder);
const { title, machines } = JSON.parse(readFileSync(join(home, 'cluster.json'), 'utf8'));

/** Whether nobody listens there yet. */
async function isFree(port) {
  const server = createServer().listen(port);
  const listens = await once(server, 'listening').then(Boolean, () => false);
  if (listens) await once(server.close(), 'close');
  return listens;
}

/** Port here by `machine:port` there. */
const ports = new Map();
let next = first;
for (const { name, listens = {} } of machines) {
  for (const port of Object.values(listens)) {
    while (!(await isFree(next))) next++;
    ports.set(`${name}:${port}`, next++);
  }
}

/** `${app1:80}` becomes the place of app1's port 80. */
const placed = (text) =>
  text.replaceAll(/\$\{([a-z0-9-]+:\d+)\}/g, (_, place) =>
    ports.has(place)
      ? `127.0.0.1:${ports.get(place)}`
      : refuse(`a machine that listens on ${place}`, 'none', `correct it in ${folder}/cluster.json`),
  );

function environmentOf({ name, listens = {}, env = {} }) {
  const own = { MACHINE: name, SEED: process.env.SEED ?? '1' };
  for (const key of ['PATH', 'HOME', 'SystemRoot', 'TEMP']) own[key] = process.env[key] ?? '';
  for (const [key, port] of Object.entries(listens)) own[key] = String(ports.get(`${name}:${port}`));
  for (const [key, text] of Object.entries(env)) own[key] = placed(text);
  return own;
}

const width = Math.max(...machines.map(({ name }) => name.length));
const say = (name, text) => console.log(`${name.padEnd(width)} | ${text}`);
const running = new Map();
const isOpen = ({ stdin, role }) => stdin === 'open' || role === 'console';

function start(machine) {
  const { name, program, arguments: words = [] } = machine;
  const child = spawn(process.execPath, ['--import', leash, join(home, program), ...words], {
    cwd: home,
    env: environmentOf(machine),
    stdio: [isOpen(machine) ? 'pipe' : 'ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.set(name, child);
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => say(name, line));
  child.stdin?.on('error', () => {});
  child.on('error', (error) => say(name, `could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (running.get(name) === child) running.delete(name);
    say(name, `(ended by ${signal ?? `exit code ${code}`}; \`restart ${name}\` starts it again)`);
  });
}

function signal(name, what) {
  if (process.platform === 'win32' && what !== 'SIGKILL')
    say(name, 'Windows cannot freeze a process: kill it');
  else if (running.get(name)?.kill(what) !== true) say(name, `does not run: \`restart ${name}\` starts it`);
  else if (what !== 'SIGKILL')
    say(name, what === 'SIGSTOP' ? '(frozen: it lives and says nothing)' : '(goes on)');
}

const deeds = {
  kill: ({ name }) => signal(name, 'SIGKILL'),
  freeze: ({ name }) => signal(name, 'SIGSTOP'),
  thaw: ({ name }) => signal(name, 'SIGCONT'),
  restart: (machine) =>
    running
      .get(machine.name)
      ?.once('exit', () => start(machine))
      .kill('SIGKILL') ?? start(machine),
};

function list() {
  for (const { name, program, listens = {} } of machines) {
    const at = Object.values(listens).map((port) => `127.0.0.1:${ports.get(`${name}:${port}`)}`);
    say(name, [program, ...at, running.has(name) ? '' : '(not running)'].join('  ').trimEnd());
  }
}

function obey(line) {
  const [, verb = '', rest = ''] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
  const machine = machines.find(({ name }) => name === (verb in deeds ? rest.trim() : verb));
  if (verb === 'list') list();
  else if (verb === 'quit') process.exit();
  else if (machine === undefined) console.log(verb === '' || verb === 'help' ? help : `'${line}'? ${help}`);
  else if (verb in deeds) deeds[verb](machine);
  else if (!isOpen(machine)) say(verb, 'its program does not listen to what is typed');
  else {
    if (!running.has(verb)) start(machine);
    running.get(verb)?.stdin?.write(`${rest}\n`);
  }
}

process.on('exit', () => running.forEach((child) => void child.kill('SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => process.exit(130));
// A console sleeps until somebody types to it.
for (const machine of machines) if (machine.role !== 'console') start(machine);
console.log(`${title}: ${running.size} machines`);
list();
const tries = join(home, 'try.txt');
if (existsSync(tries)) console.log(`\nTry:\n${placed(readFileSync(tries, 'utf8')).trimEnd()}\n`);
console.log(help);
createInterface({ input: process.stdin }).on('line', obey);
