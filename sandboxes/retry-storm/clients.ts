// The outside world: many people who each want one thing done, `GET /work?id=N`, N counting from 1. Requests are due on
// a clock, whatever became of those before. Prints one line for each second; publishes `brownout:request` samples.
// Stands alone on its machine. Environment: RATE, SEED, and what attempts.ts takes. Dial: ratePerSecond.
import { channel } from 'node:diagnostics_channel';
import { dial, onDials } from '../_shared/dials.ts';
import type { RequestSample } from '../_shared/load.ts';
import { exponential, seededRandom } from '../_shared/random.ts';
import { ask, rulesFromEnvironment } from './attempts.ts';

const rules = rulesFromEnvironment();
let ratePerSecond = Number(process.env.RATE ?? 20);
onDials((values) => {
  ratePerSecond = dial(values['ratePerSecond'], ratePerSecond, 0.1, 1000);
});
// In the data center chance itself is seeded, so there each run's traffic follows from the run's seed.
const random = seededRandom(Number(process.env.SEED ?? Math.random() * 2 ** 32));
const samples = channel('brownout:request');
const state = channel('brownout:state');
let dueMs = 0;
let id = 0;
let second = { answered: 0, lost: 0, attempts: 0 };

async function send(number: number, intendedMs: number): Promise<void> {
  const asked = `/work?id=${number}`;
  const { status, error, attempts } = await ask(asked, rules);
  const ok = error === '' && status < 500;
  const latencyMs = performance.now() - intendedMs;
  const by = status === 0 ? '' : 'server';
  const sample: RequestSample = {
    id: number,
    intendedMs,
    latencyMs,
    ok,
    status,
    by,
    error,
    asked: `GET ${asked}`,
  };
  samples.publish(sample);
  if (ok) second.answered++;
  else second.lost++;
  second.attempts += attempts;
}

function nextDue(): number {
  return (exponential(random) * 1000) / ratePerSecond;
}

function sendWhatIsDue(): void {
  while (dueMs <= performance.now()) {
    void send(++id, dueMs);
    dueMs += nextDue();
  }
  setTimeout(sendWhatIsDue, Math.max(0, dueMs - performance.now()));
}

/** Begins when the server answers for the first time. */
async function begin(): Promise<void> {
  const { status } = await ask('/health', { ...rules, attemptsMax: 1 });
  if (status !== 200) return void setTimeout(begin, 50);
  dueMs = performance.now() + nextDue();
  sendWhatIsDue();
}

setInterval(() => {
  const { answered, lost, attempts } = second;
  console.log(`answered ${answered}, lost ${lost}, after ${attempts} attempts`);
  state.publish({ answered, lost, attempts });
  second = { answered: 0, lost: 0, attempts: 0 };
}, 1000);
void begin();
