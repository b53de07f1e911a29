// One process of a machine: its event loop, its own clock, and its life from start to exit.
// Runs one callback of its program at a time (a turn), in the phases of Node's loop. Knows nothing of Node:
// the Program it is given does. The engine drains promise jobs after each turn, then calls settle().
// While it computes its clock runs ahead of the run's, and what happens to it waits.
import { assert } from '../base/assert.ts';
import type { Random } from '../base/random.ts';
import type { LevelScheduler } from '../base/timeline.ts';
import type { Cpu, CpuThread } from './cpu.ts';
import { EventLoop } from './event-loop.ts';
import type { Memory, ProcessMemory } from './memory.ts';
import { Polling } from './polling.ts';
import type { ProcessEnd, Program } from './program.ts';
import { defaultOf, SIGCONT, SIGKILL, SIGSTOP, signalName } from './signals.ts';

export type { ProcessEnd, Program } from './program.ts';

export interface ProcessHost {
  readonly timeline: LevelScheduler;
  readonly cpu: Cpu;
  readonly memory: Memory;
  /** Tells the engine that program code ran: promise jobs may be waiting. */
  turned(process: Process): void;
  ended(process: Process, end: ProcessEnd): void;
}

type Task = () => void;

export class Process {
  readonly pid: number;
  readonly random: Random;
  readonly memory: ProcessMemory;
  /** Stops its code, where it is killed in its own turn. */
  halt: () => void = () => undefined;
  /** Handles and requests that keep the process alive. */
  references = 0;
  /** Closes what the kernel holds for the process: sockets, files. Run once, at the end. */
  readonly onEnd = new Set<() => void>();
  /** Handlers of the program by the signal's number. */
  readonly onSignal = new Map<number, Set<() => void>>();
  state: 'running' | 'frozen' | 'ended' = 'running';

  readonly #host: ProcessHost;
  readonly #loop = new EventLoop();
  readonly #held: Task[] = [];
  #writesWaiting = 0;
  #program: Program | null = null;
  #timerSerial = 0;
  #turnScheduled = false;
  readonly #cpu: CpuThread;
  #turnStartNs = 0;
  readonly #polling = new Polling();
  #inTurn = false;
  #deferred = 0;
  #saidGoodbye = false;
  #exitAsked: ProcessEnd | null = null;

