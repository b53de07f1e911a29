// The devices that a guest believes in: a console, a timer, and a counter of the time that was taken from it.
// They live at addresses where there is no memory, so each access traps, and `access` carries it out.
// Knows no host: bytes that a guest prints go to `onByte`. Used by guest.ts and bare.ts.
import { PENDING } from './csrs.ts';
import { funct3Of, OPCODE, rdOf, rs2Of } from './encoding.ts';
import type { Memory } from './memory.ts';
import { CAUSE, type Trap } from './traps.ts';

/** Each register is a word. The timer is where the usual RISC-V machines have it. */
export const DEVICE = {
  /** Cycle at which the timer rings (`mtimecmp`), lower and upper half. */
  alarm: 0x02004000,
  /** Cycles since the machine was switched on (`mtime`), lower and upper half. Read only. */
  time: 0x0200bff8,
  /** Write a byte to print it; read the next byte typed, or -1 if there is none. */
  console: 0x10000000,
  /** Cycles in which the guest wanted to run and did not. Real hypervisors tell their guests, too. Read only. */
  steal: 0x10001000,
} as const;

const NEVER = 0xffffffff;
/** More than this typed ahead is lost, as on a real console. */
const TYPED_MAX = 4096;

export class Devices {
  now = 0;
  stolen = 0;
  onByte: (byte: number) => void = () => {};
  #alarm = [NEVER, NEVER] as [number, number];
  #typed: number[] = [];

  type(text: string): void {
    for (const letter of text)
      if (this.#typed.length < TYPED_MAX) this.#typed.push(letter.charCodeAt(0) & 0xff);
  }

  /** Cycle at which the timer rings; infinite where none is set. */
  get alarmAt(): number {
    const [low, high] = this.#alarm;
    return high === NEVER ? Number.POSITIVE_INFINITY : high * 2 ** 32 + low;
  }

  /** Interrupts that the devices ask for at the moment: bits of `mip`. */
  pending(): number {
    return (this.now >= this.alarmAt ? PENDING.timer : 0) | (this.#typed.length > 0 ? PENDING.external : 0);
  }

  /** What a register says; undefined where there is none. */
  read(address: number): number | undefined {
    switch (address) {
      case DEVICE.console:
        return this.#typed.shift() ?? -1;
      case DEVICE.steal:
        return this.stolen | 0;
      case DEVICE.time:
        return this.now | 0;
      case DEVICE.time + 4:
        return (this.now / 2 ** 32) | 0;
      case DEVICE.alarm:
        return this.#alarm[0] | 0;
      case DEVICE.alarm + 4:
        return this.#alarm[1] | 0;
      default:
        return undefined;
    }
  }

  /** False where there is no such register, or it cannot be written. */
  write(address: number, value: number): boolean {
    if (address === DEVICE.console) this.onByte(value & 0xff);
    else if (address === DEVICE.alarm) this.#alarm[0] = value >>> 0;
    else if (address === DEVICE.alarm + 4) this.#alarm[1] = value >>> 0;
    else return false;
    return true;
  }
}

interface Computer {
  pc: number;
  readonly x: Int32Array;
  readonly memory: Memory;
}

/** Carries out the load or store that trapped, if it was meant for a device. False: it was not. */
export function access(cpu: Computer, { cause, value: address }: Trap, devices: Devices): boolean {
  if (cause !== CAUSE.load && cause !== CAUSE.store) return false;
  const word = cpu.memory.word(cpu.memory.place(cpu.pc, 4));
  if ((word & 0x7f) === OPCODE.store) {
    if (!devices.write(address, cpu.x[rs2Of(word)] as number)) return false;
  } else {
    const found = devices.read(address);
    if (found === undefined) return false;
    if (rdOf(word) !== 0) cpu.x[rdOf(word)] = narrowed(found, funct3Of(word));
  }
  cpu.pc = (cpu.pc + 4) >>> 0;
  return true;
}

/** As lb, lh, lw, lbu and lhu leave it in a register. */
function narrowed(value: number, funct3: number): number {
  if (funct3 === 2) return value;
  const free = funct3 % 4 === 0 ? 24 : 16;
  return funct3 >= 4 ? (value << free) >>> free : (value << free) >> free;
}
