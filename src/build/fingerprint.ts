// One hash over everything a recorded run depends on: the sandbox, what sandboxes share, the engine, the runtime,
// Node's version and its library as it was taken. Two builds with the same fingerprint may share a run.
// Used by recorded.ts, and by cli/grade for the outcomes that it keeps.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inRepository } from './root.ts';

export async function fingerprint(sandbox: string): Promise<string> {
  const folders = [`sandboxes/${sandbox}`, 'sandboxes/_shared', 'src/datacenter', 'src/runtime', 'src/build'];
  const hash = createHash('sha256').update(process.version);
  for (const folder of folders) {
    const names = await readdir(inRepository(folder), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort())
      hash.update(file.slice(inRepository().length)).update(await readFile(file));
  }
  const taken = inRepository('.generated/node-library.stamp');
  hash.update(await readFile(taken).catch(() => ''));
  return hash.digest('hex').slice(0, 16);
}
