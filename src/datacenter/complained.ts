// The error of whoever asks the engine for something that it cannot do: a boot, a deed, a moment. Says expected, found, fix.
// Thrown by datacenter.ts and run.ts; runtimes hand its complaint on to a person.
import type { Complaint } from './contract.ts';

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(`expected ${complaint.expected}, found ${complaint.found}: ${complaint.fix}`);
    this.complaint = complaint;
  }
}

/** Throws where a run is asked to go to a moment that is none. */
export function refuseMoment(atNs: number): void {
  if (typeof atNs === 'number' && !Number.isNaN(atNs)) return;
  throw new Refused({ expected: 'a time in nanoseconds', found: String(atNs), fix: 'correct `atNs`' });
}

/** The engine failed over built-ins of JavaScript that a program changed: `names`, empty where it changed none. */
export function refusedForBuiltIns(names: string, error: unknown): unknown {
  if (names === '') return error;
  return new Refused({
    expected: "JavaScript's built-ins to do what they do",
    found: `${names} changed by a program, over which the data center failed (${String(error)})`,
    fix: 'change copies of its own',
  });
}
