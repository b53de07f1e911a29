// Peak memory of a process and of all that it starts, and the processor time of what it starts, from /proc, ten times a
// second. Elsewhere than on Linux it says zero.
// Refuses nothing: what has ended in between is not counted any more. Used by class.ts and sandboxes.ts.
import { readdirSync, readFileSync } from 'node:fs';

export interface Memory {
  /** Resident, in MB, at their peaks: of the process itself, of its largest child, of all at one moment, of all its children. */
  readonly parentMb: number;
  readonly childMb: number;
  readonly togetherMb: number;
  readonly childrenMb: number;
  /** Of all children, as last seen. */
  readonly cpuSeconds: number;
}

const LOOK_MS = 100;
const TICKS_PER_SECOND = 100;

/** What it returns stops looking and says what was seen. */
export function watchMemory(pid: number): () => Memory {
  const most = { parentMb: 0, childMb: 0, togetherMb: 0, childrenMb: 0, cpuSeconds: 0 };
  const ticks = new Map<number, number>();
  const look = (): void => {
    const own = residentMb(pid);
    const pids = descendants(pid);
    const children = pids.map(residentMb);
    for (const child of pids) ticks.set(child, Math.max(ticks.get(child) ?? 0, ticksOf(child)));
    most.parentMb = Math.max(most.parentMb, own);
    most.childMb = Math.max(most.childMb, ...children);
    const sum = children.reduce((total, one) => total + one, 0);
    most.childrenMb = Math.max(most.childrenMb, sum);
    most.togetherMb = Math.max(most.togetherMb, own + sum);
  };
  const timer = setInterval(look, LOOK_MS);
  return () => {
    look();
    clearInterval(timer);
    const total = [...ticks.values()].reduce((sum, one) => sum + one, 0);
    return { ...most, cpuSeconds: total / TICKS_PER_SECOND };
  };
}

function descendants(pid: number): number[] {
  try {
    const own = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .trim()
        .split(/\s+/)
        .filter(Boolean)
        .map(Number),
    );
    return own.flatMap((child) => [child, ...descendants(child)]);
  } catch {
    return [];
  }
}

function ticksOf(pid: number): number {
  try {
    const [, , , , , , , , , , , user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^\d+ \(.*\) /, '')
      .split(' ')
      .map(Number);
    return user + system;
  } catch {
    return 0;
  }
}

function residentMb(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
