// The cache dies after 8 seconds and is back, empty, 5 seconds later. The database can load 60 items a second; with the
// cache it has to load a quarter of that. Must show that the whole traffic falls on the database, that the outage stays
// when its cause is gone (loads come too late for those who asked, so no copy is kept), and that less traffic ends it.
import type { Run, Scenario } from '../../_shared/check.ts';
import { between, dueBetween, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { cacheHits, loadsOf, within } from '../readings/reading.ts';

/** Once the cache knows the popular items. */
const WARM_MS = 4000;
const KILL_MS = 8000;
const BACK_MS = 13_000;
const FEWER_MS = 16_000;
const MORE_MS = 26_000;
const UNTIL_MS = 30_000;

const lostBetween = (run: Run, fromMs: number, toMs: number): number =>
  lostAmong(dueBetween(samplesOf(run), fromMs, toMs));
const loadsPerSecond = (run: Run, fromMs: number, toMs: number): number =>
  within(loadsOf(run), fromMs, toMs) / ((toMs - fromMs) / 1000);

export const scenario: Scenario = {
  name: 'cold-restart',
  title: 'The cache is killed, and started again empty; then fewer people come for a while.',
  seed: 4711,
  untilMs: UNTIL_MS,
  actions: [
    { atNs: KILL_MS * 1e6, do: 'kill', machine: 'cache' },
    { atNs: BACK_MS * 1e6, do: 'restart', machine: 'cache' },
    { atNs: FEWER_MS * 1e6, do: 'input', machine: 'clients', text: '{"ratePerSecond": 10}\n' },
    { atNs: MORE_MS * 1e6, do: 'input', machine: 'clients', text: '{"ratePerSecond": 100}\n' },
  ],
  shows: (run) => [
    between('loads a second with the cache', loadsPerSecond(run, WARM_MS, KILL_MS), 8, 25),
    between('loads a second without it', loadsPerSecond(run, KILL_MS, BACK_MS), 85, 115),
    between('lost before', lostBetween(run, 0, KILL_MS - 100), 0, 0),
    between('lost in the third second after the cache is back', lostBetween(run, 15_000, FEWER_MS), 50, 140),
    between('lost of the full traffic at the end', lostBetween(run, MORE_MS + 1000, UNTIL_MS), 0, 0),
  ],
  values(run) {
    const samples = samplesOf(run);
    const warm = dueBetween(samples, WARM_MS, KILL_MS - 100);
    const hit = cacheHits(run, WARM_MS / 1000, KILL_MS / 1000 - 1);
    const late = dueBetween(samples, BACK_MS + 1500, FEWER_MS);
    const lost = samples.filter((sample) => !sample.ok);
    return {
      hitPercent: 100 * hit,
      factor: 1 / (1 - hit),
      hitMs: latencyMs(warm, 0.5),
      missMs: latencyMs(warm, 0.98),
      loadsBefore: loadsPerSecond(run, WARM_MS, KILL_MS),
      loadsWithout: loadsPerSecond(run, KILL_MS, BACK_MS),
      lost: lost.length,
      lostWhileGone: lostBetween(run, KILL_MS - 100, BACK_MS),
      lostOnceBack: lostBetween(run, BACK_MS, FEWER_MS),
      lateLostPercent: (100 * lostAmong(late)) / late.length,
      loadsAtTheEnd: loadsPerSecond(run, UNTIL_MS - 2000, UNTIL_MS),
      reasons: [...new Set(lost.map((sample) => sample.error || String(sample.status)))].sort().join(', '),
    };
  },
};
