// One machine: power, disk, cores, kernel, and the processes that run on it. The one that the machine was started
// with, its main process, decides the machine's state. Knows nothing of Node: it is given a maker of programs.
// Called by the engine's door for boot and faults, and by programs that start others.
import type { Random } from '../base/random.ts';
import type { Timeline } from '../base/timeline.ts';
import type { MachineState } from '../contract.ts';
import type { Packet } from '../network/packet.ts';
import { Cpu } from './cpu.ts';
import { Disk } from './disk.ts';
import type { LowerFolder } from './disk-image.ts';
import { Memory } from './memory.ts';
import { type PipeEnd, pipePair } from './pipe.ts';
import { Process, type ProcessEnd, type Program } from './process.ts';
import { ProcessTable } from './process-table.ts';
import { TcpStack } from './tcp-stack.ts';
import { UdpStack } from './udp.ts';
import { UnixSockets } from './unix-sockets.ts';

/** From asking for a restart to the program's first line, as a Node process takes. */
const RESTART_NS = 40_000_000;
/** The same of a thread in a process that runs. */
const THREAD_START_NS = 10_000_000;
/** From asking for another machine to its power: a prepared image boots in some seconds. */
const REPLACE_NS = 5_000_000_000;

export interface ComputerOptions {
  readonly name: string;
  readonly address: number;
  readonly cores: number;
  readonly memoryMiB: number | undefined;
  /** `asleep`: without power until the first input. */
  readonly stdin: 'closed' | 'open' | 'asleep';
  readonly timeline: Timeline;
  readonly random: Random;
  /** What its disk holds at first. */
  readonly image: LowerFolder;
  readonly send: (packet: Packet) => void;
  readonly setPower: (on: boolean) => void;
  readonly makeProgram: (computer: Computer, process: Process) => Program;
  readonly turned: (process: Process) => void;
  /** What the kernel has to say. */
  readonly kernelLog: (line: string) => void;
  readonly changed: (state: MachineState, why: string, code?: number) => void;
}

export class Computer {
  readonly name: string;
  readonly address: number;
  disk: Disk;
  readonly cpu: Cpu;
  readonly memory: Memory;
  tcp: TcpStack;
  udp: UdpStack;
  readonly unix: UnixSockets;
  state: MachineState = 'off';
  bootedNs = 0;
  /** The main process. */
  process: Process | null = null;
  /** Standard input of the main process, as it reads it; null where it is at its end. */
  stdin: PipeEnd | null = null;
  readonly processes = new ProcessTable();

  readonly #options: ComputerOptions;
  /** Where `input` writes. */
  #keyboard: PipeEnd | null = null;
  #starts = 0;
  #boots = 0;
  #powerCuts = 0;

  constructor(options: ComputerOptions) {
    this.#options = options;
    this.name = options.name;
    this.address = options.address;
    this.cpu = new Cpu(options.cores);
    this.memory = new Memory(options.memoryMiB, () => this.tcp.queuedBytes, options.kernelLog);
    this.disk = this.#newDisk();
    this.tcp = this.#newKernel();
    this.udp = new UdpStack(options);
    this.unix = new UnixSockets(this.disk);
  }

  receive(packet: Packet): void {
    if (packet.protocol === 'tcp') this.tcp.receive(packet);
    else this.udp.receive(packet);
  }

  /** Power on, where it is off, and the program started, at the present moment. */
  start(why: string): void {
    const { timeline, random, changed, makeProgram } = this.#options;
    if (this.state === 'off') this.bootedNs = timeline.nowNs;
    this.#starts++;
    const process = this.#newProcess(random.split(`process ${this.#starts}`));
    this.#openInput(process);
    this.processes.add({
      pid: process.pid,
      parent: 1,
      process,
      command: [],
      ended: (end) => this.#ended(process, end),
    });
    this.process = process;
    this.state = 'up';
    changed('up', why);
    process.run(makeProgram(this, process));
  }

