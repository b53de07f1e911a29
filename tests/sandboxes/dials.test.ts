// Dials: settings that programs take on their standard input while they run. On the load balancer in the data center;
// what makes no sense is said and changes nothing.
import { afterAll, expect, it } from 'vitest';
import type { Action, TraceEvent } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { sandboxFromDisk } from './read.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

async function play(actions: readonly Action[], untilNs: number): Promise<readonly TraceEvent[]> {
  const { cluster, files } = sandboxFromDisk('load-balancer');
  const { run, first } = await runtime.boot({
    cluster,
    files,
    sandbox: 'load-balancer',
    seed: 4711,
    actions,
  });
  const { events } = await run.advanceTo(untilNs);
  run.stop();
  return [...first.events, ...events];
}

const turn = (atNs: number, machine: string, text: string): Action => ({
  atNs,
  do: 'input',
  machine,
  text: `${text}\n`,
});
const requests = (events: readonly TraceEvent[], from: number, to: number): number =>
  events.filter(
    (event) =>
      event.kind === 'publish' &&
      event.channel === 'brownout:request' &&
      event.atNs >= from * 1e9 &&
      event.atNs < to * 1e9,
  ).length;

it('clients send as often as the dial says, from then on', async () => {
  const events = await play([turn(3e9, 'clients', '{"ratePerSecond": 200}')], 6e9);
  // Poisson: four standard deviations on both sides.
  expect(Math.abs(requests(events, 1, 3) - 180)).toBeLessThan(4 * Math.sqrt(180));
  expect(Math.abs(requests(events, 4, 6) - 400)).toBeLessThan(4 * Math.sqrt(400));
});

it('what makes no sense is said, and nothing changes', async () => {
  const events = await play(
    [
      turn(1e9, 'clients', '{"ratePerSecond": 0}'),
      turn(1e9, 'clients', 'faster!'),
      turn(1e9, 'balancer', '{"pick": "the best"}'),
    ],
    3e9,
  );
  const said = events.flatMap((event) =>
    event.kind === 'log' && event.text.startsWith('dials:') ? [event.text.trimEnd()] : [],
  );
  expect(said).toEqual([
    'dials: expected a number from 1 to 1000, found \'{"ratePerSecond": 0}\'',
    expect.stringMatching(/^dials: Unexpected token .*, found 'faster!'$/),
    'dials: PICK: expected one of round-robin, least-connections, two-choices, weighted, peak-ewma, found \'the best\': correct PICK, found \'{"pick": "the best"}\'',
  ]);
  expect(Math.abs(requests(events, 1, 3) - 180)).toBeLessThan(4 * Math.sqrt(180));
});
