// The words in which scenarios and exercise checks speak: what is done to a cluster, and what was found in its trace.
// Types only, a structural part of the engine's contract, so that a sandbox needs nothing outside its own folder.
// Imported with `import type` by scenarios/ and exercises/*/check.ts.

/** Something done to the cluster at a moment of the run. Times are integer nanoseconds since its start. */
export type Action = { readonly atNs: number } & (
  | { readonly do: 'kill' | 'freeze' | 'thaw' | 'restart' | 'replace'; readonly machine: string }
  | { readonly do: 'powerOff'; readonly machine: string; readonly torn?: boolean }
  | { readonly do: 'slowDisk'; readonly machine: string; readonly ms: number }
  | { readonly do: 'fullDisk' | 'failDisk' | 'mendDisk'; readonly machine: string }
  | { readonly do: 'input'; readonly machine: string; readonly text: string }
  | (Way & { readonly do: 'cut' | 'mend' })
  | (Way & { readonly do: 'delay' | 'jitter'; readonly ms: number })
  | (Way & { readonly do: 'loss' | 'duplicate'; readonly chance: number })
  | (Way & { readonly do: 'slow'; readonly kilobitsPerSecond: number })
);

/** A link, or one direction of it. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly oneWay?: boolean;
}

/** One line of the trace, as far as checks read it. */
export type TraceEvent = { readonly seq: number; readonly atNs: number } & (
  | { readonly kind: 'action'; readonly action: { readonly atNs: number; readonly do: string } }
  | { readonly kind: 'machine'; readonly machine: string; readonly state: string; readonly why: string }
  | { readonly kind: 'log'; readonly machine: string; readonly stream: string; readonly text: string }
  | {
      readonly kind: 'packet';
      readonly from: string;
      readonly to: string;
      readonly flags: string;
      /** Null where it never arrives. */
      readonly arrivesNs?: number | null;
    }
  | {
      readonly kind: 'http';
      readonly machine: string;
      readonly side: 'server' | 'client';
      readonly phase: 'start' | 'end' | 'error';
      readonly id: number;
      readonly method: string;
      readonly url: string;
      readonly peer: string;
      readonly status?: number;
      readonly error?: string;
    }
  | { readonly kind: 'publish'; readonly machine: string; readonly channel: string; readonly value: unknown }
);

/** A finished run, to be judged. */
export interface Run {
  readonly seed: number;
  readonly untilNs: number;
  readonly events: readonly TraceEvent[];
}

/** One promise, kept or not. */
export interface Finding {
  /** What was promised: 'no request is lost'. */
  readonly name: string;
  readonly pass: boolean;
  readonly expected: string;
  readonly found: string;
  /** Moment of the evidence. */
  readonly atNs?: number;
  /** A few lines of the trace, in words. */
  readonly evidence?: readonly string[];
  /** Id of the text in exercise.yml that fits this failure. */
  readonly feedback?: string;
}

/** What an exercise must keep through many seeded runs. Pure: equal arguments, equal answers. */
export interface Check {
  readonly seeds: number;
  /** Length of each run in virtual time. */
  readonly untilMs: number;
  /** What is done to the cluster in the run of this seed. */
  plan(seed: number): Action[];
  judge(run: Run): Finding[];
}

/** A machine that only one scenario has; a part of what cluster.json may say of one. */
export interface Machine {
  readonly name: string;
  readonly program: string;
  readonly stdin?: 'open';
  readonly env?: Readonly<Record<string, string>>;
  readonly listens?: Readonly<Record<string, number>>;
}

/** A scripted run: what is done, what it must show, and the numbers that the prose prints. */
export interface Scenario {
  readonly name: string;
  /** One sentence: what is done. */
  readonly title: string;
  readonly seed: number;
  readonly untilMs: number;
  /** Machines beside those of cluster.json, in its words. */
  readonly machines?: readonly Machine[];
  /** Replaces single variables of cluster.json's `env`, by machine. */
  readonly env?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Plays it with the solution of this exercise, for what a run of the sandbox as it ships cannot show. */
  readonly solution?: string;
  readonly actions: readonly Action[];
  shows(run: Run): Finding[];
  values(run: Run): Record<string, number | string>;
}
