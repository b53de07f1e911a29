// A guest of the hypervisor, by trap-and-emulate: the program believes to be in machine mode, and is in user mode.
// Whatever would touch the machine traps, and `#emulate` does it to the hart that the guest believes in. All other
// instructions run on the processor itself. Refuses nothing quietly: what the guest may not do, the guest is told.
// Knows no other guest: when it runs and for how long is said by hypervisor.ts.
import { Cpu } from './cpu.ts';
import { access, Devices } from './devices.ts';
import { OPCODE } from './encoding.ts';
import type { Memory } from './memory.ts';
import { Hart, system } from './system.ts';
import { CAUSE, type Trap, trap } from './traps.ts';
import { crash, type Verdict, verdictOf } from './verdict.ts';

/** What a trap into the hypervisor and back costs, in cycles of one instruction each. Chosen; real ones cost more. */
export const EXIT_CYCLES = 20;

export class Guest {
  readonly cpu: Cpu;
  /** The hart that the guest believes in: its mode and control registers, as far as it can tell. */
  readonly hart = new Hart();
  readonly devices = new Devices();
  readonly memory: Memory;
  /** Waits for an interrupt. */
  isAsleep = false;
  verdict: Verdict | undefined;
  instructions = 0;
  /** Traps that the hypervisor had to handle. */
  exits = 0;

  constructor(memory: Memory, program: Uint8Array) {
    memory.fill(program);
    this.memory = memory;
    this.cpu = new Cpu(memory);
    this.cpu.hart.mode = 'user'; // And so it stays: no guest ever leaves user mode.
  }

  /** Runs from cycle `now` on, up to `most` cycles; less if it sleeps or ends. Gives the cycles that it took. */
  run(now: number, most: number): number {
    let used = 0;
    while (used < most && !this.isAsleep && this.verdict === undefined) {
      this.#tick(now + used);
      const toAlarm = this.devices.alarmAt - (now + used);
      const stop = this.cpu.run(Math.max(1, Math.min(most - used, toAlarm > 0 ? toAlarm : most)));
      used += this.cpu.ran;
      if (stop === 'tohost') this.verdict = verdictOf(this.cpu);
      if (stop === undefined || typeof stop === 'string') this.#count(this.cpu.ran, this.cpu.ran);
      else {
        // The one that trapped is counted last, so that it does not see itself in the counters.
        this.#count(this.cpu.ran + EXIT_CYCLES, this.cpu.ran - 1);
        used += EXIT_CYCLES;
        this.devices.now = this.hart.csrs.time = now + used;
        this.exits++;
        this.#emulate(stop);
        this.#count(0, 1);
      }
    }
    return used;
  }

  // #region emulate
  /** The guest has trapped. Does for it what it wanted to do, or hands the trap on to its own handler. */
  #emulate(what: Trap): void {
    const { cpu, hart } = this;
    if (access(cpu, what, this.devices)) return;
    if (what.cause === CAUSE.illegal && (what.value & 0x7f) === OPCODE.system) {
      // Privileged, perhaps: by the processor's own rules, on the hart that the guest believes in.
      const outcome = system(what.value, cpu, hart);
      if (outcome === 'wait') this.isAsleep = true;
      else if (outcome) this.#reflect(outcome);
    } else if (what.cause === CAUSE.callFromUser && hart.mode === 'machine') {
      this.#reflect(trap(CAUSE.callFromMachine));
    } else this.#reflect(what);
  }

  /** The trap is the guest's own affair: its handler runs, as on a machine of its own. */
  #reflect(what: Trap): void {
    const { cpu, hart } = this;
    const { pc } = cpu;
    cpu.pc = hart.enter(what, pc);
    if (cpu.memory.place(cpu.pc, 4) < 0) this.verdict = crash(what, pc, hart.csrs.mtvec);
  }
  // #endregion

  /** Wakes the guest if one of its devices asks for that. */
  wake(now: number): void {
    this.devices.now = now;
    if ((this.devices.pending() & this.hart.csrs.mie) !== 0) this.isAsleep = false;
  }

  /** Before each stretch: sets the clock, and injects an interrupt that is due. */
  #tick(now: number): void {
    const { hart, devices } = this;
    devices.now = hart.csrs.time = now;
    hart.csrs.mip = devices.pending();
    const interrupt = hart.interrupt();
    if (interrupt) this.#reflect(interrupt);
  }

  #count(cycles: number, instructions: number): void {
    const { csrs } = this.hart;
    this.instructions += instructions;
    csrs.cycles += cycles;
    csrs.instructions += instructions;
  }
}
