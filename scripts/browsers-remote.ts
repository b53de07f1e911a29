// What a browser can be told from outside, and what the drivers of browsers-firefox.ts and browsers-webkit.ts share: to
// find a program, to hear what it prints, to end it. No library: WebDriver and its BiDi both speak JSON.
// Called by the browsers-*.ts and by tests/site/reader.ts.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Remote {
  /** What the promise that the expression gives resolves to, as text. */
  readonly evaluate: (expression: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** One that also has a hand and an eye. */
export interface Driven extends Remote {
  readonly goTo: (address: string) => Promise<void>;
  /** Input sources and what they do, as WebDriver's section 15 (actions) has them. */
  readonly act: (sources: readonly object[]) => Promise<void>;
  /** What is in view, as a PNG. */
  readonly look: () => Promise<Buffer>;
  /** The same browser for somebody else: nothing that this one's pages keep is there. */
  readonly stranger: (address: string) => Promise<Driven>;
}

export interface RemoteBrowser<R extends Remote = Remote> {
  readonly name: 'Chromium' | 'Firefox' | 'WebKit';
  /** Debian's packages. */
  readonly packages: readonly string[];
  /** What is missing on this machine, or null. */
  readonly missing: () => string | null;
  /** Opens it with a profile of its own, which nobody else has used. */
  readonly open: (address: string) => Promise<R>;
}

export const VIEW = { width: 1280, height: 900 } as const;
const START_MS_MAX = 60_000;

export function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** Resolves with what the pattern's first group finds in what the process prints. */
export function printedBy(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('error', reject);
    child.on('exit', (code) =>
      reject(new Error(`expected ${pattern}, found exit code ${code} after: ${text}`)),
    );
    setTimeout(() => reject(new Error(`expected ${pattern}, found: ${text}`)), START_MS_MAX).unref();
  });
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}

export async function untilAnswers(url: string): Promise<void> {
  const giveUpAt = Date.now() + START_MS_MAX;
  for (;;) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > giveUpAt) throw new Error(`expected an answer from ${url}, found none`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
