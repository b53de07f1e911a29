// The processor by itself, with devices and without a hypervisor: the program is in machine mode for real.
// Here traps are what the hardware makes of them. It is the measure for guest.ts: a program that runs under the
// hypervisor must not be able to tell the difference, except by its clock. Used by run.ts (--bare) and by tests.
import { Cpu } from './cpu.ts';
import { access, Devices } from './devices.ts';
import { Memory } from './memory.ts';
import type { Trap } from './traps.ts';
import { crash, type Verdict, verdictOf } from './verdict.ts';

export class Bare {
  readonly cpu: Cpu;
  readonly devices = new Devices();
  verdict: Verdict | undefined;
  isAsleep = false;
  instructions = 0;

  constructor(program: Uint8Array, bytes: number) {
    const memory = new Memory(new Uint8Array(bytes), 0, bytes);
    memory.fill(program);
    this.cpu = new Cpu(memory);
  }

  /** Runs `most` instructions, less if it ends; asleep, it only lets time pass. */
  run(most: number): void {
    const { cpu, devices } = this;
    const { csrs } = cpu.hart;
    const end = devices.now + most;
    while (devices.now < end && this.verdict === undefined) {
      csrs.mip = devices.pending();
      if ((csrs.mip & csrs.mie) !== 0) this.isAsleep = false;
      const until = Math.max(
        devices.now + 1,
        Math.min(end, devices.alarmAt > devices.now ? devices.alarmAt : end),
      );
      if (this.isAsleep) {
        devices.now = until;
        continue;
      }
      const interrupt = cpu.hart.interrupt();
      if (interrupt) this.#enter(interrupt);
      const stop = cpu.run(until - devices.now);
      this.instructions += cpu.ran;
      devices.now += cpu.ran;
      csrs.cycles = csrs.instructions = this.instructions;
      csrs.time = devices.now;
      csrs.ahead = 0;
      if (stop === 'tohost') this.verdict = verdictOf(cpu);
      else if (stop === 'wait') this.isAsleep = true;
      else if (stop && !access(cpu, stop, devices)) this.#enter(stop);
    }
  }

  #enter(what: Trap): void {
    const { cpu } = this;
    const { pc } = cpu;
    cpu.pc = cpu.hart.enter(what, pc);
    if (cpu.memory.place(cpu.pc, 4) < 0) this.verdict = crash(what, pc, cpu.hart.csrs.mtvec);
  }
}
