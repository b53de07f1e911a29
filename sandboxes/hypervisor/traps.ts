// What a trap is, and its causes by number (RISC-V privileged specification, `mcause`).
// A trap is a value: the processor returns it, and whoever runs the processor decides. Used by cpu.ts, system.ts,
// bare.ts and guest.ts.

export const CAUSE = {
  misalignedFetch: 0,
  fetch: 1,
  illegal: 2,
  breakpoint: 3,
  load: 5,
  store: 7,
  callFromUser: 8,
  callFromMachine: 11,
} as const;

/** An interrupt has the highest bit set: nothing went wrong, something came. */
export const INTERRUPT = { timer: 0x80000007, external: 0x8000000b } as const;

export interface Trap {
  readonly cause: number;
  /** The address or the instruction that it is about, else 0: what `mtval` will say. */
  readonly value: number;
}

export function trap(cause: number, value = 0): Trap {
  return { cause, value: value >>> 0 };
}

export function hex(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}

/** A trap in words, for people: 'store to 0x00000000, outside its memory'. */
export function inWords({ cause, value }: Trap): string {
  switch (cause) {
    case CAUSE.misalignedFetch:
      return `jump to ${hex(value)}, which is no multiple of 4`;
    case CAUSE.fetch:
      return `instruction fetched from ${hex(value)}, outside its memory`;
    case CAUSE.illegal:
      return `illegal instruction ${hex(value)}`;
    case CAUSE.breakpoint:
      return 'ebreak';
    case CAUSE.load:
      return `load from ${hex(value)}, outside its memory`;
    case CAUSE.store:
      return `store to ${hex(value)}, outside its memory`;
    default:
      return 'ecall';
  }
}
