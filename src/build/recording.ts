// Processes that run scenarios for recorded.ts, so that the engine and Astro do not meet: one for each core, begun when it
// is first needed, each taking one scenario after another, for getting ready is a good part of a short run. Idle, they
// do not keep this process alive; they end with it, for then their input ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface, type Interface } from 'node:readline';
import { inRepository } from './root.ts';

interface Child {
  readonly process: ChildProcess;
  readonly lines: Interface;
}

const idle: Child[] = [];
const waiting: ((child: Child) => void)[] = [];
let begun = 0;

/** JSON text of what is left of the run. Throws an Error with what the run said where it failed. */
export async function record(sandbox: string, scenario: string): Promise<string> {
  const child = await someChild();
  try {
    const line = await answerOf(child, `${sandbox} ${scenario}\n`);
    const [, text] = /^\{"run":(.*)\}$/s.exec(line) ?? [];
    if (text !== undefined) return text;
    throw new Error((JSON.parse(line) as { readonly failed: string }).failed);
  } finally {
    release(child);
  }
}

function someChild(): Promise<Child> {
  const free = idle.pop();
  if (free !== undefined) {
    hold(free, true);
    return Promise.resolve(free);
  }
  if (begun >= availableParallelism()) return new Promise((give) => waiting.push(give));
  begun++;
  return Promise.resolve(begin());
}

function begin(): Child {
  const file = inRepository('src', 'build', 'recorded-child.ts');
  const child = spawn(process.execPath, [file], { cwd: inRepository(), stdio: ['pipe', 'pipe', 'inherit'] });
  return { process: child, lines: createInterface({ input: child.stdout }) };
}

function release(child: Child): void {
  if (child.process.exitCode !== null || child.process.signalCode !== null) {
    begun--;
    const next = waiting.shift();
    if (next === undefined) return;
    begun++;
    next(begin());
    return;
  }
  const next = waiting.shift();
  if (next === undefined) {
    idle.push(child);
    hold(child, false);
  } else next(child);
}

/** An idle child does not keep this process alive; without it the child's input ends, and so does the child. */
function hold(child: Child, isHeld: boolean): void {
  const parts = [child.process, child.process.stdin, child.process.stdout] as unknown as {
    ref(): void;
    unref(): void;
  }[];
  for (const part of parts) part[isHeld ? 'ref' : 'unref']();
}

function answerOf({ process: child, lines }: Child, order: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null): void => {
      lines.off('line', answered);
      reject(new Error(`the process that ran it ended with ${signal ?? `code ${code}`}`));
    };
    const answered = (line: string): void => {
      child.off('close', ended);
      resolve(line);
    };
    lines.once('line', answered);
    child.once('close', ended);
    child.stdin?.write(order);
  });
}
