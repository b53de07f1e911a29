// Two things that a file system keeps only if it is asked twice: a new file under an old name, and a name at all.
// Refuses to return before both would outlive a power cut. Called by journal.ts.
import { open, rename } from 'node:fs/promises';

/** Writes a whole file so that a power cut leaves the old one or the new one, never a part. */
export async function replaceFile(folder: string, name: string, bytes: Uint8Array | string): Promise<void> {
  const beside = await open(`${folder}/${name}.new`, 'w');
  try {
    await beside.writeFile(bytes);
    await beside.sync();
  } finally {
    await beside.close();
  }
  await rename(`${folder}/${name}.new`, `${folder}/${name}`);
  await syncFolder(folder);
}

/** Makes the names in a folder last: fsync of a file keeps its bytes, not its name. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** For reading a file that may not be there yet. Every other error stays one. */
export function emptyIfMissing(error: NodeJS.ErrnoException): Buffer {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}
