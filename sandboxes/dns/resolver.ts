// A recursive resolver: answers any question, by asking other servers and remembering what they said. Wiring only.
// May stand for a farm of several, with a cache each: a question goes to one of them by chance, as behind the one
// address of a large provider. Environment: PORT, ROOT, REACH (see reach.ts), CACHES, WAIT_MS. Dial: caches.
import { channel } from 'node:diagnostics_channel';
import { dial, onDials } from '../_shared/dials.ts';
import { asker } from './ask.ts';
import { Cache } from './cache.ts';
import { bare, open } from './door.ts';
import { reachable } from './reach.ts';
import { QUESTIONS_MAX, Recursor } from './recurse.ts';

const reach = await reachable(process.env.REACH ?? '');
const root = { address: process.env.ROOT ?? '10.0.0.3', port: 53 };
const ask = asker(Number(process.env.WAIT_MS ?? 500), false);
const state = channel('brownout:state');
let asked = 0;
let hits = 0;
let upstream = 0;

/** Empty caches, each with somebody who fills it. */
function farmOf(caches: number) {
  return Array.from({ length: caches }, () => {
    const cache = new Cache();
    const recursor = new Recursor(
      cache,
      (question, server) => {
        upstream++;
        return ask(question, reach(server));
      },
      [root],
    );
    return { cache, recursor };
  });
}

let farm = farmOf(Number(process.env.CACHES ?? 1));
onDials((values) => {
  const caches = dial(values['caches'], farm.length, 1, 200);
  if (caches !== farm.length) farm = farmOf(Math.round(caches));
});

const port = await open(Number(process.env.PORT ?? 5300), true, async (question) => {
  const one = farm[Math.floor(Math.random() * farm.length)];
  // ANY and copies of zones are questions to those who have the zone.
  if (one === undefined || /^(?:ANY|TYPE25[1-4])$/.test(question.type)) return bare('NOTIMP');
  const work = { left: QUESTIONS_MAX };
  const known = await one.recursor.resolve(question, work);
  asked++;
  if (work.left === QUESTIONS_MAX) hits++;
  return { ...known, isAuthoritative: false, additional: [] };
});
console.log(`resolves on port ${port}`);

setInterval(() => {
  const counts = farm.map(({ cache }) => cache.counts());
  state.publish({
    entries: counts.reduce((sum, one) => sum + one.entries, 0),
    negatives: counts.reduce((sum, one) => sum + one.negatives, 0),
    hitShare: asked === 0 ? 0 : hits / asked,
    upstreamPerSecond: upstream,
  });
  asked = hits = upstream = 0;
}, 1000);
