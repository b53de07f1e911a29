// Asks the cache itself, thousands of times a second, and measures how often it has the answer: the hit ratio.
// Each question is one command, `SET key value NX GET`: give me what you have, else keep this. Open loop: the commands
// that are due leave together, whether or not earlier replies have come. Prints and publishes the hits of each second.
// Environment: CACHE, RATE, KEYS, ALPHA, TTL_MS, SCAN_EVERY, SCAN_KEYS, SHIFT_EVERY. Dials: ratePerSecond, alpha.
import { channel } from 'node:diagnostics_channel';
import { dial, onDials } from '../_shared/dials.ts';
import { exponential } from '../_shared/random.ts';
import { CacheClient } from './cache-client.ts';
import type { Reply } from './reply.ts';
import { zipf } from './zipf.ts';

const TICK_MS = 20;
let ratePerSecond = Number(process.env.RATE ?? 0);
let alpha = Number(process.env.ALPHA ?? 1);
const keys = Number(process.env.KEYS ?? 10_000);
/** After so many questions, somebody reads `scanKeys` keys that nobody has asked for before or will again. 0: never. */
const scanEvery = Number(process.env.SCAN_EVERY ?? 0);
const scanKeys = Number(process.env.SCAN_KEYS ?? 0);
/** After so many questions other keys become the popular ones. 0: never. */
const shiftEvery = Number(process.env.SHIFT_EVERY ?? 0);
const ttlMs = Number(process.env.TTL_MS ?? 0);
const life = ttlMs > 0 ? ['PX', String(ttlMs)] : [];

const cache = new CacheClient(process.env.CACHE ?? '127.0.0.1:6379', 1000);
const state = channel('brownout:state');
let pick = zipf(keys, alpha);
let dueMs = performance.now();
let questions = 0;
let scanned = 0;
let asked = 0;
let hits = 0;

onDials((values) => {
  ratePerSecond = dial(values['ratePerSecond'], ratePerSecond, 0, 20_000);
  alpha = dial(values['alpha'], alpha, 0, 3);
  pick = zipf(keys, alpha);
});

/** The key that is asked for next. Ranks move on by half of all keys at each shift. */
function nextKey(): number {
  const shifts = shiftEvery > 0 ? Math.floor(questions / shiftEvery) : 0;
  questions++;
  return (pick(Math.random()) + shifts * Math.floor(keys / 2)) % keys;
}

const question = (key: string): string[] => ['SET', key, '1', 'NX', 'GET', ...life];

setInterval(() => {
  const batch: string[][] = [];
  const now = performance.now();
  if (ratePerSecond === 0) dueMs = now;
  for (; dueMs < now; dueMs += (exponential(Math.random) * 1000) / ratePerSecond) {
    batch.push(question(`bench:${nextKey()}`));
    if (scanEvery > 0 && questions % scanEvery === 0) scan();
  }
  if (batch.length > 0) cache.askAll(batch).then(count, () => {});
}, TICK_MS);

function count(replies: readonly Reply[]): void {
  asked += replies.length;
  hits += replies.filter((reply) => reply !== null).length;
}

function scan(): void {
  const batch = Array.from({ length: scanKeys }, () => question(`scan:${scanned++}`));
  cache.askAll(batch).catch(() => {});
}

setInterval(() => {
  if (asked === 0) return;
  state.publish({ asked, hits, hitShare: hits / asked });
  console.log(`${asked} questions, ${((100 * hits) / asked).toFixed(1)}% of the answers from the cache`);
  asked = 0;
  hits = 0;
}, 1000);
