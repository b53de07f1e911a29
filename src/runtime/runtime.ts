// The one interface through which labs, tests and graders run a cluster, whatever runs it.
// Implementations: datacenter.ts and node-datacenter.ts (simulated, deterministic); local.ts, webcontainer.ts and
// remote.ts (real processes under a supervisor).
// Refuses nothing itself; implementations reject with a RunProblem that a person can mend.
import type {
  Action,
  CaptureSpec,
  ClusterSpec,
  Complaint,
  Deed,
  LinkView,
  MachineView,
  TraceEvent,
} from '../datacenter/contract.ts';

/** Everything a run is a function of. Equal specs and equal actions give equal traces. */
export interface RunSpec {
  readonly cluster: ClusterSpec;
  /** Source text by path below `sandboxes/`, such as `load-balancer/pick.ts` and `_shared/load.ts`. */
  readonly files: Readonly<Record<string, string>>;
  /** Folder of `files` that holds the cluster's programs, such as `load-balancer`. */
  readonly sandbox: string;
  /** 32 bits. */
  readonly seed: number;
  /** Known in advance (a replay, a share link, a scenario); more can be added with act(). Sorted by atNs. */
  readonly actions?: readonly Action[];
  /** Packets to record; see Running.capture. The trace is the same with and without. */
  readonly capture?: CaptureSpec;
}

/** What a run has to say since it was last asked. */
export interface Batch {
  readonly nowNs: number;
  /** New lines of the trace, in order. */
  readonly events: readonly TraceEvent[];
  /** How many more there were than could be kept, where the clock is real. */
  readonly leftOut?: number;
  readonly machines: readonly MachineView[];
  readonly links: readonly LinkView[];
  /** Of the whole trace so far: 16 hexadecimal digits; '' where the clock is real and no run repeats. */
  readonly hash: string;
  /** True when nothing is left that could ever happen. */
  readonly idle: boolean;
}

export interface Running {
  /** `real`: the computer's own. It cannot be stopped, stepped or gone back in, and no run repeats. */
  readonly clock: 'virtual' | 'real';
  /** Where this computer reaches a machine's port, by `machine:port`, where machines are real. */
  readonly places?: Readonly<Record<string, string>>;
  /** Runs to the given moment and stops there; with a real clock, waits for it. One call at a time. */
  advanceTo(atNs: number): Promise<Batch>;
  /** Runs just the next event. Rejects with RunProblem where the clock is real. */
  step(): Promise<Batch>;
  /** Does something to the cluster at the run's present moment; the batch's trace holds it as an action. */
  act(deed: Deed): Promise<Batch>;
  /** The packets recorded so far as a pcapng file, where the runtime can record and the spec asked for it. */
  capture?(): Promise<Uint8Array>;
  /** Ends the run and frees what it held. Calls after it reject. */
  stop(): void;
}

export interface Runtime {
  /** Boots the cluster at t=0; the first batch holds what happened at t=0. Rejects with RunProblem. */
  boot(spec: RunSpec): Promise<{ readonly run: Running; readonly first: Batch }>;
}

/** A failure to boot or to go on, said so that a person can mend it: expected, found, fix. */
export class RunProblem extends Error {
  override readonly name = 'RunProblem';
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    const where =
      complaint.file === undefined
        ? ''
        : `${complaint.file}${complaint.line === undefined ? '' : `:${complaint.line}`}: `;
    super(`${where}expected ${complaint.expected}, found ${complaint.found}: ${complaint.fix}`);
    this.complaint = complaint;
  }
}
