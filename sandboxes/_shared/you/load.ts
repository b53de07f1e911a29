// load: requests on a clock, by chance around a rate, however slow the answers are (an open loop), and what became of
// them. Latency counts from when a request was due. Not part of the lab's own figures. Run by shell.ts.
import { Agent, request } from 'node:http';
import { exponential } from '../random.ts';
import { fail, numberOf, readArguments } from './arguments.ts';

const help = `load [options] http://HOST[:PORT]/PATH
  -r N           requests a second (50)
  -d SECONDS     for so long (10)
  -t SECONDS     without its whole answer after so long a request has failed (3)
  -X METHOD      instead of GET
Prints a line each second and sums up at the end, or at Ctrl-C. Waits for no answer before the next request, so a slow
system cannot hide its queue. Ends with 0 if every answer was below 500, else 1; 130 after Ctrl-C.
`;

const { values, positionals } = readArguments('load', help, {
  rate: { type: 'string', short: 'r', default: '50' },
  duration: { type: 'string', short: 'd', default: '10' },
  timeout: { type: 'string', short: 't', default: '3' },
  method: { type: 'string', short: 'X', default: 'GET' },
});
const rate = numberOf('load', '-r', values.rate, 0.1, 5000);
const durationMs = numberOf('load', '-d', values.duration, 0.1, 3600) * 1000;
const timeoutMs = numberOf('load', '-t', values.timeout, 0.01, 600) * 1000;
const given = positionals[0] ?? fail('load', 2, 'no URL given');
if (!/^http:\/\//.test(given) || !URL.canParse(given))
  fail('load', 2, `expected http://HOST/PATH, found '${given}'`);
const url = new URL(given);

const agent = new Agent({ keepAlive: true });
const begunMs = performance.now();
const latencies: number[] = [];
const outcomes = new Map<string, number>();
let dueMs = begunMs;
let sent = 0;
let failed = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Where the line of this second begins. */
let second = { sent: 0, answers: 0, failed: 0 };
let seconds = 0;

process.stdout.write(`${rate} requests/s for ${durationMs / 1000} s to ${url.href}, ${values.method}\n`);
process.on('SIGINT', () => finish(130));
const ticking = setInterval(tick, 1000);
next();

function next(): void {
  dueMs += (exponential(Math.random) * 1000) / rate;
  if (dueMs > begunMs + durationMs) timer = setTimeout(settle, begunMs + durationMs - performance.now());
  else timer = setTimeout(sendDue, Math.max(0, dueMs - performance.now()));
}

function sendDue(): void {
  send(dueMs);
  next();
}

function send(intendedMs: number): void {
  sent++;
  let isOver = false;
  const over = (outcome: string, ok: boolean): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(limit);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (ok) latencies.push(performance.now() - intendedMs);
    else failed++;
    if (sent === latencies.length + failed && isSettling) finish();
  };
  const broken = (error: NodeJS.ErrnoException): void => over(error.code ?? error.message, false);
  const outgoing = request(url, { agent, method: values.method }, (answer) => {
    const status = answer.statusCode ?? 0;
    answer.on('end', () => over(String(status), status < 500));
    answer.on('error', broken);
    answer.resume();
  });
  outgoing.on('error', broken);
  const limit = setTimeout(() => {
    over('ETIMEDOUT', false);
    outgoing.destroy();
  }, timeoutMs);
  outgoing.end();
}

function tick(): void {
  seconds++;
  const now = { sent, answers: latencies.length, failed };
  const [out, good, bad] = [now.sent - second.sent, now.answers - second.answers, now.failed - second.failed];
  const p50 = good === 0 ? 'p50 –' : `p50 ${percentile(latencies.slice(second.answers), 50)}`;
  process.stdout.write(
    `${String(seconds).padStart(4)} s  ${out} sent  ${good} answered  ${bad} failed  ${p50}\n`,
  );
  second = now;
}

function percentile(list: readonly number[], share: number): string {
  const sorted = [...list].sort((a, b) => a - b);
  const ms = sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? 0;
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}

let isSettling = false;

/** Nothing more is sent; what is under way is waited for. */
function settle(): void {
  isSettling = true;
  if (sent === latencies.length + failed) finish();
}

function finish(code = failed > 0 || sent === 0 ? 1 : 0): never {
  clearTimeout(timer);
  clearInterval(ticking);
  const open = sent - latencies.length - failed;
  const under = open === 0 ? '' : `, ${open} still under way`;
  const each = [...outcomes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, count]) => `${what}: ${count}`);
  process.stdout.write(`${sent} sent, ${latencies.length} answered, ${failed} failed${under}\n`);
  if (each.length > 0) process.stdout.write(`${each.join(', ')}\n`);
  if (latencies.length > 0) {
    const parts = [50, 90, 99].map((share) => `p${share} ${percentile(latencies, share)}`);
    process.stdout.write(`${parts.join('  ')}  max ${percentile(latencies, 100)}\n`);
  }
  process.exit(code);
}
