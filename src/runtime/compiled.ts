// What a compiler makes of a file, for layers that may not import the engine: the type, and how a complaint is told.
// Holds nothing of the engine but types, so that a page gets none of it. Called by the lab's editor.
import type { CompiledModule, Complaint } from '../datacenter/datacenter.ts';

export type { Compile } from '../datacenter/datacenter.ts';

export function isComplaint(result: CompiledModule | Complaint): result is Complaint {
  return 'expected' in result;
}