  constructor(pid: number, random: Random, host: ProcessHost) {
    this.pid = pid;
    this.random = random;
    this.#host = host;
    this.#cpu = host.cpu.add();
    this.memory = host.memory.add(pid, (why) => this.#killedNow({ code: null, signal: 'SIGKILL', why }));
  }

  /** Tells the scheduler when it will be started. */
  startsAt = (atNs: number): void => this.#cpu.expect(atNs);

  /** Starts the program at the present moment. */
  run(program: Program): void {
    assert(this.#program === null, 'a process runs one program');
    this.#program = program;
    this.post(() => program.start());
  }

  /** The process's own time, integer nanoseconds: ahead of the run's clock while it computes. */
  get nowNs(): number {
    return this.#inTurn ? this.#cpu.nowNs : this.#host.timeline.nowNs;
  }

  /** CPU time that it has had. */
  get cpuNs(): number {
    return this.#cpu.totalNs;
  }

  /** Reads the clock as a program does: a little time passes. */
  readClockNs(): number {
    if (this.#inTurn) this.#cpu.readClock();
    return this.nowNs;
  }

  /** Spends CPU time in the present turn. */
  compute(ns: number): void {
    if (this.#inTurn) this.#cpu.spend(ns);
  }

  /** Waits in the present turn: its clock goes on, and nothing is computed. */
  sleep(ns: number): void {
    if (this.#inTurn) this.#cpu.sleep(ns);
  }

  /** Queues a completion for the program (poll phase), or what a callback has left to do after its promise jobs. */
  post(task: Task, goesOn = false): void {
    if (this.state === 'ended') return;
    this.#loop[goesOn ? 'goOn' : 'post'](task);
    this.#scheduleTurn();
  }

  /** Queues a close callback (closing phase). */
  postClosing(task: Task): void {
    if (this.state === 'ended') return;
    this.#loop.postClosing(task);
    this.#scheduleTurn();
  }

  /** Arms the one timer of the loop; a later call replaces it. Milliseconds from the process's time. */
  armTimer(delayMs: number): void {
    const serial = ++this.#timerSerial;
    const atNs = this.nowNs + Math.max(1, Math.trunc(delayMs)) * 1e6;
    this.#host.timeline.schedule(atNs, () => {
      if (serial !== this.#timerSerial || this.state === 'ended') return;
      this.#loop.timersDue = true;
      this.#scheduleTurn();
    });
  }

  /**
   * Asks the kernel to do something at the process's own time: at once when it has not computed in this
   * turn, else when the run's clock gets there, if the process is still alive then.
   */
  kernel(effect: Task): void {
    if (this.#exitAsked !== null && this.#inTurn) return;
    if (this.actsAtOnce) {
      effect();
      return;
    }
    this.#deferred++;
    this.#host.timeline.schedule(this.nowNs, () => {
      this.#deferred--;
      if (this.state === 'frozen') this.#held.push(effect);
      else if (this.state === 'running') effect();
      // The last effect of a program that has nothing else to do: an empty turn finds that out.
      if (this.state === 'running' && !this.#inTurn && !this.#hasWork() && this.#isIdle())
        this.post(() => undefined);
    });
  }

  /** What the program asks of the kernel happens at once: it has not computed in this turn. */
  get actsAtOnce(): boolean {
    return !this.#inTurn || this.#cpu.nowNs === this.#turnStartNs;
  }

  /** Queues a completion some time from now. */
  after(ns: number, task: Task): void {
    this.#host.timeline.schedule(this.nowNs + ns, () => this.post(task));
  }

  /** Asks for the end after the present turn's effects: `process.exit`, an uncaught error, a guard. */
  askExit(end: ProcessEnd): void {
    if (this.#exitAsked !== null || this.state === 'ended') return;
    this.#exitAsked = end;
    if (!this.#inTurn) this.#end(end);
  }

  get isEnding(): boolean {
    return this.#exitAsked !== null || this.state === 'ended';
  }

  /** A write that must wait has begun: no turn runs until the function that it gives is called. */
  waitToWrite(): () => void {
    this.#writesWaiting++;
    return () => {
      this.#writesWaiting--;
      if (this.#program !== null && this.state === 'running' && this.#hasWork()) this.#scheduleTurn();
    };
  }

  freeze(): void {
    if (this.state === 'running') this.state = 'frozen';
  }

  thaw(): void {
    if (this.state !== 'frozen') return;
    this.state = 'running';
    for (const effect of this.#held.splice(0)) effect();
    if (this.#program !== null && this.#hasWork()) this.#scheduleTurn();
  }

  /** A signal reaches it: its handlers have their say, except for SIGKILL and SIGSTOP, which do not ask. */
  signal(number: number): void {
    if (this.state === 'ended' || number === 0) return;
    const { timeline } = this.#host;
    if (timeline.isBehind) return void timeline.schedule(timeline.nowNs, () => this.signal(number));
    if (number === SIGCONT) this.thaw();
    const handlers = number === SIGKILL || number === SIGSTOP ? undefined : this.onSignal.get(number);
    if (handlers !== undefined && handlers.size > 0) {
      for (const handler of handlers) handler();
      return;
    }
    const effect = defaultOf(number);
    const name = signalName(number) ?? `signal ${number}`;
    if (effect === 'stop') this.freeze();
    else if (effect === 'end') this.kill({ code: null, signal: name, why: `killed with ${name}` });
  }

  /** Ends it now, from outside: no program code runs any more. */
  kill(end: ProcessEnd): void {
    if (this.state !== 'ended') this.#end(end);
  }

  /** Killed at once, in its own turn too. */
  #killedNow(end: ProcessEnd): void {
    if (!this.#inTurn) this.kill(end);
    else {
      this.askExit(end);
      this.halt();
    }
  }

  /** After promise jobs ran: goes on with ticks, or closes the turn. True when program code ran again. */
  settle(): boolean {
    if (this.state === 'ended' || !this.#inTurn) return false;
    const program = this.#runningProgram();
    if (this.#exitAsked === null && program.runTicks()) return true;
    if (this.#exitAsked === null && !this.#hasWork() && this.#isIdle()) {
      if (!this.#saidGoodbye) {
        this.#saidGoodbye = true;
        program.beforeExit();
        return true;
      }
      const code = program.exit();
      this.askExit({ code, signal: null, why: `ended with code ${code}: nothing was left to do` });
    }
    this.#finishTurn();
    return false;
  }

  #runningProgram(): Program {
    assert(this.#program !== null, 'a process with turns has a program');
    return this.#program;
  }

  #hasWork(): boolean {
    return this.#loop.hasWork(this.#runningProgram(), this.#isIdle);
  }

  readonly #isIdle = (): boolean =>
    this.references === 0 && this.#deferred === 0 && !this.#runningProgram().isWaiting();

  #scheduleTurn(): void {
    if (this.#turnScheduled || this.#inTurn || this.state !== 'running' || this.#writesWaiting > 0) return;
    this.#turnScheduled = true;
    const { timeline } = this.#host;
    timeline.schedule(this.#cpu.wake(timeline.nowNs), () => this.#turn());
  }

  #turn(): void {
    this.#turnScheduled = false;
    if (this.state !== 'running' || this.#writesWaiting > 0 || !this.#hasWork()) {
      this.#cpu.rest();
      return;
    }
    this.#turnStartNs = this.#host.timeline.nowNs;
    this.#cpu.begin(this.#turnStartNs);
    this.#inTurn = true;
    this.#saidGoodbye = false;
    this.#runningProgram().begin();
    this.#loop.runOne(this.#runningProgram());
    this.#host.turned(this);
  }

  #finishTurn(): void {
    this.#runningProgram().leave();
    const end = this.#exitAsked;
    if (end === null) {
      const pollingNs = this.#polling.costNs(this.#turnStartNs, this.#loop.lastWasImmediate);
      if (pollingNs > 0) this.#cpu.spend(pollingNs);
      this.#cpu.end();
      this.#inTurn = false;
      if (this.#hasWork()) this.#scheduleTurn();
      return;
    }
    this.#cpu.end();
    const endNs = this.nowNs;
    this.#inTurn = false;
    if (endNs === this.#turnStartNs) this.#end(end);
    else this.#host.timeline.schedule(endNs, () => this.kill(end));
  }

  #end(end: ProcessEnd): void {
    this.state = 'ended';
    this.#inTurn = false;
    this.#loop.clear();
    this.#host.cpu.remove(this.#cpu);
    this.#host.memory.remove(this.memory);
    for (const close of this.onEnd) close();
    this.onEnd.clear();
    this.#host.ended(this, end);
  }
}
