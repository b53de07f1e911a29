// One store: its log, its state, its role, and the epoch that it has promised. Wiring, and the three changes of role.
// Who becomes primary is decided elsewhere (monitor.ts); a store only keeps its word: one promise for each epoch, on the
// disk before it is given, and no obedience to lower ones. HTTP is in api.ts, log shipping in ship.ts and replica.ts.
// Environment: PORT, SHIP_PORT, PEERS, MODE, LAG_MS, ... Dial: replayMs.
import { channel } from 'node:diagnostics_channel';
import { dial, onDials } from '../_shared/dials.ts';
import { modeCalled } from './ack.ts';
import { serveApi } from './api.ts';
import { Journal } from './journal.ts';
import { Primary, type Settings } from './primary.ts';
import { Replay } from './replay.ts';
import { ReplicaDoor } from './replica.ts';
import { Store } from './store.ts';
import { Tidy } from './tidy.ts';

const env = process.env;
const name = env.MACHINE ?? 'store1';
const peers = (env.PEERS ?? '').split(' ').filter(Boolean).map(parsePeer);
const settings: Settings = {
  mode: modeCalled(env.MODE ?? 'async'),
  lagMs: Number(env.LAG_MS ?? 0),
  lagSpread: env.LAG_SPREAD === 'exponential' ? 'exponential' : 'fixed',
  patienceMs: Number(env.PATIENCE_MS ?? 1000),
  heartbeatMs: Number(env.HEARTBEAT_MS ?? 50),
};
const state = channel('brownout:state');
const epochs = channel('brownout:epoch');

const store = new Store();
const journal = new Journal(env.DATA ?? `data-${name}`, (error) => end(`the disk failed: ${error}`));
const tidy = new Tidy(journal, store, Number(env.SNAPSHOT_EVERY ?? 1000));
let epoch = 0;
let primary: Primary | undefined;
let leader = '';
/** The epoch promised in this life and not led yet: a store leads an epoch at most once. */
let promised = 0;
let turn: Promise<unknown> = Promise.resolve();

function parsePeer(text: string) {
  const [, peer, host, http, ship] = /^([\w-]+)=([^:]+):(\d+),[^:]+:(\d+)$/.exec(text) ?? [];
  if (!peer || !host)
    throw new Error(`PEERS: expected name=host:port,host:shipPort, found '${text}': correct PEERS`);
  return { name: peer, host, http: Number(http), port: Number(ship) };
}

/** What a store cannot answer for any more, it must not answer at all. */
function end(why: string): never {
  console.error(`${name} ends: ${why}`);
  process.exit(1);
}

/** One change of role after another: each waits for the disk. */
function inTurn<T>(change: () => Promise<T>): Promise<T> {
  const mine = turn.then(change);
  turn = mine.catch(() => {});
  return mine;
}

/** Takes a higher epoch: from here on nothing of a lower one is obeyed, and no power cut takes that back. */
async function moveTo(higher: number): Promise<void> {
  if (primary) console.log(`${name} is deposed: epoch ${higher} has begun`);
  primary?.close();
  primary = undefined;
  leader = '';
  epoch = higher;
  await journal.promise(higher).catch((error: Error) => end(error.message));
  tidy.forget();
}

/** A replica's word for an epoch, given once. Returns where its log ends. */
function promise(asked: number) {
  return inTurn(async () => {
    if (asked <= epoch) return undefined;
    await moveTo(asked);
    await journal.settled();
    promised = asked;
    return { epoch: asked, last: { epoch: journal.last.epoch, index: journal.last.index } };
  });
}

/** Becomes primary of the epoch that it has promised. */
function lead(asked: number) {
  return inTurn(async () => {
    if (asked !== epoch || asked !== promised) return false;
    promised = 0;
    leader = name;
    const own = { name, epoch, journal, store, settings };
    const before = journal.last.epoch;
    primary = new Primary(own, peers, (higher) => void adopt(higher, ''));
    epochs.publish({ epoch, start: primary.start, before });
    console.log(`${name} is primary of epoch ${epoch} from record ${primary.start}`);
    return true;
  });
}

/** A primary has been heard of. */
function adopt(heard: number, from: string): Promise<void> {
  if (heard === epoch && !primary) leader = from;
  if (heard <= epoch) return Promise.resolve();
  return inTurn(async () => {
    if (heard > epoch) await moveTo(heard);
    if (heard === epoch) leader = from;
  });
}

const found = await journal.open().catch((error: Error) => end(error.message));
epoch = found.epoch;
if (found.torn > 0) console.log(`${name} cut ${found.torn} torn bytes off its log`);
const isFencing = env.FENCING !== 'off';
const isPrimary = () => primary !== undefined;
const replica = new ReplicaDoor({ journal, store, epoch: () => epoch, adopt, isPrimary, isFencing });
const replay = new Replay(journal, store, isPrimary);
replica.rebuild();

journal.onDurable = () => {
  primary?.onDurable();
  replica.onDurable();
  replay.go();
  tidy.go(primary?.shippers.map((one) => one.durable) ?? []);
};
onDials((values) => {
  replay.recordMs = dial(values['replayMs'], replay.recordMs, 0, 1000);
});

function told() {
  const lag = Object.fromEntries(
    (primary?.shippers ?? []).map((one) => [one.replica.name, journal.durable - one.durable]),
  );
  const role = primary ? 'primary' : 'replica';
  const { index } = journal.last;
  return { role, epoch, index, applied: store.index, keys: store.size, lag, mode: settings.mode };
}
let said = '';
setInterval(() => {
  const now = JSON.stringify(told());
  if (now !== said) state.publish(told());
  said = now;
}, 100);

replica.server.listen(Number(env.SHIP_PORT ?? 7001));
serveApi(
  { name, store, settings, peers, promise, lead, told, primary: () => primary, leader: () => leader },
  Number(env.PORT ?? 8081),
);
