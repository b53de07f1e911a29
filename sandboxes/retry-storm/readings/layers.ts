// Two more layers between clients and server, and a server that fails everything: how often it is asked for what was asked
// once at the top. Used by scenarios/ and experiments/.
import type { Finding, Machine, Run, Scenario } from '../../_shared/check.ts';

/** Of each layer: one attempt and three retries. */
export const ATTEMPTS = 4;
/** Those who attempt: the clients, the front and the back. */
export const LAYERS = 3;
const RATE = 3;

/** Layers wait longer the higher they stand, so that each hears how the one below it ended. */
const timeouts = { clients: '9000', front: '3000', back: '1000' };

function layer(name: 'front' | 'back', next: string): Machine {
  const env = { TARGET: `\${${next}:80}`, ATTEMPTS: String(ATTEMPTS), TIMEOUT_MS: timeouts[name] };
  return { name, program: 'layer.ts', listens: { PORT: 80 }, env };
}

/** Ids of the requests that reached `machine`, in order, as often as they did. */
function askedOf(run: Run, machine: string): number[] {
  return run.events.flatMap((event) => {
    const isAsked = event.kind === 'http' && event.machine === machine && event.side === 'server';
    const id = isAsked && event.phase === 'start' ? /[?&]id=(\d+)/.exec(event.url)?.[1] : undefined;
    return id === undefined ? [] : [Number(id)];
  });
}

/** What the layers made of requests that were due from second `fromS` on, but for the last second's. */
export function productOf(run: Run, fromS: number) {
  const asked = askedOf(run, 'server');
  const due = run.events.flatMap((event) => {
    const { id, intendedMs } =
      event.kind === 'publish' && event.channel === 'brownout:request'
        ? (event.value as { id: number; intendedMs: number })
        : { id: 0, intendedMs: Number.NEGATIVE_INFINITY };
    return intendedMs >= fromS * 1000 && intendedMs < run.untilNs / 1e6 - 1000 ? [id] : [];
  });
  const each = new Map(due.map((id) => [id, 0]));
  for (const id of asked) each.set(id, (each.get(id) ?? 0) + 1);
  const counts = due.map((id) => each.get(id) ?? 0);
  return {
    requests: due.length,
    least: Math.min(...counts),
    most: Math.max(...counts),
    mean: counts.reduce((sum, one) => sum + one, 0) / due.length,
  };
}

interface Layered {
  readonly name: string;
  readonly title: string;
  readonly untilMs: number;
  /** Requests due before are not counted. */
  readonly fromS?: number;
  readonly rate?: number;
  readonly solution?: string;
  shows(product: ReturnType<typeof productOf>): Finding[];
}

export function layered({ fromS = 0, rate = RATE, shows, ...named }: Layered): Scenario {
  const clients = { TARGET: `\${front:80}`, RATE: String(rate), ATTEMPTS: String(ATTEMPTS) };
  return {
    ...named,
    seed: 4711,
    machines: [layer('front', 'back'), layer('back', 'server')],
    env: { clients: { ...clients, TIMEOUT_MS: timeouts.clients } },
    actions: [{ atNs: 1e6, do: 'input', machine: 'server', text: '{"failing": 1}\n' }],
    shows: (run) => shows(productOf(run, fromS)),
    values: (run) => productOf(run, fromS),
  };
}
