// What a program's file becomes before it runs: text of a function, and what the function asks for.
// Made by compile.ts, ahead of time for shipped files; run by modules.ts. Plain data, so it can be stored.
import type { Complaint } from '../../contract.ts';

export interface CompiledModule {
  readonly kind: 'module' | 'commonjs' | 'script';
  /** A function expression, or a script's statements. Lines are those of the source. */
  readonly code: string;
  /** Static imports and re-exports, in order of the source. */
  readonly requests: readonly ModuleRequest[];
  /** Globals of the process that the code names: parameters of the function, in this order. */
  readonly globals: readonly string[];
  /** The code awaits at top level. */
  readonly isAsync: boolean;
  /** Scripts: names that `var` declares at the top. */
  readonly variables?: readonly string[];
  /** Scripts: names that `let`, `const` or `class` declare at the top. */
  readonly lexicals?: readonly string[];
}

export interface ModuleRequest {
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
  /** Names that must be exported there. */
  readonly names: readonly string[];
}

/** Source and path (for the kind, by its ending) to what runs, or why it cannot. */
export type Compile = (source: string, path: string) => CompiledModule | Complaint;

export function isComplaint(result: CompiledModule | Complaint): result is Complaint {
  return 'expected' in result;
}
