// Reads a folder as the texts that a machine's disk gets: path below the folder to text.
// Refuses folders that are too big; leaves out what is not text and what cannot be read, and says which.
// Called by exec.ts and check.ts.
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './command.ts';

export const FILES_MAX = 5_000;
export const MEGABYTES_MAX = 32;

export interface FolderTexts {
  readonly texts: Readonly<Record<string, string>>;
  /** Paths of files that are not UTF-8 text or could not be read. */
  readonly leftOut: readonly string[];
}

/** Folders that are links, and `.git`, are not entered. */
export function folderTexts(root: string): FolderTexts {
  const texts: Record<string, string> = {};
  const leftOut: string[] = [];
  let files = 0;
  let bytes = 0;

  function take(path: string): void {
    const full = join(root, path);
    try {
      const { size } = statSync(full);
      files++;
      bytes += size;
      if (files > FILES_MAX || bytes > MEGABYTES_MAX * 1e6) throw tooBig(root);
      texts[path] = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(full));
    } catch (error) {
      if (error instanceof UsageError) throw error;
      leftOut.push(path);
    }
  }

  function visit(folder: string): void {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== '.git') visit(path);
      } else if (entry.isFile() || isLinkToFile(entry, join(root, path))) take(path);
    }
  }

  visit('');
  return { texts, leftOut };
}

/** In order of names, so that equal folders give equal runs; none where the folder cannot be read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function isLinkToFile(entry: Dirent, path: string): boolean {
  return entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function tooBig(root: string): UsageError {
  return new UsageError(
    `a folder of at most ${FILES_MAX.toLocaleString('en-US')} files and ${MEGABYTES_MAX} MB`,
    `more in ${root}`,
    'give a smaller one with --root DIR, or put the program in a folder of its own',
  );
}
