// The words that everyone outside the engine shares with it: clusters, actions, trace events, views.
// Types only, imports nothing. Every layer may import it; the engine's door is datacenter.ts.
// Times are integer nanoseconds of virtual time since the start of the run (`…Ns`), or milliseconds (`…Ms`)
// where a person writes them.

/** What a cluster file says. Validated by runtime/cluster.ts (files) and again by the engine (limits). */
export interface ClusterSpec {
  readonly name: string;
  readonly title: string;
  readonly machines: readonly MachineSpec[];
  readonly links?: {
    /** For every pair of machines that `between` does not name. */
    readonly default?: LinkSpec;
    readonly between?: readonly (LinkSpec & { readonly a: string; readonly b: string })[];
  };
  /** What a cockpit draws of the state that machines publish. The engine does not look at it. */
  readonly watch?: readonly WatchSpec[];
}

/** Something worth watching in what machines publish on `brownout:state`. */
export interface WatchSpec {
  readonly label: string;
  readonly machines: readonly string[];
  /** Keys joined by dots, from the published object down. One may be `*`: a line for each key that is there. */
  readonly path: string;
  /** `share` is a number from 0 to 1, drawn as percent. `text` is a word that changes now and then. */
  readonly kind: 'number' | 'share' | 'text';
  /** Of a number, such as `ms` or `records`. */
  readonly unit?: string;
  /** What stands for a second of a number: its last value (default), its mean over that time, or the highest. */
  readonly each?: 'last' | 'mean' | 'most';
  /** A sentence or two for the reader. */
  readonly about?: string;
}

export interface MachineSpec {
  /** Also its host name: `http://app1/` works from any machine of the cluster. */
  readonly name: string;
  /** File of the sandbox's folder that the machine runs, such as `balancer.ts`. */
  readonly program: string;
  readonly arguments?: readonly string[];
  /**
   * Environment. `${app1:80}` in a value becomes the host and port at which this machine reaches port 80 of
   * app1: `app1:80` in the data center, `127.0.0.1:41003` where real processes share one computer.
   */
  readonly env?: Readonly<Record<string, string>>;
  /** Variable name to port: `{"PORT": 80}` sets PORT to the port on which the program must listen. */
  readonly listens?: Readonly<Record<string, number>>;
  readonly cores?: number;
  /**
   * Memory for its processes, 64 to 65,536; what takes more is killed (OOM). Each process takes 40 MiB, and every
   * buffer of 64 KiB or more that it makes counts until it ends. Without it a turn may make 1024 MiB of buffers.
   */
  readonly memoryMiB?: number;
  /**
   * DNS servers that it asks, on port 53: names of machines or IPv4 addresses, in this order (resolv.conf). Names
   * of the cluster resolve without them; `dns.lookup` asks them for all others, `dns.resolve*` for every name.
   */
  readonly nameServers?: readonly string[];
  /**
   * `client` stands for the outside world: drawn at the edge, no faults offered. `console` is the reader's own: it has
   * no power until the first `input`. Default `server`.
   */
  readonly role?: MachineRole;
  /** Keeps the standard input of its program open for `input`; it is at its end otherwise. A console's is open. */
  readonly stdin?: 'open';
}

export type MachineRole = 'client' | 'server' | 'console';

export interface LinkSpec {
  /** One way, milliseconds. Default 0.25. */
  readonly latencyMs?: number;
  /** Chance of losing a packet, 0 to 1. Default 0. */
  readonly loss?: number;
  /** Each packet takes up to so many milliseconds longer. Default 0. */
  readonly jitterMs?: number;
  /** Each way, with headers; what has to wait for longer than 64 KiB take is dropped. Default: without limit. */
  readonly kilobitsPerSecond?: number;
}

/** A reader's click, or a line of a scenario. Applied when the run's clock reaches `atNs`. */
export type Action = { readonly atNs: number } & Deed;

export type Deed =
  /** `torn`, with powerOff only: of unsynced writes, each block of 4 KiB has reached the disk or not, by chance. */
  | { readonly do: MachineDeed; readonly machine: string; readonly torn?: boolean }
  /** Every call of the machine's programs that reads, writes or syncs takes `ms` longer. */
  | { readonly do: 'slowDisk'; readonly machine: string; readonly ms: number }
  | { readonly do: DiskDeed; readonly machine: string }
  /** Types into the standard input of the machine's program, which has it open. What nobody reads is lost. */
  | { readonly do: 'input'; readonly machine: string; readonly text: string }
  /** `mend` takes every fault off the link, or off one direction of it. */
  | { readonly do: 'cut' | 'mend'; readonly from: string; readonly to: string; readonly oneWay?: boolean }
  /** `delay`: each packet arrives so much later. `jitter`: up to so much later, in the same order. 0 ends it. */
  | {
      readonly do: 'delay' | 'jitter';
      readonly from: string;
      readonly to: string;
      readonly ms: number;
      readonly oneWay?: boolean;
    }
  /** Packets are lost, arrive twice, or arrive with a wrong checksum and are dropped. Chance 0 ends it. */
  | {
      readonly do: 'loss' | 'duplicate' | 'corrupt';
      readonly from: string;
      readonly to: string;
      readonly chance: number;
      readonly oneWay?: boolean;
    }
  /** Some packets take up to `ms` longer and are overtaken. Chance 0 ends it. */
  | {
      readonly do: 'reorder';
      readonly from: string;
      readonly to: string;
      readonly chance: number;
      readonly ms: number;
      readonly oneWay?: boolean;
    }
  /** A narrow link with a short queue. 0 makes it as wide as before. */
  | {
      readonly do: 'slow';
      readonly from: string;
      readonly to: string;
      readonly kilobitsPerSecond: number;
      readonly oneWay?: boolean;
    }
  /** Writes a file of the sandbox on every machine; running programs keep what they loaded. */
  | { readonly do: 'edit'; readonly path: string; readonly text: string };

