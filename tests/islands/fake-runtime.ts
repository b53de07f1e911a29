// A stand-in for a runtime: a tiny deterministic cluster (clients, balancer, three apps) that speaks the contract's
// events. For tests of the islands and for the harness page only; it runs no program. `pick.ts` steers it by words:
// '=> apps[0]' sends all to app1, 'syntax error' fails the boot, 'for (;;)' crashes the balancer at the first request.
import type {
  Action,
  Deed,
  LinkView,
  MachineState,
  TraceEvent,
  TraceFact,
} from '../../src/datacenter/contract.ts';
import type { Batch, Running, RunSpec, Runtime } from '../../src/runtime/runtime.ts';
import { RunProblem } from '../../src/runtime/runtime.ts';

interface Machine {
  state: MachineState;
  served: number;
}
interface Planned {
  readonly atNs: number;
  readonly order: number;
  readonly run: () => void;
}

const hopNs = 250_000;
const apps = ['app1', 'app2', 'app3'];

export class FakeRunning implements Running {
  readonly clock = 'virtual';
  readonly #queue: Planned[] = [];
  #order = 0;
  #seq = 0;
  #now = 0;
  #hash = 2166136261;
  #random: number;
  #fresh: TraceEvent[] = [];
  #turn = 0;
  #stopped = false;
  readonly #out = new Set<string>();
  readonly #machines = new Map<string, Machine>();
  readonly #links: { a: string; b: string; cut: [boolean, boolean]; delayMs: [number, number] }[] = [];
  readonly #spec: RunSpec;
  calls = 0;
  busy = 0;
  busyMax = 0;

