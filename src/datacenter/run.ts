// One execution of a cluster: a function of (cluster, files, seed, actions). Owns timeline, fabric, machines
// and trace; pump.ts drives it. Made by datacenter.ts; played by runtimes at whatever pace they like.
import { assert } from './base/assert.ts';
import { Random } from './base/random.ts';
import { Timeline } from './base/timeline.ts';
import type { BootOptions } from './boot-options.ts';
import { Refused, refusedForBuiltIns, refuseMoment } from './complained.ts';
import type { Action, Deed, LinkView, MachineSpec, MachineView, TraceEvent, TraceFact } from './contract.ts';
import { Hosts } from './hosts.ts';
import { imageOf } from './image.ts';
import { complainAboutAction } from './limits.ts';
import { Computer } from './machine/computer.ts';
import { applyEdit, applyToMachine, type Edits } from './machine/deeds.ts';
import type { Image } from './machine/disk-image.ts';
import type { Process } from './machine/process.ts';
import { machineView } from './machine-view.ts';
import { Nested } from './nested.ts';
import { type Capture, captureOf } from './network/capture.ts';
import { Fabric } from './network/fabric.ts';
import { Faults } from './network/faults.ts';
import { RUN_STARTS_AT_MS } from './node/clock.ts';
import { foundChanged, leaveIntrinsics } from './node/own-intrinsics.ts';
import { NodeProgram } from './node/program.ts';
import type { ChildSpec } from './node/realm-host.ts';
import { utf8Bytes } from './node/text.ts';
import { Pump } from './pump.ts';
import { childOptions, mainOptions, realmMachine, startChild } from './realm-machine.ts';
import { Trace } from './trace.ts';
import { httpEvent, packetEvent } from './trace-events.ts';

export class Run {
  readonly #options: BootOptions;
  readonly #timeline = new Timeline();
  readonly #trace = new Trace();
  readonly #fabric: Fabric;
  readonly #faults: Faults;
  readonly #capture: Capture | null;
  readonly #hosts = new Hosts();
  readonly #computers = new Map<string, Computer>();
  readonly #edits: Edits = new Map();
  readonly #programs = new Map<Process, NodeProgram>();
  readonly #served = new Map<string, number>();
  readonly #pump: Pump;
  readonly #nested: Nested;
  readonly #image: Image;

