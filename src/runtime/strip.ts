// A sandbox's programs as plain JavaScript, for a Node that does not take TypeScript: types are taken out, lines stay
// where they are, and files called .ts are called .js, also where they are imported or started. For the page, loaded
// with the runtime that needs it. Refuses a file that cannot be read, with a RunProblem at its line.
import { transform } from 'sucrase';
import { RunProblem, type RunSpec } from './runtime.ts';

const typed = /\.(m|c)?ts$/;
/** A file of the sandbox that is imported or named, in quotes: './pick.ts'. */
const named = /(['"])(\.{1,2}\/[\w./-]+)\.(m|c)?ts\1/g;

export const plainName = (path: string): string => path.replace(typed, '.$1js');

/** One file's text without types. */
export function plainText(path: string, text: string): string {
  if (!typed.test(path)) return text;
  try {
    const { code } = transform(text, {
      transforms: ['typescript'],
      disableESTransforms: true,
      keepUnusedImports: false,
      filePath: path,
    });
    return code.replaceAll(named, '$1$2.$3js$1');
  } catch (error) {
    const { loc, message } = error as Error & { loc?: { line: number; column: number } };
    throw new RunProblem({
      expected: 'TypeScript that can be read',
      found: message.replace(/^Error transforming [^:]+: /, '').replace(/ \(\d+:\d+\)$/, ''),
      fix: 'correct it there',
      file: path,
      ...(loc === undefined ? {} : { line: loc.line, column: loc.column }),
    });
  }
}

/** The same run with plain programs. */
export function plainSpec(spec: RunSpec): RunSpec {
  const machines = spec.cluster.machines.map((one) => ({ ...one, program: plainName(one.program) }));
  const files = Object.fromEntries(
    Object.entries(spec.files).map(([path, text]) => [plainName(path), plainText(path, text)]),
  );
  return { ...spec, cluster: { ...spec.cluster, machines }, files };
}
