// Starts child processes, talks with them by messages and by pipes, and ends some by signals; lets timers, promises
// and streams of every kind race. What comes out of a race is the same in every run of the same seed.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip, createGzip } from 'node:zlib';

const SIGNALS = ['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGSTOP'] as const;
let number = 0;

async function forked(): Promise<void> {
  const own = ++number;
  const child = fork('job.ts', [String(own)], { silent: true, env: { ...process.env, OWN: randomUUID() } });
  child.on('error', (error: NodeJS.ErrnoException) => console.log('fork', error.code));
  child.on('message', (message) => console.log(`job ${own}:`, message));
  let output = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.length;
  });
  if (child.connected) child.send({ rounds: randomInt(1, 40) }, () => {});
  if (Math.random() < 0.4) endBySignal(child);
  const [code, signal] = await once(child, 'exit');
  console.log(`job ${own} ended with ${code}, ${signal}, after ${output} bytes`);
}

function endBySignal(child: ChildProcess): void {
  const signal = SIGNALS[randomInt(SIGNALS.length)] ?? 'SIGTERM';
  setTimeout(() => {
    child.kill(signal);
    if (signal === 'SIGSTOP') setTimeout(() => child.kill('SIGCONT'), 150);
  }, 80 * Math.random());
}

async function spawned(): Promise<void> {
  const child = spawn(process.execPath, ['job.ts', 'pipe'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const hash = createHash('sha1');
  child.stdout.on('data', (chunk: Buffer) => hash.update(chunk));
  child.stdin.on('error', (error: NodeJS.ErrnoException) => console.log('stdin', error.code));
  child.stdin.end('a line\n'.repeat(randomInt(1, 3000)));
  const [code] = await once(child, 'close');
  console.log(`pipe ended with ${code}, ${hash.digest('hex').slice(0, 10)}`);
}

async function raced(): Promise<void> {
  const order: string[] = [];
  const say = (word: string) => () => void order.push(word);
  const bell = new EventEmitter().on('ring', say('event'));
  setTimeout(say('timeout'), 0);
  setImmediate(say('immediate'));
  process.nextTick(say('tick'));
  queueMicrotask(say('microtask'));
  const winner = Promise.race([sleep(3 * Math.random(), 'a'), sleep(3 * Math.random(), 'b')]);
  const late = sleep(1000, undefined, { signal: AbortSignal.timeout(5) }).catch((error: Error) => error.name);
  bell.emit('ring');
  await sleep(4);
  const upper = new Transform({
    transform: (chunk: Buffer, _, done) => done(null, chunk.toString().toUpperCase()),
  });
  const out: Buffer[] = [];
  await pipeline(Readable.from(['some ', 'words ']), upper, createGzip(), createGunzip(), async (source) => {
    for await (const chunk of source) out.push(chunk as Buffer);
  });
  const at = `${new Date().toISOString()} ${new Date().toString()} ${performance.now().toFixed(6)}`;
  console.log(
    order.join(),
    await winner,
    await late,
    String(Buffer.concat(out)),
    at,
    (1234.5).toLocaleString(),
  );
}

process.stdin.setEncoding('utf8').on('data', (text) => console.log('asked for', String(text).trim()));

for (const [work, everyMs] of [
  [forked, 260],
  [spawned, 430],
  [raced, 170],
] as const) {
  setInterval(() => {
    work().catch((error: NodeJS.ErrnoException) => console.log(work.name, error.code ?? error.name));
  }, everyMs);
}
// Ends by itself, well or badly, if nothing else ends it before.
setTimeout(() => process.exit(Math.random() < 0.5 ? 0 : 3), 2900 + 900 * Math.random());