  constructor(options: BootOptions) {
    this.#options = options;
    this.#nested = new Nested(this.#timeline, (process) => {
      const jobs = this.#programs.get(process)?.realm.jobs;
      return () => jobs?.hasForeign === true;
    });
    this.#pump = new Pump({
      timeline: this.#timeline,
      actions: [...(options.actions ?? [])].sort((a, b) => a.atNs - b.atNs),
      apply: (action) => this.#apply(action),
      eventCount: () => this.#trace.count,
      settled: () => {
        leaveIntrinsics();
        options.settled?.();
      },
      blamed: (error) => refusedForBuiltIns(foundChanged(), error),
      isToBlame: (process, error) => this.#programs.get(process)?.isToBlame(error) === true,
      hop: (process, callback) =>
        options.hop(callback, this.#programs.get(process)?.realm.usesPromises === true),
    });
    const random = new Random(options.seed >>> 0);
    const { links } = options.cluster;
    this.#fabric = new Fabric({
      scheduler: this.#timeline,
      random: random.split('network'),
      ...(links === undefined ? {} : { links }),
      observe: (packet, arrivesNs, lost) =>
        this.#add((seq) => packetEvent(seq, this.nowNs, this.#fabric, packet, arrivesNs, lost)),
    });
    this.#faults = new Faults(this.#fabric);
    this.#image = imageOf(options.files, options.mounts);
    this.#capture = captureOf(options.capture, (id) => this.#fabric.nameOf(id), RUN_STARTS_AT_MS);
    this.#fabric.tap = this.#capture;
    for (const [index, spec] of options.cluster.machines.entries())
      this.#addComputer(spec, index, random.split(`machine ${spec.name}`));
    for (const { name, role } of options.cluster.machines)
      if (role !== 'console') this.#computer(name).start('the run begins');
  }

  get nowNs(): number {
    return this.#timeline.nowNs;
  }

  /** Number of events recorded so far. */
  get eventCount(): number {
    return this.#trace.count;
  }

  /** True when nothing is left that could ever happen. */
  get isIdle(): boolean {
    return this.#timeline.size === 0 && !this.#pump.hasActions;
  }

  /** Runs everything up to and at `atNs`. One call at a time. */
  async advanceTo(atNs: number): Promise<void> {
    refuseMoment(atNs);
    return this.#pump.run(Math.floor(atNs), Number.POSITIVE_INFINITY);
  }

  /** Runs until something more is recorded, or nothing is left. */
  step(): Promise<void> {
    return this.#pump.run(Number.POSITIVE_INFINITY, this.#trace.count + 1);
  }

  /** Applies a deed at the present moment, after all else that happens at it. Gives the action to replay. */
  async act(deed: Deed): Promise<Action> {
    await this.advanceTo(this.nowNs);
    const action: Action = { atNs: this.nowNs, ...deed };
    const complaint = complainAboutAction(action, this.#options.cluster);
    if (complaint !== null) throw new Refused(complaint);
    this.#apply(action);
    await this.advanceTo(this.nowNs);
    return action;
  }

  /** Events recorded since the last call. */
  takeEvents(): TraceEvent[] {
    return this.#trace.take();
  }

  hash(): string {
    return this.#trace.hash();
  }

  machines(): MachineView[] {
    return this.#options.cluster.machines.map((spec) =>
      machineView(spec, this.#computer(spec.name), this.#served.get(spec.name) ?? 0),
    );
  }

  links(): LinkView[] {
    return this.#fabric.links();
  }

  /** The packets recorded so far as a pcapng file; null where the boot asked for no capture. */
  capture(): Uint8Array<ArrayBuffer> | null {
    return this.#capture?.bytes(this.nowNs) ?? null;
  }

  /** Ends the run; nothing of it happens any more. */
  stop(): void {
    this.#trace.close();
    this.#pump.stop();
    for (const computer of this.#computers.values()) computer.stop();
  }

  /** The host reports a promise that was rejected and not handled, made by the turn that ran last. */
  rejected(promise: unknown, reason: unknown): void {
    this.#lastProgram()?.realm.promiseRejected(0, promise, reason);
  }

  /** The host reports that such a promise was handled after all. */
  rejectionHandled(promise: unknown): void {
    this.#lastProgram()?.realm.promiseRejected(1, promise, undefined);
  }

  #lastProgram(): NodeProgram | undefined {
    const process = this.#pump.lastTurned;
    return process === null ? undefined : this.#programs.get(process);
  }

  #addComputer(spec: MachineSpec, index: number, random: Random): void {
    const address = 0x0a000001 + index;
    const node = this.#fabric.attach({
      name: spec.name,
      address,
      receive: (packet) => this.#computer(spec.name).receive(packet),
    });
    const computer = new Computer({
      name: spec.name,
      address,
      cores: spec.cores ?? 1,
      memoryMiB: spec.memoryMiB,
      stdin: spec.role === 'console' ? 'asleep' : (spec.stdin ?? 'closed'),
      kernelLog: (line) =>
        this.#record({ kind: 'log', machine: spec.name, stream: 'stderr', text: `kernel: ${line}\n` }),
      timeline: this.#timeline,
      random,
      image: this.#image,
      send: (packet) => this.#nested.sends(packet, address) && this.#fabric.send(node, packet),
      setPower: (on) => this.#fabric.setPower(node, on),
      makeProgram: (owner, process) => this.#makeProgram(spec, owner, process),
      turned: (process) => (this.#nested.isActive ? this.#nested : this.#pump).turned(process),
      changed: (state, why, code) =>
        this.#record({
          kind: 'machine',
          machine: spec.name,
          state,
          why,
          ...(code !== undefined && { code }),
        }),
    });
    if (spec.role === 'console') this.#fabric.setPower(node, false);
    this.#computers.set(spec.name, computer);
    this.#hosts.add(spec.name, address);
  }

  #makeProgram(spec: MachineSpec, computer: Computer, process: Process, child?: ChildSpec): NodeProgram {
    const program = new NodeProgram({
      library: this.#options.library,
      code: this.#options.code,
      process,
      ...(this.#options.collectGarbage && { collectGarbage: this.#options.collectGarbage }),
      ...(child === undefined ? mainOptions(spec, this.#options, computer.stdin) : childOptions(child)),
      machine: realmMachine({
        spec,
        computer,
        hosts: this.#hosts,
        process,
        log: (stream, text) => this.#record({ kind: 'log', machine: spec.name, stream, text }),
        later: (ns, task) => this.#timeline.schedule(this.nowNs + ns, task),
        nested: this.#nested,
        spawn: (asked) => this.#spawn(spec, computer, asked),
        ...(child === undefined ? {} : { stdio: child.stdio, thread: child.thread }),
      }),
      tell: (fact) => this.#tell(spec.name, fact),
    });
    this.#programs.set(process, program);
    return program;
  }

  #spawn(spec: MachineSpec, computer: Computer, child: ChildSpec): number | 'EAGAIN' {
    const make = (process: Process) => this.#makeProgram(spec, computer, process, child);
    return startChild(computer, child, make, (process) => this.#programs.delete(process));
  }

  #tell(machine: string, fact: Parameters<ConstructorParameters<typeof NodeProgram>[0]['tell']>[0]): void {
    if (fact.kind === 'publish') {
      this.#record({ ...fact, machine });
      return;
    }
    if (fact.side === 'server' && fact.phase === 'end')
      this.#served.set(machine, (this.#served.get(machine) ?? 0) + 1);
    const peer = fact.side === 'server' ? (this.#hosts.nameOf(fact.peer) ?? fact.peer) : fact.peer;
    this.#add((seq) => httpEvent(seq, this.nowNs, fact, machine, peer));
  }

  #record(fact: TraceFact): void {
    this.#add((seq) => ({ seq, atNs: this.nowNs, ...fact }));
  }

  #add(made: (seq: number) => TraceEvent): void {
    this.#nested.outside(() => this.#trace.add(made(this.#trace.count)));
  }

  #computer(name: string): Computer {
    const computer = this.#computers.get(name);
    assert(computer !== undefined, `machine ${name} is in the cluster`);
    return computer;
  }

  #apply(action: Action): void {
    this.#record({ kind: 'action', action });
    if (action.do === 'input') this.#computer(action.machine).input(utf8Bytes(action.text));
    else if ('machine' in action) applyToMachine(this.#computer(action.machine), action, this.#edits);
    else if (action.do !== 'edit') this.#faults.apply(action);
    else applyEdit(this.#computers.values(), this.#edits, `/srv/${action.path}`, utf8Bytes(action.text));
  }
}
