// Ten servers that are busy nine tenths of their time, by two random choices.
// Must show that nearly everybody is answered within some ten service times (of 100 ms).
import type { Run, Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';

/** What the clients published at the end, all of it together. */
export function told(run: Run): Record<string, number> {
  const all = run.events.flatMap((event) =>
    event.kind === 'publish' && event.machine === 'clients' ? [event.value as Record<string, number>] : [],
  );
  return Object.assign({}, ...all.filter((one) => !('inFlight' in one)));
}

const RATE = 90;
/** Nothing is in the way of the last answers then, even if a line is long. */
const TAIL_MS = 30_000;

/** `requests` to ten servers of 100 ms each, at 90 a second; `p99Ms` is what the 99th percentile may be. */
export function nearlyFull(
  name: string,
  requests: number,
  p99Ms: readonly [least: number, most: number],
): Scenario {
  const warmUp = Math.round(requests / 10);
  return {
    name,
    title: `${requests} requests, 90 a second, to ten servers of 100 ms each, by ${name}.`,
    seed: 4711,
    untilMs: (1000 * requests) / RATE + TAIL_MS,
    env: { clients: { PICK: name, REQUESTS: String(requests), WARM_UP: String(warmUp) } },
    actions: [],
    shows(run) {
      const { answered = 0, p99Ms: p99 = 0 } = told(run);
      return [
        between('requests answered after the first tenth', answered, requests - warmUp, requests - warmUp),
        between('99th percentile, ms', p99, ...p99Ms),
      ];
    },
    values: (run) => told(run),
  };
}

export const scenario: Scenario = nearlyFull('two-choices', 12_000, [750, 1500]);
