// The outside world: people who ask the guest `web` something small now and then, somebody who gives `batch` a long job
// at times, and an auditor who asks each guest that never sleeps how far it has got.
// Publishes on `brownout:tally` what the auditor heard, on `brownout:job` how long a job took. Stands alone.
// Environment: TARGET, RATE, TURNS, JOB_TURNS, JOB_PAUSE_MS (0: no jobs), AUDITED, AUDIT_MS, SEED. Dials below.
import { channel } from 'node:diagnostics_channel';
import { Agent, get } from 'node:http';
import { dial, onDials } from '../_shared/dials.ts';
import { startLoad } from '../_shared/load.ts';

const [host = '127.0.0.1', port = '8080'] = (process.env.TARGET ?? '127.0.0.1:8080').split(':');
let ratePerSecond = Number(process.env.RATE ?? 20);
const turns = Number(process.env.TURNS ?? 100);
let jobTurns = Number(process.env.JOB_TURNS ?? 30_000);
const jobPauseMs = Number(process.env.JOB_PAUSE_MS ?? 2400);
const audited = (process.env.AUDITED ?? 'spin1 spin2 spin3').split(' ').filter((name) => name !== '');
const auditMs = Number(process.env.AUDIT_MS ?? 200);
const seed = Number(process.env.SEED ?? Math.random() * 2 ** 32);
const agent = new Agent({ keepAlive: true });
const tally = channel('brownout:tally');
const jobs = channel('brownout:job');

startLoad({
  host,
  port: Number(port),
  ratePerSecond: () => ratePerSecond,
  seed,
  timeoutMs: 3000,
  ask: () => ({ method: 'GET', path: `/console/web?line=${turns}` }),
});

onDials((values) => {
  ratePerSecond = dial(values['ratePerSecond'], ratePerSecond, 1, 100);
  jobTurns = dial(values['jobTurns'], jobTurns, 0, 200_000);
});

/** What a guest answers to a line; undefined where it does not. */
function ask(guest: string, line: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const outgoing = get({ host, port, path: `/console/${guest}?line=${line}`, agent }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (part: string) => {
        text += part;
      });
      incoming.on('error', () => resolve(undefined));
      incoming.on('end', () => resolve(incoming.statusCode === 200 ? text.trim() : undefined));
    });
    outgoing.on('error', () => resolve(undefined));
  });
}

/** Turns and sum, as `spin` prints them. */
async function audit(guest: string): Promise<void> {
  const [count, sum] = (await ask(guest, ''))?.split(' ') ?? [];
  if (count !== undefined && sum !== undefined)
    tally.publish({ guest, turns: Number.parseInt(count, 16), sum: Number.parseInt(sum, 16) });
}

/** A job for `batch`; when it is done, a pause of half to one and a half times the mean, and the next. */
async function job(): Promise<void> {
  const begun = performance.now();
  const sum = await ask('batch', String(Math.round(jobTurns)));
  if (sum !== undefined) jobs.publish({ turns: Math.round(jobTurns), ms: performance.now() - begun });
  setTimeout(job, jobPauseMs * (0.5 + Math.random()));
}

if (audited.length > 0) setInterval(() => audited.forEach((guest) => void audit(guest)), auditMs);
if (jobPauseMs > 0) setTimeout(job, jobPauseMs * (0.25 + Math.random() / 2));
