// Six guests that never sleep move in beside web, and the host takes each in turn.
// Must show that web, whose own load has not changed, waits for them; and steal of two thirds for each of the six.
import type { Scenario } from '../../_shared/check.ts';
import { between, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { booksOf } from '../readings/books.ts';

interface Neighborhood {
  readonly title: string;
  /** Replaces variables of the host. */
  readonly host: Readonly<Record<string, string>>;
  /** Replaces variables of the clients. */
  readonly clients?: Readonly<Record<string, string>>;
  /** Bounds for the 99th percentile of web's answers. */
  readonly p99: { readonly leastMs: number; readonly mostMs: number };
  /** Bounds for the cores in use. */
  readonly busy: { readonly least: number; readonly most: number };
}

/** The same requests to the same guest, in another neighborhood. Two cores, nobody else on the machine but spinners. */
export function neighborhood(name: string, { title, host, clients, p99, busy }: Neighborhood): Scenario {
  return {
    name,
    title,
    seed: 4711,
    untilMs: 20_000,
    env: {
      clients: { JOB_PAUSE_MS: '0', AUDITED: '', ...clients },
      host: { SERVANTS: 'web', WEIGHTS: '', ...host },
    },
    actions: [],
    shows(run) {
      const samples = samplesOf(run);
      return [
        between('lost requests', lostAmong(samples), 0, 0),
        between('99th percentile, ms', latencyMs(samples, 0.99), p99.leastMs, p99.mostMs),
        between('cores in use', booksOf(run, 1, 20).total, busy.least, busy.most),
      ];
    },
    values(run) {
      const samples = samplesOf(run);
      const { share, steal, total, perExit } = booksOf(run, 1, 20);
      return {
        meanMs: samples.reduce((sum, { latencyMs: ms }) => sum + ms, 0) / samples.length,
        p50Ms: latencyMs(samples, 0.5),
        p99Ms: latencyMs(samples, 0.99),
        webPercent: 100 * (share['web'] ?? 0),
        spin1Percent: 100 * (share['spin1'] ?? 0),
        spin1StealPercent: 100 * (steal['spin1'] ?? 0),
        cores: total,
        webPerExit: perExit['web'] ?? 0,
        spin1PerExit: perExit['spin1'] ?? 0,
      };
    },
  };
}

export const scenario: Scenario = neighborhood('noisy', {
  title: 'Six guests that never sleep share two cores with web; each in turn.',
  host: { SPINNERS: '6', SCHEDULER: 'round-robin' },
  p99: { leastMs: 40, mostMs: 90 },
  busy: { least: 1.98, most: 2.01 },
});