  constructor(spec: RunSpec) {
    this.#spec = spec;
    this.#random = spec.seed >>> 0;
    for (const machine of spec.cluster.machines) {
      this.#machines.set(machine.name, { state: 'up', served: 0 });
      this.#say({ kind: 'machine', machine: machine.name, state: 'up', why: 'booted' });
      this.#say({
        kind: 'log',
        machine: machine.name,
        stream: 'stdout',
        text: `${machine.program} is ready\n`,
      });
    }
    for (const [a, b] of [['clients', 'balancer'], ...apps.map((app) => ['balancer', app])]) {
      this.#links.push({ a: a ?? '', b: b ?? '', cut: [false, false], delayMs: [0, 0] });
    }
    for (const action of spec.actions ?? []) this.#at(action.atNs, () => this.#do(action));
    this.#at(1e6, () => this.#arrive(0));
    for (let at = 5e8; at < 600e9; at += 1e9) this.#at(at, () => this.#probe());
  }

  async advanceTo(atNs: number): Promise<Batch> {
    return this.#call(() => {
      while ((this.#queue[0]?.atNs ?? Number.POSITIVE_INFINITY) <= atNs) this.#next();
      this.#now = Math.max(this.#now, atNs);
    });
  }

  async step(): Promise<Batch> {
    return this.#call(() => this.#next());
  }

  async act(deed: Deed): Promise<Batch> {
    return this.#call(() => this.#do({ ...deed, atNs: this.#now }));
  }

  stop(): void {
    this.#stopped = true;
  }

  first(): Batch {
    return this.#batch();
  }

  async #call(work: () => void): Promise<Batch> {
    if (this.#stopped) throw new Error('stopped');
    this.calls += 1;
    this.busy += 1;
    this.busyMax = Math.max(this.busyMax, this.busy);
    await Promise.resolve();
    work();
    this.busy -= 1;
    return this.#batch();
  }

  #batch(): Batch {
    const events = this.#fresh;
    this.#fresh = [];
    return {
      nowNs: this.#now,
      events,
      machines: [...this.#machines].map(([name, { state, served }], index) => ({
        name,
        address: `10.0.0.${index + 1}`,
        role: name === 'clients' ? 'client' : 'server',
        state,
        served,
      })),
      links: this.#links.map((link): LinkView => ({ ...link, loss: [0, 0] })),
      hash: `00000000${(this.#hash >>> 0).toString(16).padStart(8, '0')}`,
      idle: this.#queue.length === 0,
    };
  }

  #at(atNs: number, run: () => void): void {
    const planned = { atNs, order: this.#order++, run };
    let index = this.#queue.length;
    while (index > 0 && (this.#queue[index - 1]?.atNs ?? 0) > atNs) index -= 1;
    this.#queue.splice(index, 0, planned);
  }

  #next(): void {
    const planned = this.#queue.shift();
    if (planned === undefined) return;
    this.#now = Math.max(this.#now, planned.atNs);
    planned.run();
  }

  #say(fact: TraceFact): void {
    const event: TraceEvent = { seq: this.#seq++, atNs: this.#now, ...fact };
    this.#fresh.push(event);
    for (const char of JSON.stringify(event))
      this.#hash = Math.imul(this.#hash ^ char.charCodeAt(0), 16777619);
  }

  #chance(): number {
    this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
    return this.#random / 2 ** 32;
  }

  #state(name: string): MachineState {
    return this.#machines.get(name)?.state ?? 'off';
  }

  /** Sends a packet and goes on when it lands. */
  #send(from: string, to: string, bytes: number, landed: () => void, flags = 'P.'): void {
    const link = this.#links.find(
      (one) => (one.a === from && one.b === to) || (one.a === to && one.b === from),
    );
    const way = link?.a === from ? 0 : 1;
    const cut = link?.cut[way] === true;
    const gone = this.#state(to) === 'off';
    const arrivesNs = cut || gone ? null : this.#now + hopNs + (link?.delayMs[way] ?? 0) * 1e6;
    const ports = { fromPort: 40000, toPort: 80 };
    const lost = cut ? { lost: 'cut' as const } : gone ? { lost: 'power' as const } : {};
    this.#say({ kind: 'packet', from, to, protocol: 'tcp', flags, ...ports, bytes, arrivesNs, ...lost });
    if (arrivesNs !== null) this.#at(arrivesNs, landed);
  }

  #arrive(id: number): void {
    const intended = this.#now;
    this.#at(this.#now + Math.round((0.4 + this.#chance() * 1.2) * 11e6), () => this.#arrive(id + 1));
    let settled = false;
    const finish = (ok: boolean, status: number, by: string, error: string): void => {
      if (settled) return;
      settled = true;
      const latencyMs = (this.#now - intended) / 1e6;
      const value = { id, intendedMs: intended / 1e6, latencyMs, ok, status, by, error };
      this.#say({ kind: 'publish', machine: 'clients', channel: 'brownout:request', value });
    };
    this.#at(intended + 1e9, () => finish(false, 0, '', 'ETIMEDOUT'));
    this.#send('clients', 'balancer', 120, () => this.#balance(finish));
  }

  #balance(finish: (ok: boolean, status: number, by: string, error: string) => void): void {
    if (this.#state('balancer') !== 'up') return;
    const pick = this.#spec.files['load-balancer/pick.ts'] ?? '';
    if (pick.includes('for (;;)')) {
      const text =
        'Error: this program computed for 2 s and never yielded\n    at pick (/srv/load-balancer/pick.ts:9:3)\n';
      this.#say({ kind: 'log', machine: 'balancer', stream: 'stderr', text });
      this.#set('balancer', 'crashed', 'never yielded: load-balancer/pick.ts:9');
      return;
    }
    const live = apps.filter((app) => !this.#out.has(app));
    const app = pick.includes('=> apps[0]')
      ? 'app1'
      : (live[this.#turn++ % Math.max(1, live.length)] ?? 'app1');
    const answer = (ok: boolean, status: number, by: string, error: string): void =>
      this.#send('balancer', 'clients', 300, () => finish(ok, status, by, error));
    this.#send('balancer', app, 140, () => {
      const state = this.#state(app);
      if (state === 'frozen') return;
      if (state !== 'up') {
        this.#send(app, 'balancer', 0, () => answer(false, 502, '', 'ECONNREFUSED'), 'R');
        return;
      }
      this.#at(this.#now + Math.round((4 + this.#chance() * 18) * 1e6), () => {
        if (this.#state(app) !== 'up') return;
        const machine = this.#machines.get(app);
        if (machine !== undefined) machine.served += 1;
        const balancer = this.#machines.get('balancer');
        if (balancer !== undefined) balancer.served += 1;
        this.#send(app, 'balancer', 280, () => answer(true, 200, app, ''));
      });
    });
  }

  #probe(): void {
    if (this.#state('balancer') !== 'up') return;
    for (const app of apps) {
      const well = this.#state(app) === 'up';
      if (well === this.#out.has(app)) {
        if (well) this.#out.delete(app);
        else this.#out.add(app);
        const text = well ? `health: ${app} is back\n` : `health: ${app} taken out after 1 failure\n`;
        this.#say({ kind: 'log', machine: 'balancer', stream: 'stdout', text });
        const value = { inRotation: apps.filter((one) => !this.#out.has(one)) };
        this.#say({ kind: 'publish', machine: 'balancer', channel: 'brownout:state', value });
      }
    }
  }

  #set(name: string, state: MachineState, why: string): void {
    const machine = this.#machines.get(name);
    if (machine !== undefined) machine.state = state;
    this.#say({ kind: 'machine', machine: name, state, why });
  }

  #do(action: Action): void {
    this.#say({ kind: 'action', action });
    const states = { kill: 'killed', freeze: 'frozen', thaw: 'up', powerOff: 'off', restart: 'up' } as const;
    if (action.do === 'edit' || action.do === 'loss') return;
    if ('machine' in action) {
      const state = (states as Partial<Record<string, MachineState>>)[action.do];
      if (state !== undefined) this.#set(action.machine, state, action.do);
      return;
    }
    const { from, to } = action;
    const link = this.#links.find(
      (one) => (one.a === from && one.b === to) || (one.a === to && one.b === from),
    );
    if (link === undefined) return;
    for (const way of [0, 1] as const) {
      if (action.oneWay === true && (way === 0) !== (link.a === from)) continue;
      if (action.do === 'delay') link.delayMs[way] = action.ms;
      else link.cut[way] = action.do === 'cut';
    }
  }
}

/** Boots fakes; `last` is the newest, so tests can look at it. */
export class FakeRuntime implements Runtime {
  last: FakeRunning | null = null;
  boots = 0;

  async boot(spec: RunSpec): Promise<{ run: Running; first: Batch }> {
    const pick = spec.files['load-balancer/pick.ts'] ?? '';
    if (pick.includes('syntax error')) {
      throw new RunProblem({
        expected: "';'",
        found: "'error'",
        fix: 'Put an operator or a new line between the two words.',
        file: 'load-balancer/pick.ts',
        line: 1 + pick.slice(0, pick.indexOf('syntax error')).split('\n').length - 1,
        column: 8,
      });
    }
    this.boots += 1;
    this.last = new FakeRunning(spec);
    return { run: this.last, first: this.last.first() };
  }
}

export const fakeCluster = {
  name: 'load-balancer',
  title: 'A balancer and three apps',
  machines: [
    {
      name: 'clients',
      program: 'clients.ts',
      role: 'client' as const,
      env: { TARGET: 'http://${balancer:80}' },
    },
    { name: 'balancer', program: 'balancer.ts', env: { APPS: '${app1:80},${app2:80},${app3:80}' } },
    { name: 'app1', program: 'app.ts' },
    { name: 'app2', program: 'app.ts' },
    { name: 'app3', program: 'app.ts' },
  ],
};
