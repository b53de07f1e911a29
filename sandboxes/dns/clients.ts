// The outside world: people who open pages of 100x Global by name, on a clock, however slow the answers are.
// Tells each visit's fate on `brownout:request`, and what the resolver says to a question on `brownout:answer`.
// Environment: NAMES (`name=weight`, by spaces), RATE, TRIES_NEXT, TIMEOUT_MS, NAME_SERVER, REACH, SEED.
// Dials: ratePerSecond, addresses (first or all), ask (a question: `events.100xglobal.com A`).
import { channel } from 'node:diagnostics_channel';
import { dial, onDials } from '../_shared/dials.ts';
import type { RequestSample } from '../_shared/load.ts';
import { exponential, seededRandom } from '../_shared/random.ts';
import { asker } from './ask.ts';
import { finder, serverAt } from './find.ts';
import { reachable } from './reach.ts';
import { visit } from './visit.ts';

const samples = channel('brownout:request');
const answers = channel('brownout:answer');
const state = channel('brownout:state');
const nameServer = await serverAt(process.env.NAME_SERVER ?? '127.0.0.1:5300');
const find = finder(nameServer);
const reach = await reachable(process.env.REACH ?? '');
const timeoutMs = Number(process.env.TIMEOUT_MS ?? 1000);
const random = seededRandom(Number(process.env.SEED ?? Math.random() * 2 ** 32));
const names = (process.env.NAMES ?? '100xglobal.com=1').split(' ').map((pair) => {
  const [name = '', weight = '1'] = pair.split('=');
  return { name, weight: Number(weight) };
});
let ratePerSecond = Number(process.env.RATE ?? 40);
let triesNext = process.env.TRIES_NEXT !== '0';
let id = 0;
let dueMs = 0;
let answered: Record<string, number> = {};
let lost = 0;

function draw(): string {
  let left = random() * names.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight } of names) {
    left -= weight;
    if (left < 0) return name;
  }
  return names[0]?.name ?? '';
}

async function send(intendedMs: number): Promise<void> {
  const name = draw();
  id++;
  const path = `/?id=${id}`;
  const asked: Pick<RequestSample, 'id' | 'asked'> = { id, asked: `GET ${path}` };
  const { status, by, address, error } = await visit(name, path, { find, reach, triesNext, timeoutMs });
  const ok = status > 0 && status < 500;
  const latencyMs = performance.now() - intendedMs;
  if (ok) answered[by] = (answered[by] ?? 0) + 1;
  else lost++;
  const sample: RequestSample = { ...asked, intendedMs, latencyMs, ok, status, by, error };
  samples.publish({ ...sample, name, address });
}

function sendWhatIsDue(): void {
  while (dueMs <= performance.now()) {
    if (ratePerSecond > 0) void send(dueMs);
    dueMs += (exponential(random) * 1000) / Math.max(1, ratePerSecond);
  }
  setTimeout(sendWhatIsDue, Math.max(0, dueMs - performance.now()));
}

/** Servers start in no order: until the first name is found, nobody visits. */
async function begin(): Promise<void> {
  const isThere = await find(names[0]?.name ?? '').then(
    () => true,
    () => false,
  );
  if (!isThere) return void setTimeout(begin, 50);
  console.log('the first name is found');
  dueMs = performance.now();
  sendWhatIsDue();
}

const question = asker(2000, true);

onDials((values) => {
  ratePerSecond = dial(values['ratePerSecond'], ratePerSecond, 0, 500);
  if (values['addresses'] !== undefined) triesNext = values['addresses'] === 'all';
  const [name, type = 'A'] = String(values['ask'] ?? '').split(' ');
  if (!name) return;
  const asked = `${name} ${type}`;
  question({ name: `${name}.`, type }, nameServer).then(
    ({ code, answer }) =>
      answers.publish({
        asked,
        code,
        answer: answer.map(({ name: at, type: kind, data }) => `${at} ${kind} ${data}`),
      }),
    (error: Error) => answers.publish({ asked, code: error.message, answer: [] }),
  );
});

await begin();
setInterval(() => {
  state.publish({ answered, lost });
  answered = Object.fromEntries(Object.keys(answered).map((name) => [name, 0]));
  lost = 0;
}, 1000);
