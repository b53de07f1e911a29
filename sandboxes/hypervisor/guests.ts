// The programs of the guests, in the assembly language of RISC-V. Edit them: they are assembled when a guest is booted.
// A guest sees its memory from 0x80000000 on and a console at 0x10000000, and believes that it has a machine of its own.
// Assembled by host.ts; the language is in assembler/assemble.ts.

/** Works without end: turn after turn of a sum. A line on its console makes it print how many turns, and the sum. */
const spin = `
        la   t0, typed
        csrw mtvec, t0          # on an interrupt, go there
        li   t0, 0x800
        csrw mie, t0            # a byte on the console is one
        csrsi mstatus, 8        # from now on
        li   s0, 0x10000000     # the console
        li   s1, 0              # turns
        li   s2, 1              # the sum
        li   s4, 0              # lines typed and not answered
        li   s5, 10             # the end of a line
turn:   slli t2, s2, 2          # sum = 5 * sum + 1 ...
        add  s2, s2, t2
        addi s2, s2, 1
        srli t2, s2, 7          # ... and mixed, so that nobody can leap ahead
        xor  s2, s2, t2
        addi s1, s1, 1
        beqz s4, turn
        addi s4, s4, -1
        li   a0, '='
        sw   a0, 0(s0)
        mv   a1, s1
        call print
        li   a0, ' '
        sw   a0, 0(s0)
        mv   a1, s2
        call print
        sw   s5, 0(s0)
        j    turn

typed:  lw   s6, 0(s0)          # the interrupt: the next byte typed, -1: no more
        bltz s6, back
        bne  s6, s5, typed
        addi s4, s4, 1
        j    typed
back:   mret
`;

/** Sleeps until a line with a number is typed; then does so many turns and prints the sum. */
const serve = `
        li   s0, 0x10000000     # the console
        li   t0, 0x800
        csrw mie, t0            # a byte on the console ends a sleep
        li   t4, 10
sleep:  wfi
next:   lw   a0, 0(s0)
        bltz a0, sleep
        beq  a0, t4, work       # the end of a line
        addi a0, a0, -48
        slli a1, s1, 3          # number = 10 * number + digit
        slli s1, s1, 1
        add  s1, s1, a1
        add  s1, s1, a0
        j    next
work:   li   s2, 1
turn:   beqz s1, tell
        slli a1, s2, 2
        add  s2, s2, a1
        addi s2, s2, 1
        addi s1, s1, -1
        j    turn
tell:   li   a0, '='
        sw   a0, 0(s0)
        mv   a1, s2
        call print
        sw   t4, 0(s0)
        j    next
`;

// #region wild
/** Sleeps for ten seconds, then writes to the first address after its 64 KiB: into its neighbor's memory. */
const wild = `
        li   t0, 0x80
        csrw mie, t0            # the timer ends a sleep
        li   t1, 0x02004000     # when it rings: after so many cycles
        li   t2, 2000000
        sw   t2, 0(t1)
        sw   zero, 4(t1)
        wfi                     # sleep until then
        li   a0, 0x80010000     # the first address that is not its own
        li   a1, 0xbad
        sw   a1, 0(a0)          # here it ends
`;
// #endregion

/** Once a second: prints the second, and how many cycles were taken from it up to now. */
const clock = `
        li   s0, 0x10000000
        li   s1, 0x02004000     # the alarm of the timer
        li   s2, 200000         # cycles of a second
        li   s3, 0x10001000     # the counter of steal
        li   t0, 0x80
        csrw mie, t0
        mv   s4, zero
        mv   s5, zero
        sw   zero, 4(s1)
second: add  s4, s4, s2
        addi s5, s5, 1
        sw   s4, 0(s1)
        wfi
        mv   a1, s5
        call print
        li   a0, ' '
        sw   a0, 0(s0)
        lw   a1, 0(s3)
        call print
        li   a0, 10
        sw   a0, 0(s0)
        j    second
`;

/** Prints a1 in eight hexadecimal digits on the console, whose address is in s0. Uses a0, a1, a2, t1. */
const print = `
print:  li   a2, 8
digit:  srli a0, a1, 28
        slli a1, a1, 4
        li   t1, 10
        blt  a0, t1, below
        addi a0, a0, 39
below:  addi a0, a0, 48
        sw   a0, 0(s0)
        addi a2, a2, -1
        bnez a2, digit
        ret
`;

export const guests: Readonly<Record<string, string>> = {
  spin: spin + print,
  serve: serve + print,
  wild,
  clock: clock + print,
};
