// What a run is booted with: the four things that it is a function of, and what it needs of its host. Types only.
// Read by run.ts and programs.ts; exported by datacenter.ts.
import type { Action, CaptureSpec, ClusterSpec } from './contract.ts';
import type { LowerFolder } from './machine/disk-image.ts';
import type { CompiledLibrary } from './node/library.ts';
import type { CodeCache } from './node/loader/code-cache.ts';

export interface BootOptions {
  readonly cluster: ClusterSpec;
  /** Source text by path below `sandboxes/`; on the machines' disks at /srv/<path>. */
  readonly files: Readonly<Record<string, string>>;
  /** Folders that all machines see, by absolute path. */
  readonly mounts?: Readonly<Record<string, LowerFolder>>;
  /** Folder of `files` with the cluster's programs. */
  readonly sandbox: string;
  /** 32 bits. */
  readonly seed: number;
  readonly actions?: readonly Action[];
  /** What capture() gives; nothing is recorded without it. */
  readonly capture?: CaptureSpec;
  readonly library: CompiledLibrary;
  readonly code: CodeCache;
  /**
   * Calls back once all promise jobs that are waiting have run: setImmediate, or a message to oneself. With
   * `andRejections`, also once the host has told of promises that the turn left rejected.
   */
  readonly hop: (callback: () => void, andRejections: boolean) => void;
  /** Called when a turn of a program is over, with all its promise jobs. */
  readonly settled?: () => void;
  /** Flags of the `node` command of every program, such as `--expose-internals`. */
  readonly nodeFlags?: readonly string[];
  /** What `gc()` does where a flag exposes it. */
  readonly collectGarbage?: () => void;
}
