// Runs one guest from a file: `node run.ts guest.bin [--bare] [--steps N]`. Prints what the guest prints and its
// verdict; exit code 0 for a pass, 1 for anything else. A guest is a flat binary, loaded at 0x80000000; it ends by a
// store to `tohost` at 0x80001000 (1: pass; another odd number: failed test number x 2 + 1).
// Runs it under the hypervisor (guest.ts), or with --bare on the processor itself (bare.ts).
import { readFileSync, statSync } from 'node:fs';
import { Bare } from './bare.ts';
import { Guest } from './guest.ts';
import { Memory } from './memory.ts';
import type { Verdict } from './verdict.ts';

const MEMORY_BYTES = 16 << 20;
const STEPS = 20_000_000;
const SLICE = 10_000;
const usage = 'node run.ts guest.bin [--bare] [--steps N]';

/** Ends this program: what was expected, what was found, what mends it. */
function refuse(expected: string, found: string, fix: string): never {
  console.error(`run.ts: expected ${expected}, found ${found}: ${fix}`);
  process.exit(1);
}

interface Asked {
  readonly path: string;
  readonly isBare: boolean;
  readonly steps: number;
}

function read(words: readonly string[]): Asked {
  const at = words.indexOf('--steps');
  const steps = at < 0 ? STEPS : Number(words[at + 1]);
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= 1e10))
    refuse('a number of steps from 1 to 10000000000', `'${words[at + 1] ?? ''}'`, usage);
  const others = words.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const [path, ...more] = others.filter((word) => word !== '--bare');
  if (path === undefined || more.length > 0 || path.startsWith('--'))
    refuse('one file', path === undefined ? 'none' : `'${[path, ...more].join(' ')}'`, usage);
  return { path, isBare: others.includes('--bare'), steps };
}

function programIn(path: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    const { size } = statSync(path);
    if (size > MEMORY_BYTES)
      refuse(
        `at most ${MEMORY_BYTES} bytes, the memory of a guest`,
        `${size} in ${path}`,
        'give a flat binary (objcopy -O binary)',
      );
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return refuse('a file that can be read', `${path} (${code})`, 'correct the path');
  }
  if (bytes.length === 0) refuse('a program', `${path}, which is empty`, 'assemble it again');
  return bytes;
}

/** At most `steps` cycles. Undefined: it had not ended by then. */
function play(program: Uint8Array, { isBare, steps }: Asked): Verdict | undefined {
  const print = (byte: number): void => void process.stdout.write(Uint8Array.of(byte));
  if (isBare) {
    const machine = new Bare(program, MEMORY_BYTES);
    machine.devices.onByte = print;
    while (machine.devices.now < steps && !machine.verdict) {
      machine.run(Math.min(SLICE, steps - machine.devices.now));
      if (machine.devices.alarmAt === Number.POSITIVE_INFINITY) machine.isAsleep = false;
    }
    return machine.verdict;
  }
  const guest = new Guest(new Memory(new Uint8Array(MEMORY_BYTES), 0, MEMORY_BYTES), program);
  guest.devices.onByte = print;
  for (let now = 0; now < steps && !guest.verdict; ) {
    now += guest.run(now, Math.min(SLICE, steps - now));
    if (!guest.isAsleep) continue;
    // Nobody else wants the processor, so time leaps to the alarm. Where none is set wfi does nothing, as it may.
    const { alarmAt } = guest.devices;
    if (alarmAt < Number.POSITIVE_INFINITY) now = Math.max(now + 1, Math.min(alarmAt, steps));
    guest.wake(now);
    if (alarmAt <= now || alarmAt === Number.POSITIVE_INFINITY) guest.isAsleep = false;
  }
  return guest.verdict;
}

const asked = read(process.argv.slice(2));
const verdict = play(programIn(asked.path), asked) ?? {
  pass: false,
  words: `has not ended after ${asked.steps} steps: it loops, or needs more (--steps)`,
};
console.log(`${asked.path}: ${verdict.words}`);
process.exitCode = verdict.pass ? 0 : 1;
