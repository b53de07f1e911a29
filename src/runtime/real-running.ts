// A Running behind a supervisor, wherever that runs: orders as lines, answers as lines. Knows no process and no page;
// whoever makes it carries the lines. Refuses deeds on machines that the cluster has not, and to step or record.
// Used by local.ts, webcontainer.ts and remote.ts.
import type { Deed } from '../datacenter/contract.ts';
import { readAction } from './messages.ts';
import { type Batch, type Running, RunProblem, type RunSpec } from './runtime.ts';
import type { BootOrder, Order, Places, RealBatch } from './supervisor/lines.ts';
import { readAnswer } from './supervisor-messages.ts';

/** How lines get to a supervisor, and how it is ended for good. */
export interface Wire {
  /** One line, without its end. */
  readonly send: (line: string) => void;
  /** Ends the supervisor and all that it started. Called once. */
  readonly end: () => void;
}

type Waiting = { readonly take: (batch: RealBatch) => void; readonly fail: (problem: RunProblem) => void };
type OrderBody = Order extends infer Each ? (Each extends Order ? Omit<Each, 'call'> : never) : never;

/** Longest piece of a line that is kept while its end is awaited. */
const LINE_MAX = 200_000_000;

export class RealRunning implements Running {
  readonly clock = 'real';
  places: Places = {};
  readonly #wire: Wire;
  readonly #spec: RunSpec;
  readonly #waiting = new Map<number, Waiting>();
  #call = 0;
  #partial = '';
  #ended: RunProblem | null = null;

  constructor(spec: RunSpec, wire: Wire) {
    this.#spec = spec;
    this.#wire = wire;
  }

  /** Boots what lies in `folder` as the supervisor sees it. The first batch holds what happened until all was started. */
  boot(place: Pick<BootOrder, 'folder' | 'freezes' | 'firstPort' | 'removesFolder'>): Promise<Batch> {
    const { cluster, sandbox, seed, actions = [] } = this.#spec;
    return this.#ask({ do: 'boot', cluster, sandbox, seed, actions, ...place });
  }

  advanceTo(atNs: number): Promise<Batch> {
    return this.#ask({ do: 'advance', atNs });
  }

  step(): Promise<Batch> {
    return Promise.reject(
      new RunProblem({
        expected: 'a clock that can be stopped',
        found: 'real time',
        fix: 'step through the run in the data center',
      }),
    );
  }

  async act(deed: Deed): Promise<Batch> {
    const names = this.#spec.cluster.machines.map(({ name }) => name);
    const named = 'machine' in deed ? [deed.machine] : 'from' in deed ? [deed.from, deed.to] : [];
    const stranger = named.find((name) => !names.includes(name));
    if (stranger !== undefined || readAction({ atNs: 0, ...deed }) === null) {
      throw new RunProblem({
        expected: `a deed on a machine of the cluster (${names.join(', ')})`,
        found: stranger === undefined ? JSON.stringify(deed).slice(0, 100) : `'${stranger}'`,
        fix: 'correct it',
      });
    }
    return this.#ask({ do: 'act', deed });
  }

  stop(): void {
    if (this.#ended === null)
      this.end({ expected: 'a run that goes on', found: 'one that was stopped', fix: 'run again' });
  }

  /** Bytes as they come from the supervisor. */
  take(text: string): void {
    const lines = (this.#partial + text).split('\n');
    this.#partial = lines.pop() ?? '';
    if (this.#partial.length > LINE_MAX) this.#wrong(this.#partial);
    for (const line of lines) if (line !== '' && this.#ended === null) this.#answer(line);
  }

  /** Ends the run, telling whoever waits why. */
  end(complaint: RunProblem['complaint']): void {
    if (this.#ended !== null) return;
    this.#ended = new RunProblem(complaint);
    for (const { fail } of this.#waiting.values()) fail(this.#ended);
    this.#waiting.clear();
    this.#wire.end();
  }

  #answer(line: string): void {
    const answer = readAnswer(line);
    if (answer === null) {
      this.#wrong(line);
      return;
    }
    const waiting = this.#waiting.get(answer.call);
    this.#waiting.delete(answer.call);
    if ('batch' in answer) {
      this.places = answer.places ?? this.places;
      waiting?.take(answer.batch);
    } else if ('refused' in answer) waiting?.fail(new RunProblem(answer.refused));
    else if ('failed' in answer)
      this.end({ expected: 'a supervisor that does as it is told', found: answer.failed, fix: 'run again' });
  }

  #wrong(line: string): void {
    this.end({
      expected: 'an answer of the supervisor',
      found: JSON.stringify(line.slice(0, 100)),
      fix: 'run again',
    });
  }

  async #ask(body: OrderBody): Promise<Batch> {
    if (this.#ended !== null) throw this.#ended;
    this.#call += 1;
    const call = this.#call;
    const batch = await new Promise<RealBatch>((take, fail) => {
      this.#waiting.set(call, { take, fail });
      this.#wire.send(JSON.stringify({ call, ...body }));
    });
    return { ...batch, hash: '' };
  }
}