  /** Types to the main process; a sleeping machine wakes by it. */
  input(bytes: Uint8Array): void {
    if (this.state === 'off' && this.#starts === 0) {
      this.#options.setPower(true);
      this.start('somebody sat down at it');
    }
    const taken = this.#keyboard?.write(bytes) ?? 0;
    if (taken < bytes.length)
      this.#options.kernelLog(
        `${bytes.length - taken} of ${bytes.length} bytes of input were lost: ${this.process === null ? 'no program runs' : 'its program does not read them'}`,
      );
  }

  /** A process started by another at `atNs`; `make` gives its program when it is ready to run. */
  spawn(options: {
    readonly atNs: number;
    readonly parent: number;
    readonly command: readonly string[];
    readonly isThread?: boolean;
    readonly make: (process: Process) => Program;
    readonly ended: (end: ProcessEnd) => void;
  }): Process {
    const { parent, command, ended, make } = options;
    const atNs = options.atNs + (options.isThread ? THREAD_START_NS : RESTART_NS);
    const pid = this.processes.nextPid();
    const process = this.#newProcess(this.#options.random.split(`child ${pid}`), pid);
    this.processes.add({ pid, parent, process, command, ended });
    process.startsAt(atNs);
    this.#options.timeline.schedule(atNs, () => {
      if (process.state !== 'ended') process.run(make(process));
    });
    return process;
  }

  /** Everything that runs on it ends, asked by nobody: the main process first. */
  kill(): void {
    this.#endAll({ code: null, signal: 'SIGKILL', why: 'killed with SIGKILL' });
  }

  freeze(): void {
    if (this.state !== 'up') return;
    for (const { process } of this.processes.all()) process.freeze();
    this.#change('frozen', 'frozen with SIGSTOP: its kernel still accepts, nobody answers');
  }

  thaw(): void {
    if (this.state !== 'frozen') return;
    this.#change('up', 'goes on after SIGCONT');
    for (const { process } of this.processes.all()) process.thaw();
  }

  /** Silence: kernel and page cache forget everything, the process ends without a word. `torn`: see disk.ts. */
  powerOff(torn = false): void {
    this.#powerCuts++;
    if (this.state === 'off') {
      this.#options.setPower(false); // It may just have come back, for a start that will not be.
      return;
    }
    this.process = null;
    this.tcp.crash();
    this.udp.crash();
    this.unix.crash();
    this.disk.powerLost(torn ? this.#options.random.split(`torn ${this.#boots}`) : null);
    this.#options.setPower(false);
    this.#change('off', 'lost its power');
    this.#endAll({ code: null, signal: null, why: 'the power went' });
  }

  /** Program started again, after a running one was killed and power is back; takes a little time, and power all along. */
  restart(why = 'started again'): void {
    this.kill();
    if (this.state === 'off') {
      this.#boots++;
      this.#options.setPower(true);
      this.tcp = this.#newKernel();
      this.udp = new UdpStack(this.#options);
    }
    const [start, cut] = [this.#starts, this.#powerCuts];
    this.#options.timeline.schedule(this.#options.timeline.nowNs + RESTART_NS, () => {
      if (start === this.#starts && cut === this.#powerCuts) this.start(why);
    });
  }

  /** Another machine in its place: silence until it has power, then nothing that knew the old one's connections. */
  replace(): void {
    this.powerOff();
    this.disk = this.#newDisk();
    const { timeline } = this.#options;
    const replaced = this.disk;
    timeline.schedule(timeline.nowNs + REPLACE_NS, () => {
      if (this.state === 'off' && this.disk === replaced) this.restart('fresh, with its disk as shipped');
    });
  }

  /** The run is over: nothing of this machine goes on. */
  stop(): void {
    this.tcp.crash();
    this.udp.crash();
    this.unix.crash();
    this.#endAll({ code: null, signal: null, why: 'the run was stopped' });
  }

  #newProcess(random: Random, pid = this.processes.nextPid()): Process {
    const { timeline, turned } = this.#options;
    const ended = (process: Process, end: ProcessEnd) => void this.processes.ended(process, end);
    return new Process(pid, random, {
      timeline: timeline.here(),
      cpu: this.cpu,
      memory: this.memory,
      turned,
      ended,
    });
  }

  #openInput(process: Process): void {
    if (this.#options.stdin === 'closed') return;
    const [keyboard, stdin] = pipePair();
    this.#keyboard = keyboard;
    this.stdin = stdin;
    process.onEnd.add(() => stdin.close());
  }

  #endAll(end: ProcessEnd): void {
    for (const { process } of this.processes.all()) process.kill(end);
  }

  #newDisk(): Disk {
    const { image, timeline } = this.#options;
    return new Disk(image, () => Math.max(this.process?.nowNs ?? 0, timeline.nowNs));
  }

  #newKernel(): TcpStack {
    const { timeline, random, address, send } = this.#options;
    return new TcpStack({ scheduler: timeline, random: random.split(`tcp ${this.#boots}`), address, send });
  }

  #ended(process: Process, end: ProcessEnd): void {
    if (process !== this.process) return;
    this.process = null;
    if (end.signal !== null) this.#change('killed', end.why);
    else this.#change(end.code === 0 ? 'exited' : 'crashed', end.why, end.code ?? undefined);
  }

  #change(state: MachineState, why: string, code?: number): void {
    this.state = state;
    this.#options.changed(state, why, code);
  }
}
