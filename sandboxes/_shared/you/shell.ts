// The console's shell: reads lines, splits them into words and runs one small program after the other, as a child
// process with its output passed on. Ctrl-C (the character or the signal) interrupts the program that runs.
// Works in a terminal too: `node shell.ts`. No pipes, variables, wildcards or background jobs. Machine `you` runs it.
import { type ChildProcess, spawn } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { join } from 'node:path';
import { splitWords } from './words.ts';

const programs: Readonly<Record<string, string>> = {
  curl: 'asks a web server:         curl -i http://balancer/item?id=1',
  load: 'sends requests on a clock: load http://balancer/item?id=1 -r 50 -d 10',
  ping: 'times connections:         ping app1',
  dig: 'asks a DNS server:         dig @dns www.example.test',
  redis: 'asks a Redis server:       redis -h cache GET key',
};
const builtIns: Readonly<Record<string, string>> = {
  hosts: 'the machines here, their addresses and what they listen on',
  echo: 'prints its words; $? is the exit code of the last program',
  help: 'this list; a program says more with --help',
};
/** A program of Node's sees neither packets nor other programs' sockets. The lab does, and answers before they get here. */
const answeredByLab: Readonly<Record<string, string>> = {
  tcpdump: 'the packets of the run:    tcpdump host app1 and port 80',
  ss: 'the connections of a machine, by its packets: ss balancer',
};
const interrupt = '\x03';

const queue: string[] = [];
let held = '';
let child: ChildProcess | null = null;
let isBusy = false;
let hasEnded = false;
let lastCode = 0;

function help(): string {
  const list = (of: Readonly<Record<string, string>>): string =>
    Object.entries(of)
      .map(([name, what]) => `  ${name.padEnd(9)}${what}\n`)
      .join('');
  const lab = `Answered by the lab from its trace, not by a program:\n${list(answeredByLab)}`;
  return `${list({ ...programs, ...builtIns })}${lab}Ctrl-C ends the program that runs.\n`;
}

/** HOSTS holds `name` or `name:port` for each machine, apart by blanks. */
async function hosts(): Promise<string> {
  const known = (process.env['HOSTS'] ?? '').split(' ').filter((each) => each !== '');
  if (known.length === 0) return 'hosts: HOSTS is empty, so no machine is known by name\n';
  let text = '';
  for (const each of known) {
    const [name = '', port] = each.split(':');
    const { address } = await lookup(name, 4).catch(() => ({ address: 'unknown' }));
    const listens = port === undefined ? '' : `listens on ${port}`;
    text += `${`${address.padEnd(16)}${name.padEnd(16)}${listens}`.trimEnd()}\n`;
  }
  return text;
}

function run(name: string, words: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const file = join(import.meta.dirname, `${name}.ts`);
    child = spawn(process.execPath, [file, ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => {
      process.stderr.write(`${name}: ${error.message}\n`);
      resolve(126);
    });
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 137)));
  }).then((code) => {
    child = null;
    return Number(code);
  });
}

async function obey(line: string): Promise<number> {
  const words = splitWords(line);
  if (words === null) {
    process.stderr.write('shell: a quote is not closed\n');
    return 2;
  }
  const [name, ...rest] = words.map((word) => (word === '$?' ? String(lastCode) : word));
  if (name === undefined) return lastCode;
  if (Object.hasOwn(programs, name)) return run(name, rest);
  if (name === 'help') process.stdout.write(help());
  else if (name === 'hosts') process.stdout.write(await hosts());
  else if (name === 'echo') process.stdout.write(`${rest.join(' ')}\n`);
  else if (Object.hasOwn(answeredByLab, name)) {
    process.stderr.write(`${name}: only the Console of a lab can show this, from the trace\n`);
    return 127;
  } else {
    const there = [...Object.keys(programs), ...Object.keys(builtIns)].join(', ');
    process.stderr.write(`${name}: not found. There is ${there}.\n`);
    return 127;
  }
  return 0;
}

async function work(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  for (let line = queue.shift(); line !== undefined; line = queue.shift()) {
    lastCode = await obey(line);
    prompt();
  }
  isBusy = false;
  if (hasEnded) process.exitCode = lastCode;
}

function prompt(): void {
  process.stdout.write('you$ ');
}

/** What was typed and not yet run is dropped, as a terminal does. */
function onInterrupt(): void {
  queue.length = 0;
  held = '';
  if (child !== null) child.kill('SIGINT');
  else {
    process.stdout.write('\n');
    prompt();
  }
}

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  const parts = text.split(interrupt);
  parts.forEach((part, index) => {
    if (index > 0) onInterrupt();
    const lines = (held + part).split('\n');
    held = lines.pop() ?? '';
    queue.push(...lines);
  });
  void work();
});
process.stdin.on('end', () => {
  hasEnded = true;
});
// A terminal sends the signal to the child as well; here the shell only has to live on.
process.on('SIGINT', () => {
  if (child === null) onInterrupt();
});
prompt();
