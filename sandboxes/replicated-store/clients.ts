// The outside world: people who put and get values, on a clock. Every request goes to the store that answered last as
// primary, and now and then, as a newcomer's would, to any of them. Follows a 307; never repeats a write that may have
// arrived. Now and then asks for everything and counts the acknowledged writes that are gone.
// Environment: STORES, RATE, WRITES, KEYS, ... Dials: ratePerSecond, writes, readFrom, drop. Traffic: see traffic.ts.
import { channel } from 'node:diagnostics_channel';
import { dial, onDials } from '../_shared/dials.ts';
import { exponential, seededRandom } from '../_shared/random.ts';
import { type Answer, ask, parseStores } from './ask.ts';
import { Audit } from './audit.ts';

const env = process.env;
const stores = parseStores(env.STORES ?? 'store1=127.0.0.1:8081 store2=127.0.0.1:8082 store3=127.0.0.1:8083');
let ratePerSecond = Number(env.RATE ?? 250);
let writes = Number(env.WRITES ?? 0.8);
/** primary, or how many stores each read asks; the newest answer counts. */
let readFrom = env.READ_FROM ?? 'primary';
/** A read of what was just acknowledged, so long after it; negative: reads of any key, on the clock. */
const probeAfterMs = Number(env.PROBE_AFTER_MS ?? -1);
const keys = Number(env.KEYS ?? 2000);
const timeoutMs = Number(env.TIMEOUT_MS ?? 1500);
const newcomers = Number(env.NEWCOMERS ?? 0.1);
const padding = 'x'.repeat(Number(env.PADDING ?? 0));
const stopMs = Number(env.STOP_MS ?? Number.POSITIVE_INFINITY);
const isHistory = env.HISTORY === 'on';
/** Share of the writes that go to a key of their own. */
const unique = Number(env.UNIQUE ?? 0);
/** From then on everything is asked for, again and again: what is there in the end? */
const finalMs = Number(env.FINAL_MS ?? -1);
const random = seededRandom(Number(env.SEED ?? Math.random() * 2 ** 32));
const samples = channel('brownout:request');
const operations = channel('brownout:operation');
const probes = channel('brownout:probe');
const finals = channel('brownout:final');
const audit = new Audit();
let primary = 0;
let id = 0;
let lastFinal = 0;

const any = () => Math.floor(random() * stores.length);

/** Asks the primary, wherever it is: three stores at most. */
async function askPrimary(method: string, path: string, body?: string): Promise<Answer> {
  let at = random() < newcomers ? any() : primary;
  for (let tries = 1; ; tries++) {
    const answer = await ask(stores[at] ?? stores[0], method, path, timeoutMs, body);
    if (answer.status !== 0 && answer.status < 300) primary = at;
    else if (at === primary) primary = any();
    const next = stores.findIndex(({ name }) => name === answer.headers['x-primary']);
    // Only what certainly was not done may be asked again: sent on, or refused by the kernel of a dead program.
    const isUndone = answer.status === 307 || answer.error === 'ECONNREFUSED';
    if (!isUndone || tries === stores.length) return answer;
    at = next >= 0 ? next : any();
  }
}

/** Asks `count` different stores, whoever is primary, and takes the newest answer. */
async function askSome(count: number, path: string): Promise<Answer> {
  const order = stores.map((store) => ({ store, draw: random() })).sort((a, b) => a.draw - b.draw);
  const asked = order.slice(0, count).map(({ store }) => ask(store, 'GET', `${path}?from=any`, timeoutMs));
  const answers = await Promise.all(asked);
  return answers.reduce((a, b) => (isNewer(b, a) ? b : a));
}

function isNewer(a: Answer, b: Answer): boolean {
  return a.epoch > b.epoch || (a.epoch === b.epoch && a.index > b.index);
}

async function one(dueMs: number): Promise<void> {
  const number = ++id;
  const isWrite = random() < writes;
  const key = unique > 0 && random() < unique ? `u${number}` : `k${number % keys}`;
  const path = `/kv/${isWrite ? key : `k${Math.floor(random() * Math.min(number, keys))}`}`;
  const name = isWrite ? 'put' : 'get';
  if (isHistory) operations.publish({ end: 'invoke', id: number, name, key: path, value: number });
  const answer = await (isWrite
    ? askPrimary('PUT', path, number + padding)
    : readFrom === 'primary'
      ? askPrimary('GET', path)
      : askSome(Number(readFrom), path));
  tell(number, dueMs, `${isWrite ? 'PUT' : 'GET'} ${path}`, answer);
  const value = answer.status === 200 ? answer.text.trim().replace(/x+$/, '') : null;
  if (isHistory) operations.publish({ end: 'complete', id: number, value, ...placeOf(answer) });
  if (!isWrite || answer.status !== 201) return;
  audit.acknowledged(key, number, answer);
  if (probeAfterMs >= 0) setTimeout(() => void probe(path, number), probeAfterMs);
}

function placeOf({ status, epoch, index, copies, by }: Answer) {
  return { status, epoch, index, copies, by };
}

function tell(number: number, intendedMs: number, asked: string, { status, error, by }: Answer): void {
  const ok = error === '' && status < 500 && status !== 307;
  const latencyMs = performance.now() - intendedMs;
  samples.publish({ id: number, intendedMs, latencyMs, ok, status, by, error, asked });
}

/** Is what was acknowledged already there, where this read looks? */
async function probe(path: string, number: number): Promise<void> {
  const answer = await askSome(Number(readFrom) || 1, path);
  if (answer.error === '')
    probes.publish({ id: number, isStale: Number.parseInt(answer.text, 10) !== number });
}

async function askForAll(): Promise<void> {
  const id = ++lastFinal;
  finals.publish({ end: 'invoke', id });
  const answer = await askPrimary('GET', '/kv/');
  if (answer.status !== 200) return;
  const numbers = Object.entries(JSON.parse(answer.text) as Record<string, string>).map(([key, value]) => [
    `/kv/${key}`,
    Number.parseInt(value, 10),
  ]);
  finals.publish({ end: 'complete', id, ...placeOf(answer), entries: numbers });
}

onDials((values) => {
  ratePerSecond = dial(values['ratePerSecond'], ratePerSecond, 1, 1000);
  writes = dial(values['writes'], writes, 0, 1);
  if (values['readFrom'] !== undefined) readFrom = String(values['readFrom']);
  if (values['drop'] === true) void askPrimary('DELETE', '/kv/').then(() => audit.dropped());
});

let dueMs = performance.now() + Number(env.START_MS ?? 500);
function sendWhatIsDue(): void {
  for (; dueMs <= performance.now(); dueMs += (exponential(random) * 1000) / ratePerSecond) {
    if (dueMs > stopMs) return;
    void one(dueMs);
  }
  setTimeout(sendWhatIsDue, Math.max(0, dueMs - performance.now()));
}
sendWhatIsDue();
if (finalMs >= 0) setTimeout(() => setInterval(() => void askForAll(), 150), finalMs);
audit.begin(Number(env.AUDIT_MS ?? 1000), () => askPrimary('GET', '/kv/'));
