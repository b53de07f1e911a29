// The outside world: the readers of ten sites. Each request names its site in the Host header, as every browser does.
// One of the sites can become busy; a second is summed up for it and for its nine neighbors.
// Stands alone on its machine. Environment: TARGET, BUSY (a site), BUSY_RATE, OTHERS_RATE, ASKS (page or report, of the
// busy site), TIMEOUT_MS, SEED. Dials: busy, busyPerSecond, othersPerSecond, asks.
import { channel } from 'node:diagnostics_channel';
import { dial, onDials } from '../_shared/dials.ts';
import { type RequestSample, startLoad } from '../_shared/load.ts';
import { sites } from './sites.ts';

const PAGES = 1_000_000;
const [host = '127.0.0.1', port = '8080'] = (process.env.TARGET ?? '127.0.0.1:8080').split(':');
let busy = process.env.BUSY ?? 'bread.example';
let busyPerSecond = Number(process.env.BUSY_RATE ?? 5);
let othersPerSecond = Number(process.env.OTHERS_RATE ?? 5);
let asks = process.env.ASKS ?? 'page';
// In the data center chance itself is seeded, so there each run's traffic follows from the run's seed.
const seed = Number(process.env.SEED ?? Math.random() * 2 ** 32);

const asked = channel('brownout:asked');
const state = channel('brownout:state');
/** Requests without a fate: which site they asked. */
const open = new Map<number, string>();

const rateOf = (site: string) => (site === busy ? busyPerSecond : othersPerSecond);
const ratePerSecond = () => sites.reduce((sum, site) => sum + rateOf(site), 0);

/** Turns a number from 0 to 1 into a site, each as often as its rate says, and a page of it. */
function choose(chance: number): { site: string; page: number } {
  let left = chance * ratePerSecond();
  for (const site of sites) {
    const rate = rateOf(site);
    if (left < rate) return { site, page: Math.floor((left / rate) * PAGES) };
    left -= rate;
  }
  return { site: busy, page: 0 };
}

startLoad({
  host,
  port: Number(port),
  ratePerSecond,
  seed,
  timeoutMs: Number(process.env.TIMEOUT_MS ?? 10_000),
  ask(id, chance) {
    const { site, page } = choose(chance);
    open.set(id, site);
    asked.publish({ id, site, page, busy: site === busy });
    const kind = site === busy ? asks : 'page';
    return { method: 'GET', path: `/${kind}/${page}?id=${id}`, headers: { host: site } };
  },
  onSample: count,
});

class Second {
  answered = 0;
  lost = 0;
  sumMs = 0;
}
let second = { busy: new Second(), neighbors: new Second() };

function count(sample: RequestSample): void {
  const site = open.get(sample.id) ?? '';
  open.delete(sample.id);
  const whose = site === busy ? second.busy : second.neighbors;
  if (!sample.ok) whose.lost++;
  else {
    whose.answered++;
    whose.sumMs += sample.latencyMs;
  }
}

onDials((values) => {
  busyPerSecond = dial(values['busyPerSecond'], busyPerSecond, 0, 1000);
  othersPerSecond = dial(values['othersPerSecond'], othersPerSecond, 0.1, 100);
  busy = word(values['busy'], busy, sites);
  asks = word(values['asks'], asks, ['page', 'report']);
});

function word(value: unknown, was: string, known: readonly string[]): string {
  if (value === undefined) return was;
  if (known.includes(String(value))) return String(value);
  throw new Error(`expected one of ${known.join(', ')}`);
}

setInterval(() => {
  const { busy: one, neighbors: nine } = second;
  second = { busy: new Second(), neighbors: new Second() };
  const share = ({ answered, lost }: Second) => (answered + lost === 0 ? null : answered / (answered + lost));
  const mean = ({ answered, sumMs }: Second) => (answered === 0 ? null : Math.round(sumMs / answered));
  state.publish({
    answered: { busy: share(one), others: share(nine) },
    latencyMs: { busy: mean(one), others: mean(nine) },
  });
  const told = (who: Second) => `answered ${who.answered}, refused ${who.lost}, mean ${mean(who) ?? 0} ms`;
  console.log(`${busy}: ${told(one)}; the nine others: ${told(nine)}`);
}, 1000);