/**
 * kill: SIGKILL, the kernel resets its connections · freeze: SIGSTOP, connections accepted and never answered ·
 * thaw: SIGCONT · powerOff: silence; RAM and unsynced files gone · restart: program started again (after a kill,
 * an exit or a power off; a running one is killed first) · replace: power off, and 5 s later a fresh machine under the
 * same name and address, its disk as shipped (with edits made since), free of faults.
 */
export type MachineDeed = 'kill' | 'freeze' | 'thaw' | 'powerOff' | 'restart' | 'replace';

/**
 * fullDisk: nothing more can be stored, ENOSPC · failDisk: what reads, writes or syncs fails with EIO, and nothing is
 * written back · mendDisk: takes these and slowDisk away.
 */
export type DiskDeed = 'fullDisk' | 'failDisk' | 'mendDisk';

/** One word for what a machine is doing. `exited` ended by itself with code 0, `crashed` with another. */
export type MachineState = 'up' | 'frozen' | 'off' | 'killed' | 'exited' | 'crashed';

/** Anything that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One line of the trace. `seq` counts from 0; order is the order of happening. */
export type TraceEvent = { readonly seq: number; readonly atNs: number } & TraceFact;

export type TraceFact =
  | { readonly kind: 'action'; readonly action: Action }
  /** `code` is the exit code of a process that ended by itself. */
  | {
      readonly kind: 'machine';
      readonly machine: string;
      readonly state: MachineState;
      readonly why: string;
      readonly code?: number;
    }
  | {
      readonly kind: 'log';
      readonly machine: string;
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
    }
  /** A packet left `from`. `arrivesNs` is null when it never arrives, and `lost` says why. */
  | {
      readonly kind: 'packet';
      readonly from: string;
      readonly to: string;
      /** `icmp`: port unreachable, the answer to a datagram for a closed port. */
      readonly protocol: 'tcp' | 'udp' | 'icmp';
      /** TCP flags as in tcpdump ('S', 'S.', '.', 'P.', 'F.', 'R'), else ''. */
      readonly flags: string;
      readonly fromPort: number;
      readonly toPort: number;
      /** Payload bytes, without headers. */
      readonly bytes: number;
      readonly arrivesNs: number | null;
      /** `corrupt`: its checksum was wrong. `queue`: a narrow link's queue was full. */
      readonly lost?: 'cut' | 'loss' | 'power' | 'corrupt' | 'queue';
    }
  /** HTTP as Node's own diagnostics channels tell it. `id` pairs start and end on one machine and side. */
  | {
      readonly kind: 'http';
      readonly machine: string;
      readonly side: 'server' | 'client';
      readonly phase: 'start' | 'end' | 'error';
      readonly id: number;
      readonly method: string;
      readonly url: string;
      /** Client side: the host asked. Server side: the peer's machine. */
      readonly peer: string;
      readonly status?: number;
      readonly error?: string;
    }
  /** What a program publishes on a diagnostics channel whose name begins with `brownout:`. */
  | { readonly kind: 'publish'; readonly machine: string; readonly channel: string; readonly value: Json };

/**
 * What traffic generators publish on `brownout:request`, one per request, when its fate is known.
 * Latency counts from the intended start, so a slow system cannot hide its queue.
 */
export interface RequestSample {
  readonly id: number;
  readonly intendedMs: number;
  readonly latencyMs: number;
  /** True for an answer below 500 in time. */
  readonly ok: boolean;
  /** 0 where there was no answer. */
  readonly status: number;
  /** Machine that answered, by its `x-served-by` header; '' where unknown. */
  readonly by: string;
  /** Error code such as ECONNREFUSED; '' where there was an answer. */
  readonly error: string;
  /** Method and path, such as `GET /item?id=17`, by which its hops are found in the trace. */
  readonly asked?: string;
}

export interface MachineView {
  readonly name: string;
  readonly address: string;
  readonly role: MachineRole;
  readonly state: MachineState;
  /** Requests answered as a server since t=0 (Node's http.server.response.finish). */
  readonly served: number;
  /** CPU time spent since t=0, of all cores together; left out by runtimes that cannot tell. Not part of the trace. */
  readonly busyNs?: number;
}

export interface LinkView {
  readonly a: string;
  readonly b: string;
  /** Per direction: a→b first. */
  readonly cut: readonly [boolean, boolean];
  readonly delayMs: readonly [number, number];
  readonly loss: readonly [number, number];
  /** Each left out while nothing of the kind lies on either direction. */
  readonly jitterMs?: readonly [number, number];
  readonly duplicate?: readonly [number, number];
  readonly reorder?: readonly [number, number];
  readonly corrupt?: readonly [number, number];
  /** 0 on a direction without limit. */
  readonly kilobitsPerSecond?: readonly [number, number];
}

/** What to record as pcapng: some machines, some links, or, where neither is named, every packet once. */
export interface CaptureSpec {
  readonly machines?: readonly string[];
  readonly links?: readonly { readonly a: string; readonly b: string }[];
}

/** Something that went wrong for a reason that a person can mend. */
export interface Complaint {
  readonly expected: string;
  readonly found: string;
  readonly fix: string;
  /** Where: path of a file, with line and column (from 1) where known. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}
