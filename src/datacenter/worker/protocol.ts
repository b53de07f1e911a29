// What passes between a runtime and the thread that holds the data center. Types only; commands carry a call
// number, and each is answered once, in order. Replies are data from a thread that ran strangers' code: the
// receiving side validates them (runtime/messages.ts).
import type {
  Action,
  CaptureSpec,
  ClusterSpec,
  Complaint,
  Deed,
  LinkView,
  MachineView,
  TraceEvent,
} from '../contract.ts';
import type { CompiledModule } from '../datacenter.ts';

export interface BootSpec {
  readonly cluster: ClusterSpec;
  readonly files: Readonly<Record<string, string>>;
  readonly sandbox: string;
  readonly seed: number;
  readonly actions?: readonly Action[];
  readonly capture?: CaptureSpec;
  /** Files of `files` that were compiled ahead of time, by the same paths. */
  readonly compiled?: Readonly<Record<string, CompiledModule>>;
}

/** Parts that a thread may start without: modules of Node's library that few programs use, and the compiler. */
export type Part = 'library' | 'compiler';

export type Command =
  /**
   * First of all: Node's library as JSON text, modules of it that only some sandboxes use, by id as JSON text, and the
   * parts that are known to be needed.
   */
  | {
      readonly kind: 'load';
      readonly call: number;
      readonly library: string;
      readonly own?: string;
      readonly parts: Partial<Record<Part, string>>;
    }
  | { readonly kind: 'boot'; readonly call: number; readonly spec: BootSpec }
  | { readonly kind: 'advance'; readonly call: number; readonly atNs: number }
  | { readonly kind: 'step'; readonly call: number }
  | { readonly kind: 'act'; readonly call: number; readonly deed: Deed }
  /** Asks for the packets recorded so far. */
  | { readonly kind: 'capture'; readonly call: number }
  | { readonly kind: 'stop'; readonly call: number };

export interface BatchMessage {
  readonly nowNs: number;
  readonly events: readonly TraceEvent[];
  readonly machines: readonly MachineView[];
  readonly links: readonly LinkView[];
  readonly hash: string;
  readonly idle: boolean;
}

export type Reply =
  | { readonly kind: 'done'; readonly call: number }
  | { readonly kind: 'batch'; readonly call: number; readonly batch: BatchMessage }
  /** A pcapng file. */
  | { readonly kind: 'capture'; readonly call: number; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly call: number; readonly complaint: Complaint }
  | { readonly kind: 'failed'; readonly call: number; readonly message: string }
  /** A program needed a part that is not there: the run is worth nothing and must begin again with it. */
  | { readonly kind: 'incomplete'; readonly call: number; readonly needs: readonly Part[] }
  /** Sent now and then while a command runs: the thread is not hung. */
  | { readonly kind: 'alive' };
