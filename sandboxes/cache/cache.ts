// The cache: a server that speaks Redis's protocol and holds as much as it may. Wiring only.
// How it reads is in resp.ts, what it understands in commands.ts, what it holds in store.ts, who has to go in policy.ts.
// Keeps everything in memory: what is killed starts empty.
// Environment: PORT, POLICY, ENTRIES and BYTES (0: no limit). Dials: policy, entries, bytes.
import { channel } from 'node:diagnostics_channel';
import { createServer } from 'node:net';
import { dial, onDials } from '../_shared/dials.ts';
import { serve } from './connection.ts';
import { Store } from './store.ts';

const orNone = (limit: number): number => (limit > 0 ? limit : Number.POSITIVE_INFINITY);
let entries = Number(process.env.ENTRIES ?? 1000);
let bytes = Number(process.env.BYTES ?? 0);
const store = new Store(
  { entries: orNone(entries), bytes: orNone(bytes) },
  process.env.POLICY ?? 'lru',
  Date.now,
);

onDials((values) => {
  entries = dial(values['entries'], entries, 0, 1_000_000);
  bytes = dial(values['bytes'], bytes, 0, 1_000_000_000);
  const policy = String(values['policy'] ?? store.policyName);
  store.change(policy, { entries: orNone(entries), bytes: orNone(bytes) });
});

const state = channel('brownout:state');
let before = { hits: 0, misses: 0 };
/** Once a second: throws out what has expired, and tells how it went. */
setInterval(() => {
  store.sweep();
  const { hits, misses, evicted, refused } = store.counts;
  const asked = hits + misses - before.hits - before.misses;
  const share = asked === 0 ? {} : { hitShare: (hits - before.hits) / asked };
  state.publish({ ...share, hits, misses, entries: store.size, bytes: store.bytes, evicted, refused });
  before = { hits, misses };
}, 1000);

let connections = 0;
const server = createServer((socket) => serve(socket, store, ++connections));
server.listen(Number(process.env.PORT ?? 6379), () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  console.log(`holds ${entries || 'any number of'} entries by ${store.policyName}, on port ${port}`);
});
process.once('SIGTERM', () => process.exit(0));
