// Mistakes in content, said so that an author can mend them: file:line, expected, found, fix.
// Never used for our own bugs. Thrown by everything in src/build that reads content or sandboxes.
import type { Complaint } from '../datacenter/contract.ts';

export class ContentProblem extends Error {
  override readonly name = 'ContentProblem';
  readonly complaints: readonly Complaint[];

  constructor(complaints: readonly Complaint[]) {
    super(complaints.map(sayComplaint).join('\n'));
    this.complaints = complaints;
  }
}

/** One line: `content/…/quiz.yml:12:5: expected …, found …: fix`. */
export function sayComplaint(complaint: Complaint): string {
  const line = complaint.line === undefined ? '' : `:${complaint.line}`;
  const column = complaint.line === undefined || complaint.column === undefined ? '' : `:${complaint.column}`;
  const where = complaint.file === undefined ? '' : `${complaint.file}${line}${column}: `;
  return `${where}expected ${complaint.expected}, found ${complaint.found}: ${complaint.fix}`;
}

export function complain(complaint: Complaint): never {
  throw new ContentProblem([complaint]);
}

/** 'a, b and c', or 'none'. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  if (names.length === 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
