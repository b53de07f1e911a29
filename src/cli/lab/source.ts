// The files that a lab runs: a sandbox of the course, or a folder as `brownout take` writes it. Reads them anew when
// asked, and says what changed. Refuses, with a RunProblem, what is no sandbox. Called by lab.ts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../../build/root.ts';
import { sandboxTexts } from '../../build/sandbox-texts.ts';
import { CONSOLE_FOLDER, withConsole } from '../../runtime/console.ts';
import { RunProblem, type RunSpec } from '../../runtime/runtime.ts';
import { loadSandbox, runSpec, type Texts } from '../../runtime/sandbox.ts';
import { folderTexts } from '../folder.ts';

const SEED = 1;

export interface Source {
  readonly spec: RunSpec;
  /** Where a reader edits. */
  readonly folder: string;
  /** What to try, with places such as `${balancer:80}` in it. */
  readonly tries: string;
  /**
   * What is different from what the machines have, by path below sandboxes/; from then on they have it. Machines and
   * links stay those of the start, whatever becomes of cluster.json.
   */
  changed(): Promise<Texts>;
}

/** `dir`: the folder taken away, or undefined for the course's own. */
export async function openSource(name: string, dir: string | undefined): Promise<Source> {
  const read = async (): Promise<Texts> => (dir === undefined ? sandboxTexts() : takenTexts(name, dir));
  const texts = await read();
  const sandbox = loadSandbox(name, texts);
  const course = dir === undefined ? texts : await sandboxTexts();
  const programs = Object.entries(course).filter(([path]) => path.startsWith(CONSOLE_FOLDER));
  let known = sandbox.files;
  return {
    spec: withConsole(runSpec(sandbox, { seed: SEED }), Object.fromEntries(programs)),
    folder: dir === undefined ? inRepository('sandboxes', name) : join(dir, name),
    tries: texts[`${name}/try.txt`] ?? '',
    async changed() {
      const { files } = loadSandbox(name, await read());
      const changed = Object.entries(files).filter(
        ([path, text]) => known[path] !== text && path !== `${name}/cluster.json`,
      );
      known = files;
      return Object.fromEntries(changed);
    },
  };
}

function takenTexts(name: string, dir: string): Texts {
  if (!/^[a-z][a-z0-9-]*$/.test(name) || !existsSync(join(dir, name, 'cluster.json')))
    throw new RunProblem({
      expected: `a folder that holds ${name}/cluster.json, as \`brownout take ${name} DIR\` writes it`,
      found: existsSync(dir) ? `${dir} without it` : `no ${dir}`,
      fix: 'correct NAME or --dir',
    });
  return Object.fromEntries(
    [name, '_shared'].flatMap((folder) =>
      Object.entries(folderTexts(join(dir, folder)).texts).map(([path, text]) => [`${folder}/${path}`, text]),
    ),
  );
}
