// Decides who is primary: asks every store at an interval how it is, and when none is primary any more, appoints the one
// with the longest log among a majority that has promised a new epoch. Refuses to appoint without a majority.
// It may die, freeze or be started twice: a promise is given once for each epoch, so two can never appoint for the same.
// Environment: STORES, MODE, LAG_MS, INTERVAL_MS, MISSES. Dials: mode, lagMs, which it tells every store.
import { Agent, request } from 'node:http';
import { dial, onDials } from '../_shared/dials.ts';

interface Told {
  readonly epoch: number;
  readonly role?: string;
  readonly last?: { readonly epoch: number; readonly index: number };
}

const env = process.env;
const stores = (env.STORES ?? '').split(' ').filter(Boolean).map(parseStore);
const intervalMs = Number(env.INTERVAL_MS ?? 100);
/** So many looks in a row without a primary make a failover. */
const misses = Number(env.MISSES ?? 3);
let mode = env.MODE ?? 'async';
let lagMs = Number(env.LAG_MS ?? 0);
onDials((values) => {
  mode = String(values['mode'] ?? mode);
  lagMs = dial(values['lagMs'], lagMs, 0, 10_000);
});

const agent = new Agent({ keepAlive: true });
let highest = 0;
let missed = misses; // At the start nobody is primary, and nothing is to be waited for.

function parseStore(text: string) {
  const [, name, host, port] = /^([\w-]+)=([^:]+):(\d+)$/.exec(text) ?? [];
  if (!name || !host) throw new Error(`STORES: expected name=host:port, found '${text}': correct STORES`);
  return { name, host, port: Number(port) };
}
type Store = (typeof stores)[number];

/** The store's answer, with the status 200; undefined for any other and for silence. */
function post(store: Store, path: string, patienceMs: number): Promise<Told | undefined> {
  return new Promise((resolve) => {
    const { host, port } = store;
    const asking = request({ host, port, path, method: 'POST', agent }, (answer) => {
      let text = '';
      answer.on('error', () => resolve(undefined));
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => {
        clearTimeout(limit);
        resolve(heardIn(text, answer.statusCode));
      });
    });
    const limit = setTimeout(() => asking.destroy(), patienceMs);
    asking.on('error', () => resolve(undefined));
    asking.on('close', () => resolve(undefined));
    asking.end();
  });
}

function heardIn(text: string, status: number | undefined): Told | undefined {
  try {
    const told = JSON.parse(text) as Told;
    highest = Math.max(highest, told.epoch);
    return status === 200 ? told : undefined;
  } catch {
    return undefined;
  }
}

// #region failover
/** Promises first, from a majority; then the longest log among those who promised. */
async function failOver(): Promise<boolean> {
  const epoch = highest + 1;
  const asked = stores.map(async (store) => ({
    store,
    told: await post(store, `/promise?epoch=${epoch}`, 3 * intervalMs),
  }));
  const promised = (await Promise.all(asked)).flatMap(({ store, told }) =>
    told?.last ? [{ store, last: told.last }] : [],
  );
  if (promised.length <= stores.length / 2) {
    console.log(`epoch ${epoch}: ${promised.length} of ${stores.length} promised, no majority`);
    return false;
  }
  promised.sort((a, b) => b.last.epoch - a.last.epoch || b.last.index - a.last.index);
  const [best] = promised;
  if (!best || !(await post(best.store, `/lead?epoch=${epoch}`, 3 * intervalMs))) return false;
  console.log(`epoch ${epoch}: ${best.store.name} is primary, its log ends at ${best.last.index}`);
  return true;
}
// #endregion

async function look(): Promise<void> {
  const path = `/settings?mode=${mode}&lagMs=${lagMs}`;
  const told = await Promise.all(stores.map((store) => post(store, path, 2 * intervalMs)));
  const isLed = told.some((one) => one?.role === 'primary' && one.epoch === highest);
  missed = isLed ? 0 : missed + 1;
  if (missed >= misses && told.filter(Boolean).length > stores.length / 2 && (await failOver())) missed = 0;
  setTimeout(look, intervalMs);
}

console.log(`watches ${stores.map((store) => store.name).join(', ')}`);
void look();
