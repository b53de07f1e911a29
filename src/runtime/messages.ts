// What a data center's thread may say, checked before anyone believes it: the thread ran strangers' code.
// Called by the runtimes for every reply. Unknown or misshapen messages end the run.
import * as z from 'zod/mini';
import type { Action } from '../datacenter/contract.ts';
import type { Reply } from '../datacenter/worker/protocol.ts';

/** Longest text in one message field. */
const TEXT_MAX = 1_000_000;
const EVENTS_MAX = 2_000_000;

const text = z.string().check(z.maxLength(TEXT_MAX));
const ns = z.int().check(z.nonnegative());
const pair = <T extends z.ZodMiniType>(type: T) => z.tuple([type, type]);
const state = z.enum(['up', 'frozen', 'off', 'killed', 'exited', 'crashed']);
const machineDeed = z.enum(['kill', 'freeze', 'thaw', 'powerOff', 'restart', 'replace']);
const oneWay = z.optional(z.boolean());

const action = z.union([
  z.object({ atNs: ns, do: machineDeed, machine: text, torn: z.optional(z.boolean()) }),
  z.object({ atNs: ns, do: z.literal('slowDisk'), machine: text, ms: z.number() }),
  z.object({ atNs: ns, do: z.enum(['fullDisk', 'failDisk', 'mendDisk']), machine: text }),
  z.object({ atNs: ns, do: z.literal('input'), machine: text, text }),
  z.object({ atNs: ns, do: z.enum(['cut', 'mend']), from: text, to: text, oneWay }),
  z.object({ atNs: ns, do: z.enum(['delay', 'jitter']), from: text, to: text, ms: z.number(), oneWay }),
  z.object({
    atNs: ns,
    do: z.enum(['loss', 'duplicate', 'corrupt']),
    from: text,
    to: text,
    chance: z.number(),
    oneWay,
  }),
  z.object({
    atNs: ns,
    do: z.literal('reorder'),
    from: text,
    to: text,
    chance: z.number(),
    ms: z.number(),
    oneWay,
  }),
  z.object({
    atNs: ns,
    do: z.literal('slow'),
    from: text,
    to: text,
    kilobitsPerSecond: z.number(),
    oneWay,
  }),
  z.object({ atNs: ns, do: z.literal('edit'), path: text, text }),
]);

const at = { seq: z.int(), atNs: ns };
const event = z.discriminatedUnion('kind', [
  z.object({
    ...at,
    kind: z.literal('packet'),
    from: text,
    to: text,
    protocol: z.enum(['tcp', 'udp', 'icmp']),
    flags: text,
    fromPort: z.int(),
    toPort: z.int(),
    bytes: z.int(),
    arrivesNs: z.nullable(ns),
    lost: z.optional(z.enum(['cut', 'loss', 'power', 'corrupt', 'queue'])),
  }),
  z.object({
    ...at,
    kind: z.literal('http'),
    machine: text,
    side: z.enum(['server', 'client']),
    phase: z.enum(['start', 'end', 'error']),
    id: z.int(),
    method: text,
    url: text,
    peer: text,
    status: z.optional(z.number()),
    error: z.optional(text),
  }),
  z.object({ ...at, kind: z.literal('publish'), machine: text, channel: text, value: z.json() }),
  z.object({ ...at, kind: z.literal('log'), machine: text, stream: z.enum(['stdout', 'stderr']), text }),
  z.object({ ...at, kind: z.literal('machine'), machine: text, state, why: text, code: z.optional(z.int()) }),
  z.object({ ...at, kind: z.literal('action'), action }),
]);

const machine = z.object({
  name: text,
  address: text,
  role: z.enum(['client', 'server', 'console']),
  state,
  served: z.int(),
  busyNs: z.optional(z.number().check(z.nonnegative())),
});
const link = z.object({
  a: text,
  b: text,
  cut: pair(z.boolean()),
  delayMs: pair(z.number()),
  loss: pair(z.number()),
  jitterMs: z.optional(pair(z.number())),
  duplicate: z.optional(pair(z.number())),
  reorder: z.optional(pair(z.number())),
  corrupt: z.optional(pair(z.number())),
  kilobitsPerSecond: z.optional(pair(z.number())),
});
/** Of a batch, what every runtime says. */
export const batchShape = {
  nowNs: ns,
  events: z.array(event).check(z.maxLength(EVENTS_MAX)),
  machines: z.array(machine),
  links: z.array(link),
  idle: z.boolean(),
};
const batch = z.object({ ...batchShape, hash: z.string().check(z.regex(/^[0-9a-f]{16}$/)) });
export const complaintSchema = z.object({
  expected: text,
  found: text,
  fix: text,
  file: z.optional(text),
  line: z.optional(z.int()),
  column: z.optional(z.int()),
});

const call = z.int();
const reply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('batch'), call, batch }),
  z.object({ kind: z.literal('done'), call }),
  z.object({ kind: z.literal('capture'), call, bytes: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('refused'), call, complaint: complaintSchema }),
  z.object({ kind: z.literal('failed'), call, message: text }),
  z.object({ kind: z.literal('incomplete'), call, needs: z.array(z.enum(['library', 'compiler'])) }),
  z.object({ kind: z.literal('alive') }),
]);

/** One action of a link or a file, or null where it is none. What the cluster makes of it the engine says. */
export function readAction(value: unknown): Action | null {
  const result = action.safeParse(value);
  return result.success ? (result.data as Action) : null;
}

/** The message as a reply, or null where it is none. Never throws. */
export function readReply(message: unknown): Reply | null {
  try {
    const result = reply.safeParse(message);
    return result.success ? (result.data as Reply) : null;
  } catch {
    // Nested so deep that reading it ran out of stack.
    return null;
  }
}
