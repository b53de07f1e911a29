// What a page hands to its lab: the sandbox's cluster and files, the lab's settings and the exercises.
// Types only. Made at build time from lab.yml, cluster.json and exercises/; read by mount.tsx and below.
import type { ClusterSpec, Deed } from '../../datacenter/contract.ts';
import type { Dial } from '../page-data.ts';

export interface LabData {
  /** Folder below sandboxes/, such as `load-balancer`. */
  readonly sandbox: string;
  readonly title: string;
  readonly cluster: ClusterSpec;
  /** Source text by path below sandboxes/, such as `load-balancer/pick.ts`. */
  readonly files: Readonly<Record<string, string>>;
  /** Paths (keys of `files`) that the editor shows as tabs, in reading order. */
  readonly open: readonly string[];
  readonly seed: number;
  /** Where the strip ends before the run is longer than that. Default 30 s. */
  readonly defaultUntilMs?: number;
  readonly exercises: readonly ExerciseData[];
  readonly dials: readonly Dial[];
  /** Fetches the programs of the machine `you`, by path below sandboxes/: not before they are asked for. */
  readonly consolePrograms: () => Promise<Readonly<Record<string, string>>>;
  /** What each deed is in the real world, in one sentence; backticks mark code. */
  readonly deeds: Readonly<Partial<Record<Deed['do'], string>>>;
}

export interface ExerciseData {
  /** Folder name below exercises/, such as `retry`. */
  readonly name: string;
  readonly title: string;
  /** Plain text; blank lines part paragraphs, backticks mark code. */
  readonly text: string;
  /** Paths (keys of LabData.files) that the exercise asks to change. */
  readonly edits: readonly string[];
  /** Files of start/ by path below sandboxes/: they take the place of the sandbox's own. */
  readonly start: Readonly<Record<string, string>>;
  /** Files of solution/, shown after an attempt. */
  readonly solution: Readonly<Record<string, string>>;
  readonly hints: readonly string[];
  /** Text by id; a finding's `feedback` names the id. */
  readonly feedback: Readonly<Record<string, string>>;
  /** A run of the check that takes longer at the desk, or has more lines of trace, is ended. */
  readonly limits: { readonly seconds: number; readonly events: number };
}

/** What the page can do with a mounted lab. */
export interface LabHandle {
  /** Boots (or goes on) as if the reader had pressed Run. */
  run(): void;
  /** Opens the code panel, at a file if one is named. */
  openCode(path?: string, line?: number): void;
  openExercise(name: string): void;
  /** Shows what a link (`#run=…`) would run; runs nothing. `#local=…` joins what `brownout lab` runs already. */
  openLink(fragment: string): void;
  /** Stops the run and takes the lab out of the page. */
  destroy(): void;
}
