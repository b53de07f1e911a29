// What the supervisor and whoever started it say to each other: one JSON value a line, orders in, answers out, each
// answer with the number of its order. Types only; our side checks answers by ../supervisor-messages.ts.
// The supervisor believes what it is told: whoever may write to its input may start programs anyway.
import type { Action, ClusterSpec, Complaint, Deed } from '../../datacenter/contract.ts';
import type { Batch } from '../runtime.ts';

export interface BootOrder {
  readonly do: 'boot';
  readonly cluster: ClusterSpec;
  readonly sandbox: string;
  /** 32 bits: passed to programs as SEED, and behind the chance of faults. Nothing else of a real run repeats. */
  readonly seed: number;
  /** Done when the clock of the run gets there. */
  readonly actions: readonly Action[];
  /** Where the cluster's files lie, below `files/`. Each machine gets a copy below `machines/NAME/`. */
  readonly folder: string;
  /** First port to try for what the outside may reach. Default: the system's choice. */
  readonly firstPort?: number;
  /** `links`: this system cannot stop a process, so a frozen machine's links hold everything instead. */
  readonly freezes: 'processes' | 'links';
  /** The folder is the supervisor's to remove when it ends. */
  readonly removesFolder?: true;
}

export type Order = { readonly call: number } & (
  | BootOrder
  /** Answered when the clock of the run has reached `atNs`, at once where it has. */
  | { readonly do: 'advance'; readonly atNs: number }
  | { readonly do: 'act'; readonly deed: Deed }
  /** Ends every process, then the supervisor. */
  | { readonly do: 'stop' }
);

/** What happened since the last answer. There is no hash: no run repeats. `leftOut`: events for want of room. */
export type RealBatch = Omit<Batch, 'hash' | 'leftOut'> & { readonly leftOut: number };

export type Answer = { readonly call: number } & (
  | { readonly batch: RealBatch; readonly places?: Places }
  | { readonly refused: Complaint }
  | { readonly failed: string }
  | { readonly stopped: true }
);

/** Where the outside reaches a machine's port: `balancer:80` to `127.0.0.1:41003`. */
export type Places = Readonly<Record<string, string>>;

/** What the probe in a program tells, one message each. */
export type Told =
  | { readonly tells: 'listen' | 'unlisten'; readonly protocol: 'tcp' | 'udp'; readonly port: number }
  | { readonly tells: 'publish'; readonly channel: string; readonly text: string }
  | {
      readonly tells: 'http';
      readonly side: 'server' | 'client';
      readonly phase: 'start' | 'end' | 'error';
      readonly id: number;
      readonly method: string;
      readonly url: string;
      /** Server side: the peer's port. Client side: the port that was asked. */
      readonly peerPort: number;
      readonly status?: number;
      readonly error?: string;
    }
  | { readonly tells: 'cpu'; readonly us: number };
