// What is typed to a program: into its open standard input, on a console that sleeps until then, and what is lost
// when nobody reads. Through the public door.
import { afterAll, describe, expect, it } from 'vitest';
import type { Action, MachineSpec, TraceEvent } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunProblem } from '../../src/runtime/runtime.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const echo = `process.stdin.setEncoding('utf8');
  let held = '';
  process.stdin.on('data', (text) => {
    held += text;
    for (let end = held.indexOf('\\n'); end >= 0; end = held.indexOf('\\n')) {
      console.log('heard', held.slice(0, end), 'at', Math.round(process.uptime() * 1000));
      held = held.slice(end + 1);
    }
  });
  process.stdin.on('end', () => console.log('end'));`;

const typed = (second: number, text: string): Action => ({
  atNs: second * 1e9,
  do: 'input',
  machine: 'box',
  text,
});

async function play(
  box: Partial<MachineSpec>,
  program: string,
  actions: Action[],
): Promise<readonly TraceEvent[]> {
  const booted = await runtime.boot({
    cluster: { name: 't', title: 't', machines: [{ name: 'box', program: 'main.mjs', ...box }] },
    files: { 't/main.mjs': program },
    sandbox: 't',
    seed: 1,
    actions,
  });
  const { events } = await booted.run.advanceTo(10e9);
  return [...booted.first.events, ...events];
}

const logs = (events: readonly TraceEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'log' ? [event.text.trimEnd()] : []));

describe('input', () => {
  it('arrives at once, in pieces as typed, and a line may come in two', async () => {
    const events = await play({ stdin: 'open' }, echo, [
      typed(1, 'one\ntw'),
      typed(2, 'o\n'),
      typed(3, 'é\n'),
    ]);
    expect(logs(events)).toEqual(['heard one at 1000', 'heard two at 2000', 'heard é at 3000']);
  });

  it('wakes a console, which had no power before', async () => {
    const events = await play({ role: 'console' }, echo, [typed(2, 'hello\n')]);
    const ups = events.flatMap((event) => (event.kind === 'machine' ? [[event.atNs, event.why]] : []));
    expect(ups).toEqual([[2e9, 'somebody sat down at it']]);
    expect(logs(events)).toEqual(['heard hello at 0']);
  });

  it('is lost, and says so, where no program runs or it does not read', async () => {
    const gone = await play({ stdin: 'open' }, 'process.exit(0)', [typed(1, 'anyone?\n')]);
    expect(logs(gone)).toEqual(['kernel: 8 of 8 bytes of input were lost: no program runs']);
    const deaf = await play({ stdin: 'open' }, 'setInterval(() => 0, 100)', [
      typed(1, 'x'.repeat(60_000)),
      typed(2, 'y'.repeat(10_000)),
    ]);
    expect(logs(deaf)).toEqual([
      'kernel: 4464 of 10000 bytes of input were lost: its program does not read them',
    ]);
  });

  it('goes to the program that was started again', async () => {
    const events = await play({ stdin: 'open' }, echo, [
      { atNs: 1e9, do: 'restart', machine: 'box' },
      typed(2, 'again\n'),
    ]);
    expect(logs(events)).toEqual(['heard again at 960']);
  });

  it('is refused where the standard input is closed, or the text is too long', async () => {
    const complaint = async (box: Partial<MachineSpec>, text: string) => {
      const refused = await play(box, echo, [typed(1, text)]).catch((error: unknown) => error);
      return (refused as RunProblem).complaint;
    };
    expect(await complaint({}, 'x')).toMatchObject({
      expected: 'a machine whose program can be typed to',
      found: "'box', whose standard input is closed",
      fix: 'add "stdin": "open" to box in the cluster',
    });
    expect(await complaint({ stdin: 'open' }, 'x'.repeat(65_537))).toMatchObject({ found: '65537' });
  });
});
