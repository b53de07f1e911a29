// What a page hands to its islands, and why an island was woken. Types only.
// Written by mdx/Lab.astro into the page as JSON; read by islands/intent.ts and islands/lab.

export interface LabPageData {
  /** Slug of the chapter, such as 'load-balancing'; '' outside chapters. */
  readonly chapter: string;
  readonly sandbox: string;
  readonly title: string;
  /** The recorded run shown before the lab is started. */
  readonly scenario: string;
  readonly seed: number;
  /** Files of the sandbox's folder to open as tabs, first shown. */
  readonly open: readonly string[];
  readonly exercises: readonly string[];
  readonly dials: readonly Dial[];
  /** Where the sandbox's files are, as SandboxBundle of build/sandbox-files.ts. */
  readonly filesUrl: string;
}

/** A setting that a program takes while it runs, as a slider or a choice; a line of JSON on its standard input. */
export type Dial = { readonly machine: string; readonly field: string; readonly label: string } & (
  | {
      readonly unit: string;
      readonly from: number;
      readonly to: number;
      readonly step: number;
      readonly start: number;
    }
  | { readonly options: readonly string[]; readonly start: string }
);

export type Intent =
  | { readonly kind: 'run' }
  /** `file` is below sandboxes/, such as 'load-balancer/pick.ts'. */
  | { readonly kind: 'edit'; readonly file: string; readonly line: number }
  | { readonly kind: 'exercise'; readonly name: string }
  /** The page was opened by a link that holds a run, `#run=…`, or by `brownout lab`: `#local=…`. */
  | { readonly kind: 'link'; readonly fragment: string };
